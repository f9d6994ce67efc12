"""Files by the hash of what they hold: there whole or not at all, whenever the machine stops."""

import contextlib
import hashlib
import os
import re
import secrets
import time
from collections.abc import Callable, Collection, Iterator
from pathlib import Path
from typing import BinaryIO

_UNFINISHED = ".unfinished-"
_LEFT_S = 3600  # another process may be about to name its file in the database
_NAME = re.compile("[0-9a-f]{64}")


class Blobs:
    """The files of a folder, which is made if it is not there."""

    def __init__(self, folder: Path):
        self.folder = folder

    def put(self, write: Callable[[BinaryIO], None]) -> tuple[str, int]:
        """Keep what ``write`` writes into a file; returns its SHA-256 and its bytes.

        Raises OSError where it cannot be kept; then nothing of it is there.
        """
        self.folder.mkdir(parents=True, exist_ok=True)
        unfinished = self.folder / f"{_UNFINISHED}{secrets.token_hex(8)}"
        try:
            with unfinished.open("w+b") as file:
                write(file)
                file.flush()
                os.fsync(file.fileno())
                size = file.seek(0, os.SEEK_END)
                file.seek(0)
                digest = hashlib.file_digest(file, "sha256").hexdigest()
            path = self.path(digest)
            path.parent.mkdir(exist_ok=True)
            os.replace(unfinished, path)
            for folder in (path.parent, self.folder):
                _to_disk(folder)
        except BaseException:
            with contextlib.suppress(OSError):
                unfinished.unlink(missing_ok=True)
            raise
        return digest, size

    def path(self, digest: str) -> Path:
        """Where a file is, if it is there. Raises ValueError for what is no hash."""
        if not _NAME.fullmatch(digest):
            raise ValueError(digest)
        return self.folder / digest[:2] / f"{digest}.npz"

    def remove(self, digest: str) -> None:
        """Delete a file, if it is there. Raises OSError where it cannot."""
        self.path(digest).unlink(missing_ok=True)

    def sweep(self, known: Collection[str], now: float | None = None) -> None:
        """Delete what a crash has left: files that nobody knows and nobody has just written."""
        now = time.time() if now is None else now
        for path in self._files():
            with contextlib.suppress(OSError):
                left = path.name.startswith(_UNFINISHED) or path.stem not in known
                if left and now - path.stat().st_mtime > _LEFT_S:
                    path.unlink()

    def _files(self) -> Iterator[Path]:
        yield from self.folder.glob(f"{_UNFINISHED}*")
        yield from self.folder.glob("[0-9a-f][0-9a-f]/*.npz")


def _to_disk(folder: Path) -> None:
    """Have a folder's new names outlast a loss of power, where the system knows how."""
    if os.name == "nt":
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
