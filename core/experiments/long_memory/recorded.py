"""Races that were recorded, so that the lesson shows something before anybody trains."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np

from core.events import Epoch, Finished, Started
from core.experiments.long_memory.config import LongMemoryConfig

FOLDER = Path(__file__).resolve().parents[3] / "assets" / "recorded"
CARD = "long_memory.json"
WEIGHTS = "long_memory.npz"
SETTINGS = LongMemoryConfig(irnn=True)  # of the networks in it


@dataclass(frozen=True)
class RecordedRace:
    """A recorded race: its settings, and of each cell its seconds and scores by epoch.

    curves: cell -> (train_s, score), float (epochs,) each. params: cell -> weights.
    """

    config: Mapping[str, Any]
    curves: Mapping[str, tuple[np.ndarray, np.ndarray]]
    params: Mapping[str, int]


@dataclass(frozen=True)
class Recorded:
    """What was recorded.

    card: command, machine and versions. grid: one row a trial. patience: the plain RNNs with a
    small learning rate and more time, None if that is missing.
    """

    card: Mapping[str, str]
    races: tuple[RecordedRace, ...]
    grid: tuple[Mapping[str, Any], ...]
    patience: RecordedRace | None = None

    def race(self, task: str, length: int) -> RecordedRace | None:
        """The race on a task whose length is nearest to ``length``, None if there is none."""
        fitting = [race for race in self.races if race.config["task"] == task]
        return min(fitting, key=lambda race: abs(race.config["length"] - length), default=None)


@cache
def load(folder: Path = FOLDER) -> Recorded | None:
    """The recorded races, None if the file is missing."""
    path = folder / CARD
    if not path.exists():
        return None
    record = json.loads(path.read_text(encoding="utf-8"))
    races, patience = (
        tuple(_race(race) for race in record.get(part, [])) for part in ("races", "patience")
    )
    return Recorded(record["card"], races, tuple(record["grid"]), next(iter(patience), None))


def _race(record: Mapping[str, Any]) -> RecordedRace:
    curves = {
        cell: (np.array(curve["train_s"]), np.array(curve["score"]))
        for cell, curve in record["cells"].items()
    }
    return RecordedRace(record["config"], curves, record["params"])


@cache
def load_weights(folder: Path = FOLDER) -> dict[str, np.ndarray]:
    """The networks of the recorded race of SETTINGS, CELL/name -> array."""
    path = folder / WEIGHTS
    if not path.exists():
        return {}
    with np.load(path, allow_pickle=False) as stored:
        return {name: stored[name] for name in stored.files}


def as_record(
    started: Started, epochs: list[Epoch], finished: Finished, score: str
) -> dict[str, Any]:
    """A race's events as what ``load`` reads: plain values, rounded."""
    cells: dict[str, dict[str, list[float]]] = {}
    for epoch in epochs:
        for name, value in epoch.metrics.items():
            cell, _, metric = name.partition("_")
            if metric != score:
                continue
            curve = cells.setdefault(cell, {"train_s": [], "score": []})
            seconds = round(epoch.metrics[f"{cell}_train_s"], 3)
            if not curve["train_s"] or seconds > curve["train_s"][-1]:  # else it is at rest
                curve["train_s"].append(seconds)
                curve["score"].append(round(value, 5))
    params = {cell: int(finished.metrics[f"{cell}_params"]) for cell in cells}
    return {"config": dict(started.config), "cells": cells, "params": params}
