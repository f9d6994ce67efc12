"""Experiments without a model, for the engine to run: they count, wait, crash, hoard and talk."""

import os
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from core.data import uploads
from core.events import Changed, Epoch, Event, Finished, Started, Step
from core.experiments import Experiment
from core.experiments.kit.config import Config, real, text, whole
from core.experiments.kit.control import Control
from core.messages import N_, Problem


@dataclass(frozen=True)
class FakeConfig(Config):
    """What the fakes need."""

    steps: int = whole(5, 1, 1_000_000, "Steps")
    rate: float = real(0.1, 0.0, 1.0, "Rate", live=True)
    seed: int = whole(0, 0, 1_000_000, "Seed")
    upload: str = text("", 0, 64, "Text", upload="text")


def find(name: str) -> Experiment:
    """The fake of that name."""
    return Experiment(name, "A fake.", FakeConfig, globals()[f"_{name}"])


def _started(config: Config, steps: int = 0) -> Started:
    facts = {
        "pid": os.getpid(),
        "niceness": os.nice(0) if hasattr(os, "nice") else 0,
        "threads": int(os.environ["TF_NUM_INTRAOP_THREADS"]),
        "keras": float("keras" in sys.modules),
    }
    return Started("fake", config.to_dict(), params=0, steps=steps, epochs=1, references=facts)


def _count(config: FakeConfig, control: Control) -> Iterator[Event]:
    yield _started(config, config.steps)
    step, rate = 0, config.rate
    while step < config.steps:
        control.at = step
        for field, value in control.checkpoint().items():
            rate = value
            yield Changed(step + 1, field, value)
        if control.stopped:
            break
        time.sleep(0.005)
        step += 1
        yield Step(step, step / config.steps, step * 0.005, {"rate": rate})
    yield Finished({"steps": step}, {"weights": np.arange(step)}, stopped=control.stopped)


def _read(config: FakeConfig, control: Control) -> Iterator[Event]:
    yield _started(config)
    yield Finished({"characters": len(uploads.get(config.upload))})


def _deaf(config: FakeConfig, control: Control) -> Iterator[Event]:
    yield _started(config)
    time.sleep(300)
    yield Finished({})


def _crash(config: FakeConfig, control: Control) -> Iterator[Event]:
    yield _started(config)
    raise RuntimeError("secret/path/of/the/server")


def _complain(config: FakeConfig, control: Control) -> Iterator[Event]:
    yield _started(config)
    raise Problem(N_("The text has {count} characters; it needs more."), count=3)


def _unfinished(config: FakeConfig, control: Control) -> Iterator[Event]:
    yield _started(config)


def _exhaust(config: FakeConfig, control: Control) -> Iterator[Event]:
    yield _started(config)
    raise MemoryError


def _leave(config: FakeConfig, control: Control) -> Iterator[Event]:
    yield _started(config)
    os._exit(3)


def _hoard(config: FakeConfig, control: Control) -> Iterator[Event]:
    yield _started(config)
    hoard = []
    while True:
        hoard.append(np.ones(2**20))  # 8 MB that are really there
        time.sleep(0.005)


def _talk(config: FakeConfig, control: Control) -> Iterator[Event]:
    yield _started(config)
    while True:
        yield Epoch(1, 1, 0.0, {}, {"noise": np.ones(2**14)})


def _shout(config: FakeConfig, control: Control) -> Iterator[Event]:
    yield _started(config)
    yield Epoch(1, 1, 0.0, {}, {"noise": np.ones(2**21)})


def _train(config: FakeConfig, control: Control) -> Iterator[Event]:
    import keras

    yield _started(config)
    keras.utils.set_random_seed(config.seed)
    model = keras.Sequential([keras.Input((4,)), keras.layers.Dense(1)])
    model.compile("sgd", "mse")
    history = model.fit(np.ones((8, 4)), np.ones((8, 1)), epochs=2, verbose="0").history
    yield Finished({"first": history["loss"][0], "last": history["loss"][-1]})
