"""The run of every experiment: its steps and epochs, its clock, what changes it, what it keeps."""

from __future__ import annotations

import math
import time
from abc import ABC, abstractmethod
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, ClassVar

import numpy as np

from core.events import Arrays, Changed, Epoch, Event, Finished, Metrics, Started, Step
from core.experiments.kit.control import Control
from core.numeric.weights import in_precision

FIRST_STEPS = 10  # all of them are told: they show that an exported script does the same
STEPS_PER_S = 5
_WEIGHT_BYTES = 24_000_000  # of all epochs' weights together


@dataclass(frozen=True)
class Scores:
    """What an epoch, or the end, tells: metrics, and arrays and texts that the figures draw.

    Of an epoch, arrays of double precision are told in single.
    """

    metrics: Metrics = field(default_factory=dict)
    arrays: Arrays = field(default_factory=dict)
    texts: Mapping[str, str] = field(default_factory=dict)


class Training(ABC):
    """What an experiment gives to ``train``: its model, its batches, its scores and its arrays.

    config: has epochs, learning_rate and to_dict. ``__init__`` of an experiment sets model, which
    is given away; trainer, a ``core.models.supervised.Trainer`` or what has its train_s, steps and
    steps_per_execution; updates, how many an epoch has; and where there are any, references, as in
    Started, and first_arrays, told with the first epoch.
    """

    name: ClassVar[str]  # of the experiment
    loss: str = "train_loss"  # what steps and epochs call it
    weight_type: ClassVar[type | None] = np.float32  # of an epoch's weights; None: it keeps none
    model: Any
    trainer: Any
    updates: int

    def __init__(self, config: Any, control: Control | None):
        self.config = config
        self.control = control or Control()
        self.epochs: int = config.epochs
        self.references: Metrics = {}
        self.first_arrays: Arrays = {}

    @property
    def params(self) -> int:
        """The model's trainable weights."""
        return self.model.count_params()

    @property
    def train_s(self) -> float:
        """Seconds of training until now, without pauses and scores."""
        return self.trainer.train_s

    def begin(self, epoch: int) -> None:
        """Called before an epoch (from 1) is learned from."""
        return

    def order(self, epoch: int) -> Any:
        """What each update of an epoch learns from: its number (from 0), or places of examples.

        Asked once an epoch.
        """
        return range((epoch - 1) * self.updates, epoch * self.updates)

    def rate(self, rate: float, epoch: int) -> float:
        """The learning rate in an epoch, from the one that was chosen."""
        return rate

    @abstractmethod
    def batches(self, chosen: Any, update: int) -> tuple[Any, ...]:
        """Inputs and targets, each (count, batch, ...), maybe weights, for ``Trainer.steps``.

        chosen: a part of ``order``. update: the number of the first of them, from 0.
        """

    def learn(self, left: Any, update: int, rate: float) -> list[dict[str, float]]:
        """Make updates as long as a compiled call may take; returns the loss of each.

        left: what is left of ``order``. Empty if there is nothing more to learn.
        """
        inputs, targets, *weights = self.batches(left[: self.trainer.steps_per_execution()], update)
        losses = self.trainer.steps(inputs, targets, rate, *weights)
        return [{self.loss: float(loss)} for loss in losses]

    def loss_metrics(self, losses: dict[str, float]) -> dict[str, float]:
        """How the loss of a step, or an epoch's mean loss, is told."""
        return losses

    @abstractmethod
    def score(self, last: bool) -> Scores:
        """What an epoch's end tells besides the loss. last: it is the run's last."""

    def weights(self) -> dict[str, np.ndarray]:
        """The network's weights by name, as they are now; none if they are not told."""
        return {}

    def end(self) -> Scores:
        """What only the end tells, where an epoch has ended: e.g. what takes time."""
        return Scores()

    def files(self) -> dict[str, bytes]:
        """What can be taken away: the model, and the code that trains it."""
        from core.models.saving import keras_bytes

        return {"model.keras": keras_bytes(self.model), **self.code()}

    def code(self) -> dict[str, bytes]:
        """The Keras code of exactly this run, by the names of its files."""
        return {}

    def in_parts(self, function: Callable[[Any], Any], rows: Any, size: int) -> np.ndarray:
        """What a function makes of rows, ``size`` at a time; it may be paused in between."""
        parts = []
        for at in range(0, len(rows), size):
            parts.append(function(rows[at : at + size]))
            self.control.wait()
        return np.concatenate(parts)


