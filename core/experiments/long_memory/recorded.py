"""Races that were recorded, so that the lesson shows something before anybody trains."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, ClassVar

import numpy as np

from core.events import Epoch, Finished, Started
from core.experiments.long_memory.config import LongMemoryConfig

FOLDER = Path(__file__).resolve().parents[3] / "assets" / "recorded"
CARD = "long_memory.json"
WEIGHTS = "long_memory.npz"
SETTINGS = LongMemoryConfig(irnn=True)  # of the networks in it


@dataclass(frozen=True)
class RecordedRace:
    """A recorded race: its settings, and of each cell its rate and its scores by its own seconds.

    rates: cell -> learning rate. curves: cell -> (train_s, score), float (epochs,) each.
    params: cell -> weights.
    """

    config: Mapping[str, Any]
    rates: Mapping[str, float]
    curves: Mapping[str, tuple[np.ndarray, np.ndarray]]
    params: Mapping[str, int]


@dataclass(frozen=True)
class Trial:
    """How one cell did from one seed at one rate.

    score, validation: of the test and of the validation examples, None where it diverged.
    goal: whether it reached the goal. updates: until it did, or until the end.
    """

    KEY: ClassVar = ("task", "length", "bidirectional", "cell", "learning_rate", "seed")

    task: str
    length: int
    bidirectional: bool
    cell: str
    learning_rate: float
    seed: int
    score: float | None
    validation: float | None
    goal: bool
    updates: int

    @staticmethod
    def key_of(config: LongMemoryConfig, cell: str) -> tuple[Any, ...]:
        """The values of KEY of a cell in a race."""
        return (
            config.task,
            config.length,
            config.bidirectional,
            cell,
            config.learning_rate,
            config.seed,
        )

    def is_of(self, config: LongMemoryConfig) -> bool:
        """Whether it is on the task of ``config``, at its length, read in as many directions."""
        own = self.task, self.length, self.bidirectional
        return own == (config.task, config.length, config.bidirectional)

    def tried(self, cell: str, rate: float) -> bool:
        """Whether it is of this cell at this rate."""
        return (self.cell, self.learning_rate) == (cell, rate)

    @property
    def validated(self) -> float:
        """The validation score so that less is better; infinite where it diverged."""
        if self.validation is None:
            return np.inf
        return self.validation if self.task == "adding" else -self.validation


def best_rates(trials: Sequence[Trial]) -> dict[str, float]:
    """Of each cell the rate whose trials have the best median validation score.

    Where all reach the goal, the one that does so in fewer updates.
    """
    rates: dict[str, float] = {}
    for cell in dict.fromkeys(trial.cell for trial in trials):
        by_rate: dict[float, list[Trial]] = {}
        for trial in trials:
            if trial.cell == cell:
                by_rate.setdefault(trial.learning_rate, []).append(trial)
        rates[cell] = min(by_rate, key=lambda rate: _merit(by_rate[rate]))
    return rates


def _merit(trials: Sequence[Trial]) -> tuple[bool, float]:
    """Sorts rates: those that always reach the goal by updates, then the rest by their score."""
    if all(trial.goal for trial in trials):
        return False, float(np.median([trial.updates for trial in trials]))
    return True, float(np.median([trial.validated for trial in trials]))


@dataclass(frozen=True)
class Recorded:
    """What was recorded.

    card: command, machine and versions. races: each cell at its best rate. seeds: the same from
    five seeds. grid: the trials that the rates were chosen by, from other seeds.
    """

    card: Mapping[str, str]
    races: tuple[RecordedRace, ...]
    seeds: tuple[Trial, ...]
    grid: tuple[Trial, ...]

    def race(self, task: str, length: int) -> RecordedRace | None:
        """The one-way race on a task at the nearest length, None if there is none."""
        fitting = [
            race
            for race in self.races
            if race.config["task"] == task and not race.config["bidirectional"]
        ]
        return min(fitting, key=lambda race: abs(race.config["length"] - length), default=None)


@cache
def load(folder: Path = FOLDER) -> Recorded | None:
    """The recorded races, None if the file is missing."""
    path = folder / CARD
    if not path.exists():
        return None
    record = json.loads(path.read_text(encoding="utf-8"))
    races = tuple(_race(race) for race in record["races"])
    seeds, grid = (tuple(Trial(**row) for row in record[part]) for part in ("seeds", "grid"))
    return Recorded(record["card"], races, seeds, grid)


def _race(record: Mapping[str, Any]) -> RecordedRace:
    curves = {
        cell: (np.array(curve["train_s"]), np.array(curve["score"]))
        for cell, curve in record["cells"].items()
    }
    return RecordedRace(record["config"], record["rates"], curves, record["params"])


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
    rates = dict.fromkeys(cells, started.config["learning_rate"])
    return {"config": dict(started.config), "rates": rates, "cells": cells, "params": params}
