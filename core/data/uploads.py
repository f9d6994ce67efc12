"""What visitors upload, kept by hash for a while, where a training job can read it too."""

from __future__ import annotations

import hashlib
import json
import os
import re
import tempfile
import time
from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path
from typing import Any

import platformdirs

from core.data.images.files import read_images
from core.data.images.image_set import Images
from core.data.tables import Table, read_table
from core.messages import N_, Problem

MAX_FILES = 200
MAX_TOTAL_BYTES = 100_000_000
MAX_TEXT_BYTES = 20_000_000
MAX_AGE_S = 24 * 3600
_UNFINISHED = ".unfinished-"
_TABLE, _IMAGES, _READING, _ABOUT = ".csv", ".images", ".reading", ".about"
_NAME = r"[0-9a-f]{64}\.(txt|csv|images|reading|about)"


def folder() -> Path:
    """Folder of the store, in the user's cache: other processes of the same user find it too."""
    return platformdirs.user_cache_path("pangloss", appauthor=False) / "uploads"


def put(text: str) -> str:
    """Store a text and return its SHA-256, by which ``get`` finds it again.

    The oldest files make room: at most MAX_FILES, MAX_TOTAL_BYTES and MAX_AGE_S stay.
    Raises Problem if the text is longer than MAX_TEXT_BYTES or cannot be stored.
    """
    raw = text.encode("utf-8")
    if len(raw) > MAX_TEXT_BYTES:
        raise Problem(
            N_("The text has {given:,} bytes; at most {most:,} are kept."),
            given=len(raw),
            most=MAX_TEXT_BYTES,
        )
    return _stored(raw, ".txt")


def get(digest: str) -> str:
    """Text that ``put`` stored. Raises Problem if it is not, or no longer, there."""
    raw = _read(digest, ".txt")
    if raw is None:
        raise Problem(
            N_(
                "The uploaded text is no longer here (it is kept for {hours} hours): "
                "upload it again."
            ),
            hours=MAX_AGE_S // 3600,
        )
    return raw.decode("utf-8")


def remember(digest: str, about: Mapping[str, object]) -> None:
    """Keep JSON values beside a stored text, for ``remembered``; nothing where there is no room."""
    try:
        _write(json.dumps(about).encode(), f"{digest}{_ABOUT}")
    except OSError:
        return


def remembered(digest: str) -> dict[str, Any]:
    """What ``remember`` kept beside a text; nothing if it is not, or no longer, there."""
    if not re.fullmatch("[0-9a-f]{64}", digest):
        return {}
    try:
        return json.loads((folder() / f"{digest}{_ABOUT}").read_bytes())
    except (OSError, ValueError):
        return {}


def store_table(
    raw: bytes, choices: Mapping[str, str] | None = None, *, needs_numbers: bool = True
) -> str:
    """Store a table and return the SHA-256 by which ``load_table`` finds it.

    choices: how it is to be read, where that is open (``Table.questions``): they are stored beside
    it. Room is made as in ``put``. Raises Problem as ``tables.read_table`` does, or if it cannot be
    stored.
    """
    read_table(raw, choices, needs_numbers=needs_numbers)
    return _stored_with(choices, raw, _TABLE)


def load_table(digest: str, *, needs_numbers: bool = True) -> Table:
    """Table that ``store_table`` stored; its arrays are shared and may not be written to.

    Raises Problem if it is not, or no longer, there, or as ``tables.read_table`` does.
    """
    raw, choices = _read_with_choices(digest, _TABLE)
    if raw is None:
        raise Problem(
            N_(
                "The uploaded table is no longer here (it is kept for {hours} hours): "
                "upload it again."
            ),
            hours=MAX_AGE_S // 3600,
        )
    return _parsed(raw, tuple(sorted(choices.items())), needs_numbers)


def file_of(digest: str) -> tuple[bytes, dict[str, str]]:
    """The file that ``store_table`` or ``store_images`` stored, and how it is to be read.

    Raises Problem if it is not, or no longer, there.
    """
    for ending in (_TABLE, _IMAGES):
        raw, choices = _read_with_choices(digest, ending)
        if raw is not None:
            return raw, choices
    raise Problem(
        N_("The uploaded file is no longer here (it is kept for {hours} hours): upload it again."),
        hours=MAX_AGE_S // 3600,
    )


def store_images(raw: bytes, choices: Mapping[str, str] | None = None) -> str:
    """Store an .npz or CSV of images and return its SHA-256, by which ``load_images`` finds it.

    choices: as in ``store_table`` (``Images.questions``). Room is made as in ``put``. Raises
    Problem as ``image_files.read_images`` does, or if it cannot be stored.
    """
    read_images(raw, choices)
    return _stored_with(choices, raw, _IMAGES)


