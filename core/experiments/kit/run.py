"""The run of every experiment: its steps and epochs, its clock, what changes it, what it keeps."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, ClassVar

import numpy as np

from core.events import Arrays, Changed, Epoch, Event, Finished, Metrics, Started, Step
from core.experiments.kit.control import Control

_WEIGHT_BYTES = 24_000_000  # of all epochs' weights together


@dataclass(frozen=True)
class Scores:
    """What an epoch, or the end, tells: metrics, and arrays and texts that the figures draw."""

    metrics: Metrics = field(default_factory=dict)
    arrays: Arrays = field(default_factory=dict)
    texts: Mapping[str, str] = field(default_factory=dict)


class Training(ABC):
    """What an experiment gives to ``train``: its model, its batches, its scores and its arrays.

    config: has epochs, learning_rate and to_dict. ``__init__`` of an experiment sets model, which
    is given away; trainer, a ``core.models.supervised.Trainer`` or what has its train_s, steps and
    steps_per_execution; params, its trainable weights; updates, how many an epoch has; and where
    there are any, references, as in Started, and first_arrays, told with the first epoch.
    """

    name: ClassVar[str]  # of the experiment
    loss: str = "train_loss"  # what steps and epochs call it
    weight_type: ClassVar[type | None] = (
        np.float32
    )  # in which epochs keep weights, None: they do not
    model: Any
    trainer: Any
    params: int
    updates: int

    def __init__(self, config: Any, control: Control | None):
        self.config = config
        self.control = control or Control()
        self.epochs: int = config.epochs
        self.references: Metrics = {}
        self.first_arrays: Arrays = {}

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
            for name, value in control.checkpoint().items():
                rate = value
                yield Changed(step + 1, name, value)
            if control.stopped:
                break
            losses = training.learn(order[len(learned) :], step, training.rate(rate, epoch))
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
        arrays = {**scores.arrays, **(training.first_arrays if epoch == 1 else {})}
        if training.weight_type and (epoch == 1 or last or epoch % every == 0):
            arrays |= {
                f"weights/{name}": array.astype(training.weight_type)
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


def _means(losses: list[dict[str, float]]) -> dict[str, float]:
    names = dict.fromkeys(name for loss in losses for name in loss)
    return {n: float(np.mean([loss[n] for loss in losses if n in loss])) for n in names}


def stacked(batches: Iterable[tuple[np.ndarray, ...]]) -> tuple[np.ndarray, ...]:
    """Batches of inputs and targets as one array of each, (count, batch, ...)."""
    return tuple(np.stack(arrays) for arrays in zip(*batches, strict=True))


@dataclass
class Racer:
    """One of several networks that learn from the same batches, each on its own clock.

    metrics, arrays: what was last measured of it, by names without its own. done: it learns no
    more. diverged: its weights were lost to infinity.
    """

    name: str
    trainer: Any
    metrics: dict[str, float] = field(default_factory=dict)
    arrays: dict[str, np.ndarray] = field(default_factory=dict)
    done: bool = False
    diverged: bool = False

    @property
    def model(self) -> Any:
        """Its Keras model."""
        return self.trainer.model

    def lose(self) -> None:
        """It has diverged, and learns no more."""
        self.done = self.diverged = True


class Race(Training):
    """The training of several networks on the same batches, in blocks of updates for each in turn.

    Metrics are RACER_METRIC: loss, train_s, diverged = 1 where it has, at the end params; what is
    measured of each; and the baselines among the references. Arrays are RACER_ARRAY; weights, told
    at the end alone, RACER/NAME.
    """

    weight_type = None
    block: ClassVar[int] = 5  # updates that a racer makes before it is the next one's turn

    def __init__(self, config: Any, control: Control | None, trainers: Mapping[str, Any]):
        super().__init__(config, control)
        self.racers = [Racer(name, trainer) for name, trainer in trainers.items()]
        self.params = sum(racer.model.count_params() for racer in self.racers)
        self.updates = config.epoch_updates

    @property
    def train_s(self) -> float:
        """Seconds of all of them together."""
        return sum(racer.trainer.train_s for racer in self.racers)

    @abstractmethod
    def measure(self, racer: Racer) -> None:
        """Bring a racer's metrics and arrays up to date; it may have diverged, or be done."""

    @abstractmethod
    def racer_weights(self, racer: Racer) -> dict[str, np.ndarray]:
        """A racer's weights by name."""

    def inputs_of(self, racer: Racer, inputs: np.ndarray) -> np.ndarray:
        """The inputs as a racer reads them."""
        return inputs

    def learn(self, left: Any, update: int, rate: float) -> list[dict[str, float]]:
        """Make a block of updates with each racer; returns what losses are finite."""
        racing = [racer for racer in self.racers if not racer.done]
        if not racing:
            return []
        inputs, targets = self.batches(left[: self.block], update)
        losses = {
            racer.name: self._block(racer, self.inputs_of(racer, inputs), targets, rate)
            for racer in racing
        }
        return [
            {f"{name}_loss": told[i] for name, told in losses.items() if np.isfinite(told[i])}
            for i in range(min(map(len, losses.values())))
        ]

    def _block(self, racer: Racer, inputs, targets, rate: float) -> list[float]:
        """A racer's updates on a block, in calls short enough to wait between."""
        losses: list[float] = []
        while len(losses) < len(inputs):
            self.control.wait()
            if self.control.stopped:
                break
            some = slice(len(losses), len(losses) + racer.trainer.steps_per_execution())
            losses += racer.trainer.steps(inputs[some], targets[some], rate).tolist()
            if not np.isfinite(losses[-1]):
                racer.lose()
                losses += [float("nan")] * (len(inputs) - len(losses))
        return losses

    def score(self, last: bool) -> Scores:
        """Measure who still learns; tell what is known of all."""
        metrics = {n: v for n, v in self.references.items() if n.startswith("baseline_")}
        arrays: dict[str, np.ndarray] = {}
        for racer in self.racers:
            if not racer.done:
                self.measure(racer)
                self.control.wait()
            known = {**racer.metrics, "train_s": racer.trainer.train_s}
            if racer.diverged:
                known["diverged"] = 1.0
            metrics |= {f"{racer.name}_{name}": value for name, value in known.items()}
            arrays |= {f"{racer.name}_{name}": array for name, array in racer.arrays.items()}
        return Scores(metrics, arrays)

    def weights(self) -> dict[str, np.ndarray]:
        """The weights of those that have not diverged."""
        return {
            f"{racer.name}/{name}": weight
            for racer in self.racers
            if not racer.diverged
            for name, weight in self.racer_weights(racer).items()
        }

    def end(self) -> Scores:
        """How many weights each has."""
        return Scores({f"{r.name}_params": float(r.model.count_params()) for r in self.racers})

    def files(self) -> dict[str, bytes]:
        """RACER.keras, and the code that trains them."""
        from core.models.saving import keras_bytes

        models = {f"{racer.name}.keras": keras_bytes(racer.model) for racer in self.racers}
        return models | self.code()
