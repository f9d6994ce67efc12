"""Where a real data set lies on this machine, and how it gets there."""

from __future__ import annotations

import hashlib
import os
import tomllib
from collections.abc import Callable, Iterable
from functools import cache, lru_cache
from pathlib import Path
from typing import Any, NotRequired, TypedDict, cast

import platformdirs

from core.messages import N_, Problem

Progress = Callable[[int, int], None]
_TIMEOUT_S = 30


class Entry(TypedDict):
    """What the manifest knows of one file."""

    url: str
    sha256: str
    bytes: NotRequired[int]
    encoding: NotRequired[str]
    licence: str
    about: str
    group: NotRequired[str]  # of files that are listed and fetched as one, in a folder of its name


@cache
def manifest() -> dict[str, Entry]:
    """Every real data set, by file name."""
    data = Path(__file__).parent
    single = tomllib.loads((data / "manifest.toml").read_text(encoding="utf-8"))
    known = tomllib.loads((data / "sounds" / "recordings.toml").read_text(encoding="utf-8"))
    group, (many, url) = known["group"], (known["files"], known["url"])
    recordings = {
        name: Entry(
            url=url.format(name=name.removeprefix(f"{group}_")),
            sha256=sha256,
            bytes=size,
            licence=known["licence"],
            about=known["about"],
            group=group,
        )
        for name, (size, sha256) in many.items()
    }
    return single | recordings


def members(group: str) -> list[str]:
    """The files of a group, none if there is no such group."""
    return [name for name, known in manifest().items() if known.get("group") == group]


def entry(name: str) -> Entry:
    """Manifest entry of one file. Raises Problem if there is none."""
    try:
        return manifest()[name]
    except KeyError:
        raise Problem(
            N_("There is no data set called {name}: 'python -m core data list' shows all names."),
            name=name,
        ) from None


def folders() -> list[Path]:
    """Folders that may hold data sets: the one that PANGLOSS_DATA names, then the user's cache."""
    cached = platformdirs.user_cache_path("pangloss", appauthor=False) / "data"
    named = os.environ.get("PANGLOSS_DATA")
    return [Path(named).expanduser(), cached] if named else [cached]


def path(name: str) -> Path:
    """File of a data set on this machine, its hash checked.

    Raises Problem if the manifest has no such file, it is in none of the folders, or its bytes
    are not those that the manifest describes.
    """
    file = _path(name, folders())
    if file is None:
        raise Problem(
            N_(
                "{name} is not on this machine: run 'python -m core data fetch {name}', "
                "or set PANGLOSS_DATA to a folder that has it."
            ),
            name=name,
        )
    if not _is_intact(file, entry(name)):
        raise Problem(
            N_(
                "{path} is not the file that the manifest describes (its SHA-256 differs): "
                "delete it and run 'python -m core data fetch {name}'."
            ),
            path=str(file),
            name=name,
        )
    return file


def available(name: str) -> bool:
    """Whether a data set is on this machine and intact."""
    return not absent([name])


def absent(names: Iterable[str]) -> list[str]:
    """Which of these files are not on this machine, or are no data sets."""
    where = folders()
    return [name for name in names if not _is_here(name, where)]


def _is_here(name: str, where: Iterable[Path]) -> bool:
    file = _path(name, where) if name in manifest() else None
    return file is not None and _is_intact(file, entry(name))


def changed(group: str) -> tuple[tuple[str, int], ...]:
    """The folders that may hold a group's files, and when one last came or went, in ns (0: none).

    For a group of hundreds, which would take long to be looked for each time.
    """
    places = [place for folder in folders() for place in (folder / group, folder)]
    return tuple((str(p), p.stat().st_mtime_ns if p.is_dir() else 0) for p in places)