def load_images(digest: str) -> Images:
    """Images that ``store_images`` stored; their arrays are shared and may not be written to.

    Raises Problem if they are not, or no longer, there.
    """
    raw, choices = _read_with_choices(digest, _IMAGES)
    if raw is None:
        raise Problem(
            N_(
                "The uploaded images are no longer here (they are kept for {hours} hours): "
                "upload them again."
            ),
            hours=MAX_AGE_S // 3600,
        )
    return _pictures(raw, tuple(sorted(choices.items())))


def files_named(digest: str) -> list[str]:
    """The names of the files that are stored under a hash, and what they are read with."""
    if not re.fullmatch("[0-9a-f]{64}", digest):
        return []
    names = [path.name for path in sorted(folder().glob(f"{digest}.*"))]
    reading = _read(digest, _READING)
    return names + (files_named(json.loads(reading)["file"]) if reading else [])


def has_file(name: str) -> bool:
    """Whether a file of that name, as of ``files_named``, is stored here, too."""
    if not re.fullmatch(_NAME, name):
        return False
    path = folder() / name
    return path.exists() and time.time() - path.stat().st_mtime <= MAX_AGE_S


def keep_file(name: str, raw: bytes) -> None:
    """Store a file of another machine under its name. Raises ValueError if it is not what it says.

    Raises Problem if it cannot be stored.
    """
    digest, _, ending = name.partition(".")
    if not re.fullmatch(_NAME, name):
        raise ValueError(name)
    if f".{ending}" == _ABOUT:
        remember(digest, json.loads(raw))
    elif hashlib.sha256(raw).hexdigest() != digest:
        raise ValueError(name)
    else:
        _stored(raw, f".{ending}")


def _stored_with(choices: Mapping[str, str] | None, raw: bytes, ending: str) -> str:
    digest = _stored(raw, ending)
    if not choices:
        return digest
    reading = json.dumps({"file": digest, "choices": dict(choices)}, sort_keys=True)
    return _stored(reading.encode(), _READING)


def _read_with_choices(digest: str, ending: str) -> tuple[bytes | None, dict[str, str]]:
    reading, choices = _read(digest, _READING), {}
    if reading is not None:
        known = json.loads(reading)
        digest, choices = known["file"], known["choices"]
    return _read(digest, ending), choices


@lru_cache(maxsize=4)
def _pictures(raw: bytes, choices: tuple[tuple[str, str], ...]) -> Images:
    return read_images(raw, dict(choices))


@lru_cache(maxsize=8)
def _parsed(raw: bytes, choices: tuple[tuple[str, str], ...], needs_numbers: bool) -> Table:
    return read_table(raw, dict(choices), needs_numbers=needs_numbers)


def _read(digest: str, ending: str) -> bytes | None:
    """Bytes stored under a hash, None if they are not there, too old or changed."""
    if not re.fullmatch("[0-9a-f]{64}", digest):
        return None
    file = folder() / f"{digest}{ending}"
    try:
        is_young = time.time() - file.stat().st_mtime <= MAX_AGE_S
        raw = file.read_bytes() if is_young else b""
    except OSError:
        return None
    return raw if hashlib.sha256(raw).hexdigest() == digest else None


def _stored(raw: bytes, ending: str) -> str:
    digest = hashlib.sha256(raw).hexdigest()
    try:
        _write(raw, f"{digest}{ending}")
        _make_room(keep=digest)
    except OSError as error:
        raise Problem(
            N_("The file could not be stored in {folder}: {reason}."),
            folder=str(folder()),
            reason=error.strerror or type(error).__name__,
        ) from None
    return digest


def _write(raw: bytes, name: str) -> None:
    store = folder()
    store.mkdir(mode=0o700, parents=True, exist_ok=True)
    handle, unfinished = tempfile.mkstemp(prefix=_UNFINISHED, dir=store)
    try:
        with os.fdopen(handle, "wb") as stream:
            stream.write(raw)
        os.replace(unfinished, store / name)
    except OSError:
        Path(unfinished).unlink(missing_ok=True)
        raise


def _make_room(keep: str) -> None:
    files = []
    for file in folder().iterdir():
        try:
            files.append((file.stat().st_mtime, file.stat().st_size, file))
        except FileNotFoundError:  # another process made room at the same time
            continue
    files.sort(key=lambda entry: (entry[2].stem == keep, entry[0]), reverse=True)
    count, total = 0, 0
    for modified, size, file in files:
        count, total = count + 1, total + size
        is_old = time.time() - modified > MAX_AGE_S
        if count > MAX_FILES or total > MAX_TOTAL_BYTES or is_old:
            count, total = count - 1, total - size
            try:
                file.unlink(missing_ok=True)
            except PermissionError:  # Windows: it is being read just now
                continue
