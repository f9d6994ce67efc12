"""Which runs are under way, on whichever server of those that share a folder: a file each."""

import contextlib
import os
import threading
import time
from pathlib import Path

_BEAT_S = 5.0  # how often a server touches the files of its runs
_SILENT_S = 30.0  # whose file was not touched for so long has lost its server


class UnderWay:
    """The runs of this server as others see them, and theirs. Thread-safe; nothing raises.

    folder: shared by the servers, made when it is needed.
    """

    def __init__(self, folder: Path):
        self._folder = folder
        self._mine: set[str] = set()
        self._lock, self._closed = threading.Lock(), threading.Event()
        self._beating = threading.Thread(target=self._beat, name="pangloss-beat", daemon=True)

    def begin(self, run_id: str) -> None:
        """Have a run of this server known to be under way."""
        with self._lock:
            self._mine.add(run_id)
            if self._beating.ident is None:
                self._beating.start()
        with contextlib.suppress(OSError):
            self._folder.mkdir(parents=True, exist_ok=True)
            self._path(run_id).touch()

    def end(self, run_id: str) -> None:
        """It is so no more."""
        with self._lock:
            self._mine.discard(run_id)
        with contextlib.suppress(OSError):
            self._path(run_id).unlink(missing_ok=True)

    def has(self, run_id: str) -> bool:
        """Whether some server computes that run now, or has it in its queue."""
        try:
            return time.time() - self._path(run_id).stat().st_mtime < _SILENT_S
        except OSError:
            return False

    def sweep(self) -> None:
        """Delete what servers have left that were lost."""
        with contextlib.suppress(OSError):
            for path in [*self._folder.iterdir()]:
                if not self.has(path.name):
                    path.unlink(missing_ok=True)

    def close(self) -> None:
        """End what is left: the server goes, and its runs with it."""
        self._closed.set()
        if self._beating.ident is not None:
            self._beating.join()
        for run_id in list(self._mine):
            self.end(run_id)

    def _path(self, run_id: str) -> Path:
        return self._folder / run_id

    def _beat(self):
        while not self._closed.wait(_BEAT_S):
            with self._lock:
                mine = list(self._mine)
            for run_id in mine:
                with contextlib.suppress(OSError):
                    os.utime(self._path(run_id))
