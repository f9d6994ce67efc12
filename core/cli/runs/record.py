"""What ``train --out`` leaves in a folder."""

import time
from pathlib import Path
from typing import Any, Self

import numpy as np

from core import __version__
from core.cli.speech import as_json
from core.events import Epoch, Event, Finished, Started, history_csv, to_json


class Record:
    """A run as files: events.jsonl while it goes, the rest at its end.

    folder: made if it is not there. Raises OSError where it cannot be written to.
    """

    def __init__(self, folder: Path):
        folder.mkdir(parents=True, exist_ok=True)
        self.folder = folder
        self._events = (folder / "events.jsonl").open("w", encoding="utf-8", newline="\n")
        self._epochs: list[Epoch] = []
        self._told: list[tuple[Event, float]] = []
        self._began_at, self._began = time.time(), time.monotonic()

    def add(self, event: Event) -> None:
        """Write an event; with Finished also history.csv, arrays.npz and the run's own files.

        run.npz has all of it, for the page My work to take.
        """
        self._told.append((event, time.monotonic() - self._began))
        self._events.write(as_json(to_json(event)) + "\n")
        self._events.flush()
        if isinstance(event, Epoch):
            self._epochs.append(event)
        if isinstance(event, Finished):
            files = {"history.csv": history_csv(self._epochs).encode(), **event.files}
            for name, content in files.items():
                (self.folder / Path(name).name).write_bytes(content)
            arrays: dict[str, Any] = dict(event.arrays)
            np.savez(self.folder / "arrays.npz", **arrays)
            self._write_run()

    def _write_run(self) -> None:
        from core.store import event_file  # here: a database's package takes a while to import
        from core.store.runs import Kept, ended

        events, times_s = zip(*self._told, strict=True)
        started = next(event for event in events if isinstance(event, Started))
        at = self._began_at
        run = Kept("", started.experiment, __version__, started.config, "", at, at)
        with (self.folder / "run.npz").open("wb") as file:
            about = ended(run, events, time.time()).about
            event_file.write(file, event_file.Recording(about, events, times_s))

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_error: object) -> None:
        self._events.close()