def train(training: Training) -> Iterator[Event]:
    """Train, and say what happens: Started, Step and Epoch events, Changed, at last Finished.

    Weights are told as "weights/NAME" of every epoch if they are few enough, else of the first, of
    every second, third, ... and of the last. Finished tells them by NAME alone, and train_s and
    params among its metrics. An epoch in which nothing is learned ends the run.
    """
    config, control = training.config, training.control
    params, updates, epochs = training.params, training.updates, training.epochs
    yield Started(
        training.name, config.to_dict(), params, epochs * updates, epochs, training.references
    )
    epoch_bytes = params * np.dtype(training.weight_type).itemsize
    every = 1 + epochs * epoch_bytes // _WEIGHT_BYTES  # so many epochs keep their weights once
    rate, step, metrics = config.learning_rate, 0, {}
    for epoch in range(1, epochs + 1):
        training.begin(epoch)
        order, learned = training.order(epoch), []
        while len(learned) < updates:
            control.at = step
            for name, value in control.checkpoint().items():
                rate = value
                yield Changed(step + 1, name, value)
            if control.stopped:
                break
            end = None if control.room is None else len(learned) + control.room
            losses = training.learn(order[len(learned) : end], step, training.rate(rate, epoch))
            if not losses:
                break
            for loss in losses:
                step += 1
                learned.append(loss)
                at = epoch - 1 + len(learned) / updates
                yield Step(step, at, training.train_s, training.loss_metrics(loss))
        if not learned:
            break
        last = epoch == epochs or control.stopped
        scores = training.score(last)
        metrics = {**training.loss_metrics(_means(learned)), **scores.metrics}
        arrays = {name: _single(array) for name, array in scores.arrays.items()}
        arrays |= training.first_arrays if epoch == 1 else {}
        if training.weight_type and (epoch == 1 or last or epoch % every == 0):
            arrays |= {
                f"weights/{name}": in_precision(array, training.weight_type)
                for name, array in training.weights().items()
            }
        yield Epoch(epoch, step, training.train_s, metrics, arrays, scores.texts)
        if control.stopped:
            break
    end = training.end() if metrics else Scores()
    yield Finished(
        {**metrics, **end.metrics, "train_s": training.train_s, "params": params},
        {**training.weights(), **end.arrays},
        training.files(),
        control.stopped,
    )


def _single(array: np.ndarray) -> np.ndarray:
    return array.astype(np.float32) if array.dtype == np.float64 else array


def _means(losses: list[dict[str, float]]) -> dict[str, float]:
    names = dict.fromkeys(name for loss in losses for name in loss)
    return {n: float(np.mean([loss[n] for loss in losses if n in loss])) for n in names}


def stacked(batches: Iterable[tuple[np.ndarray, ...]]) -> tuple[np.ndarray, ...]:
    """Batches of inputs and targets as one array of each, (count, batch, ...)."""
    return tuple(np.stack(arrays) for arrays in zip(*batches, strict=True))


def shuffled(seed: list[int], places: np.ndarray, batch: int) -> np.ndarray:
    """Places in batches, in an order drawn from ``seed``, (batches, batch); the remainder waits."""
    whole = len(places) // batch * batch
    return np.random.default_rng(seed).permutation(places)[:whole].reshape(-1, batch)


def half_cosine(rate: float, epoch: int, epochs: int) -> float:
    """The rate in an epoch (from 1): half a cosine from ``rate`` down.

    Source: Loshchilov & Hutter (2017), arXiv:1608.03983, without restarts.
    """
    return rate * 0.5 * (1 + math.cos(math.pi * (epoch - 1) / epochs))


def thinned(
    events: Iterable[Event], first: int = FIRST_STEPS, per_s: float = STEPS_PER_S
) -> Iterator[Event]:
    """The events of a run, of its steps the first ones and then a few a second.

    A run says every step; who listens from another process or reads along need not hear them all.
    """
    last = 0.0
    for event in events:
        if isinstance(event, Step) and event.step > first:
            now = time.perf_counter()
            if now - last < 1 / per_s:
                continue
            last = now
        yield event
