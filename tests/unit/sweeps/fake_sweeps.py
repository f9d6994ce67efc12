"""An experiment without a model, for sweeps: its score depends on its settings and its seed."""

import os
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from core.events import Epoch, Event, Finished, Started, Step
from core.experiments import Experiment
from core.experiments.kit.config import Config, choice, real, text, whole
from core.experiments.kit.control import Control
from core.messages import N_, Problem


@dataclass(frozen=True)
class FakeConfig(Config):
    """What the fake needs. diary: a file that each run adds a letter to. bad_seed: fails."""

    cell: str = choice("rnn", {"rnn": "RNN", "gru": "GRU"}, "Cell")
    units: int = whole(8, 1, 64, "Units")
    epochs: int = whole(2, 1, 10, "Epochs")
    bad_seed: int = whole(99, 0, 99, "Bad seed")
    diary: str = text("", 0, 400, "Diary")
    seed: int = whole(0, 0, 999_999, "Seed")


def find(name: str) -> Experiment:
    """The fake, under any name."""
    return Experiment(name, "A fake.", FakeConfig, _run)


@dataclass(frozen=True)
class ValidatedConfig(Config):
    """What the fake with a validation part needs. poison: what its test part is multiplied by."""

    units: int = whole(8, 1, 64, "Units")
    rate: float = real(0.1, 0.001, 1.0, "Rate", log=True)
    epochs: int = whole(3, 1, 10_000, "Epochs")
    poison: int = whole(1, 0, 9, "Poison")
    diary: str = text("", 0, 400, "Diary")
    seed: int = whole(0, 0, 999_999, "Seed")


def find_validated(name: str) -> Experiment:
    """The fake with a validation part, by which 20 units are the best; by its test part 50 are."""
    return Experiment(name, "A fake.", ValidatedConfig, _validated, ("valid_loss",))


def _validated(config: ValidatedConfig, control: Control) -> Iterator[Event]:
    _note(config.diary)
    yield Started("fake", config.to_dict(), 10, config.epochs, config.epochs)
    for epoch in range(1, config.epochs + 1):
        valid = abs(config.units - 20) + config.rate + 1 / epoch
        told = {"valid_loss": valid, "test_loss": config.poison * abs(config.units - 50.0)}
        yield Epoch(epoch, epoch, 0.5 * epoch, told)
        if config.units == 64:  # it can be ended in mid-run
            time.sleep(0.05)
    yield Finished({"train_s": 0.5 * config.epochs, "params": 10})


def _note(diary: str):
    if diary:
        with Path(diary).open("a") as file:
            file.write("x")


def score(config: FakeConfig, epoch: int) -> float:
    """What it scores at the end of an epoch."""
    noise = np.random.default_rng([config.seed, config.units]).normal()
    return round((0.2 if config.cell == "gru" else 0.3) + 0.05 * noise, 6) / epoch


def _run(config: FakeConfig, control: Control) -> Iterator[Event]:
    _note(config.diary)
    yield Started("fake", config.to_dict(), 10, config.epochs, config.epochs, {"best_rmse": 0.1})
    if config.seed == config.bad_seed:
        raise Problem(N_("Seed {seed} is a bad one."), seed=config.seed)
    if config.seed == 98:
        os._exit(3)
    for epoch in range(1, config.epochs + 1):
        yield Step(epoch, epoch, 0.5 * epoch, {"train_loss": 1 / epoch})
        metrics = {"train_loss": 1 / epoch, "best_rmse": 0.1, "test_rmse": score(config, epoch)}
        arrays = {"weights/w": np.ones(3)}
        yield Epoch(epoch, epoch, 0.5 * epoch, metrics, arrays, {"sample": "a"})
    yield Finished({"train_s": 0.5 * config.epochs, "params": 10}, {"w": np.ones(3)})