def fetch(name: str, progress: Progress | None = None) -> Path:
    """File of a data set, downloaded unless it is here already; its hash is checked.

    It is stored in the folder that PANGLOSS_DATA names, if that may be written to, else in the
    user's cache. progress(done_bytes, total_bytes) is called while it downloads.
    Raises Problem if the manifest has no such file, there is no connection, the server refuses,
    what arrives is not what the manifest describes, or it cannot be stored.
    """
    known = entry(name)
    *named, cached = folders()
    if _path(name, named) or available(name):
        return path(name)  # a damaged file in somebody's own folder is theirs to delete
    folder = next(filter(_may_write, named), cached)
    return _download(name, known, folder / known.get("group", ""), progress)


def _download(name: str, known: Entry, folder: Path, progress: Progress | None) -> Path:
    import pooch
    import requests

    pooch.get_logger().setLevel("WARNING")
    # cast: pooch's types know neither its own bars nor that its downloaders are downloaders
    bar = _Bar(progress, known.get("bytes", 0)) if progress else False
    downloader = pooch.HTTPDownloader(
        progressbar=cast(Any, bar), timeout=_TIMEOUT_S, chunk_size=1 << 16
    )
    try:
        stored = pooch.retrieve(
            known["url"],
            f"sha256:{known['sha256']}",
            name,
            folder,
            downloader=cast(Any, downloader),
        )
    except requests.HTTPError as error:
        answer = cast(requests.Response, error.response)
        answer.close()  # pooch leaves the connection open
        raise Problem(
            N_(
                "{name} could not be downloaded: the server answered {status}. Try again later, "
                "or set PANGLOSS_DATA to a folder that has it."
            ),
            name=name,
            status=answer.status_code,
        ) from None
    except requests.RequestException:
        raise Problem(
            N_(
                "{name} could not be downloaded: no connection. Connect and try again, "
                "or set PANGLOSS_DATA to a folder that has it."
            ),
            name=name,
        ) from None
    except OSError as error:
        raise Problem(
            N_(
                "{name} could not be stored in {folder}: {reason}. Set PANGLOSS_DATA to a folder "
                "that can be written to."
            ),
            name=name,
            folder=str(folder),
            reason=error.strerror or type(error).__name__,
        ) from None
    except ValueError:  # what pooch raises when the hash differs; it keeps nothing then
        raise Problem(
            N_(
                "{name} was downloaded, but is not the file that the manifest describes (its "
                "SHA-256 differs) and was not kept. Try again, or set PANGLOSS_DATA to a folder "
                "that has it."
            ),
            name=name,
        ) from None
    return Path(stored)


class _Bar:
    """The part of tqdm that pooch uses, as a call of ``progress``."""

    def __init__(self, progress: Progress, expected_bytes: int):
        self.total = 0
        self._progress = progress
        self._expected = expected_bytes
        self._done = 0

    def update(self, received: int) -> None:
        total = self._expected or self.total
        self._done = min(self._done + received, total) if total else self._done + received
        self._progress(self._done, total)

    def reset(self) -> None:
        self._done = 0

    def close(self) -> None:
        total = self._expected or self.total
        if self._done != total:
            self._progress(total, total)


def _path(name: str, where: Iterable[Path]) -> Path | None:
    entry(name)
    return next((p for f in where for p in _places(f, name) if p.is_file()), None)


def _places(folder: Path, name: str) -> tuple[Path, ...]:
    """Where in a folder a file may lie."""
    group = entry(name).get("group")
    return (folder / group / name, folder / name) if group else (folder / name,)


def _is_intact(file: Path, known: Entry) -> bool:
    stat = file.stat()
    return _sha256(str(file), stat.st_mtime_ns, stat.st_size) == known["sha256"]


@lru_cache(maxsize=1024)
def _sha256(file: str, mtime_ns: int, size: int) -> str:
    del mtime_ns, size  # part of the key: a changed file is read again
    with open(file, "rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()


def _may_write(folder: Path) -> bool:
    """Whether a folder exists and nobody, administrators included, is barred from writing."""
    return folder.is_dir() and os.access(folder, os.W_OK) and bool(folder.stat().st_mode & 0o222)
