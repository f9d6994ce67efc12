"""What a run of a sweep came to, and the folder that it is kept in."""

from __future__ import annotations

import math
import os
import secrets
import time
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from core import __version__
from core.engine import reasons
from core.events import Epoch, Event, Failed, Finished, flat
from core.experiments.kit.config import Config
from core.messages import Problem

if TYPE_CHECKING:
    import pandas as pd

_UNFINISHED = ".unfinished"


@dataclass(frozen=True)
class Result:
    """A run of a sweep that has ended. events: without arrays, texts and files."""

    config: Config
    events: Sequence[Event]
    times_s: Sequence[float]

    @property
    def finished(self) -> Finished | None:
        """What it ended with, None if it failed."""
        last = self.events[-1] if self.events else None
        return last if isinstance(last, Finished) else None

    @property
    def failed(self) -> Failed | None:
        """Why it failed, None if it did not."""
        last = self.events[-1] if self.events else None
        return last if isinstance(last, Failed) else None

    @property
    def is_cut_off(self) -> bool:
        """Whether it failed since the engine was closed: begun again, it may not."""
        return self.failed is not None and self.failed.template == reasons.SHUT_DOWN

    @property
    def error(self) -> str:
        """The same as a sentence in English, "" if it did not."""
        return self.failed.message if self.failed else ""

    @property
    def metrics(self) -> dict[str, float]:
        """Those of its last epoch and its end, numbers alone; none of a run that failed."""
        if self.finished is None:
            return {}
        epochs = [event for event in self.events if isinstance(event, Epoch)]
        return {**(flat(epochs[-1].metrics) if epochs else {}), **flat(self.finished.metrics)}

    def row(self) -> dict[str, Any]:
        """Its settings, its metrics, and why it failed, by column.

        Its params are called weights; another metric with a setting's name is told_NAME.
        """
        settings, metrics = self.config.to_dict(), self.metrics
        weights = {"weights": metrics.pop("params")} if "params" in metrics else {}
        told = {f"told_{n}" if n in settings else n: value for n, value in metrics.items()}
        return {**settings, **told, **weights, "error": self.error}


def table(results: Iterable[Result]) -> pd.DataFrame:
    """The results as a DataFrame, a row each, their error last."""
    import pandas as pd

    rows = [result.row() for result in results]
    columns = dict.fromkeys(name for row in rows for name in row if name != "error")
    return pd.DataFrame(rows, columns=[*columns, "error"])


def trim(folder: Path, most_bytes: float, keep_s: float) -> None:
    """Delete the oldest files of too many in a folder, and those that are older than ``keep_s``."""
    found, total = [(path.stat(), path) for path in folder.iterdir()], 0
    for stat, path in sorted(found, key=lambda one: -one[0].st_mtime):
        total += stat.st_size
        if total > most_bytes or time.time() - stat.st_mtime > keep_s:
            path.unlink(missing_ok=True)


class Folder:
    """A folder of results, a file each by the address of its run. Made if it is not there."""

    def __init__(self, folder: Path):
        self._folder = folder / "runs"
        self._folder.mkdir(parents=True, exist_ok=True)

    def find(self, experiment: str, config: Config) -> Result | None:
        """The result of a config's run; None if it is not there or cannot be read."""
        from core.store import event_file  # here: a database's package takes a while to import

        try:
            with self._path(experiment, config).open("rb") as file:
                recording = event_file.read(file)
        except (OSError, Problem):
            return None
        return Result(config, recording.events, recording.times_s)

    def keep(self, experiment: str, result: Result) -> None:
        """Keep a result; not one that failed, which is tried again. Raises OSError."""
        from core.store import event_file

        if result.finished is None:
            return
        config = result.config
        about = {"experiment": experiment, "version": __version__, "config": config.to_dict()}
        path = self._path(experiment, config)
        unfinished = path.with_suffix(f".{secrets.token_hex(4)}{_UNFINISHED}")
        with unfinished.open("wb") as file:
            event_file.write(file, event_file.Recording(about, result.events, result.times_s))
        os.replace(unfinished, path)  # whole or not at all, whenever it is stopped

    def trim(self, most_bytes: float, keep_s: float = math.inf) -> None:
        """Delete the oldest results of too many, and those that are older than ``keep_s``."""
        trim(self._folder, most_bytes, keep_s)

    def _path(self, experiment: str, config: Config) -> Path:
        return self._folder / f"{config.address(experiment)}.npz"
