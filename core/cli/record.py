"""What ``train --out`` leaves in a folder."""

from pathlib import Path
from typing import Any, Self

import numpy as np

from core.cli.speech import as_json
from core.events import Epoch, Event, Finished, history_csv, to_json


class Record:
    """A run as files: events.jsonl while it goes, the rest at its end.

    folder: made if it is not there. Raises OSError where it cannot be written to.
    """

    def __init__(self, folder: Path):
        folder.mkdir(parents=True, exist_ok=True)
        self.folder = folder
        self._events = (folder / "events.jsonl").open("w", encoding="utf-8", newline="\n")
        self._epochs: list[Epoch] = []

    def add(self, event: Event) -> None:
        """Write an event; with Finished also history.csv, arrays.npz and the run's own files."""
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

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_error: object) -> None:
        self._events.close()
