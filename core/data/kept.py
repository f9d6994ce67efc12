"""What takes seconds to make of data sets is made once on this machine, and kept."""

from __future__ import annotations

import contextlib
import hashlib
import tempfile
from collections.abc import Callable, Sequence
from pathlib import Path
from types import ModuleType

import platformdirs

from core.data import fetch

_DIGEST = 32  # bytes before what is kept


def kept(
    folder: str,
    files: Sequence[str],
    makers: Sequence[ModuleType],
    make: Callable[[], bytes],
    settings: str = "",
    most: int = 1,
) -> bytes:
    """What ``make`` returns, made now or found where it was kept.

    folder: in the user's cache. files: the data sets that it is made of. makers: the modules that
    make it; a change in them, in the files or in ``settings`` makes it anew. most: how many of a
    folder are kept, those that were made last.
    """
    read = [fetch.entry(file)["sha256"].encode() for file in files]
    read += [Path(str(module.__file__)).read_bytes() for module in makers]
    name = hashlib.sha256(b"\0".join([*read, settings.encode()])).hexdigest()
    file = platformdirs.user_cache_path("pangloss", appauthor=False) / folder / f"{name}.kept"
    with contextlib.suppress(OSError):
        digest, made = (stored := file.read_bytes())[:_DIGEST], stored[_DIGEST:]
        if digest == hashlib.sha256(made).digest():  # else a disk that was full, or worse
            return made
    made = make()
    _keep(file, hashlib.sha256(made).digest() + made, most)
    return made


def _keep(file: Path, stored: bytes, most: int) -> None:
    """Write a file that other processes may read at any time; nothing where there is no room."""
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(dir=file.parent) as room:  # gone where the disk is full
            unfinished = Path(room) / file.name
            unfinished.write_bytes(stored)
            unfinished.replace(file)
        others = sorted(file.parent.glob("*.*"), key=lambda other: -other.stat().st_mtime_ns)
        for old in others[most:]:
            old.unlink(missing_ok=True)
    except OSError:
        return
