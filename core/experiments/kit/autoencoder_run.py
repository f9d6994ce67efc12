"""The run of every autoencoder that learns batch by batch."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np

from core.events import Changed, Epoch, Event, Finished, Metrics, Started, Step
from core.experiments.kit.control import Control
from core.experiments.kit.schedule import half_cosine

_SHUFFLE_STREAM = 11
_WEIGHT_BYTES = 24_000_000  # of all epochs' weights together, in half precision
_HALF = 2  # bytes of a weight that is kept

Batches = tuple[Any, np.ndarray]


@dataclass(frozen=True)
class Stage:
    """A part of a run in which one loss is made smaller.

    trainer: a ``core.models.supervised.Trainer``. batches: (places, int (count, batch), first
    update) -> inputs and targets, each (count, batch, ...), for ``Trainer.steps``. loss: what its
    Step and Epoch events call it.
    """

    trainer: Any
    epochs: int
    batches: Callable[[np.ndarray, int], Batches]
    loss: str = "train_loss"


@dataclass(frozen=True)
class Learner:
    """What an experiment gives to be learned and looked at.

    trainer: a ``core.models.supervised.Trainer``. examples: how many there are to learn from.
    batches: (places, int (count, batch), first update)
    -> inputs and targets, each (count, batch, ...), for ``Trainer.steps``. compare: -> the metrics
    of an epoch and its arrays. weights: -> the network's weights by name. files: -> what can be
    taken away. references, first_arrays: told by Started, and with the first epoch.
    finish: -> metrics and arrays that only the end tells, e.g. what takes time. before: stages that
    come first, e.g. a pre-training; the epochs of all are counted on.
    """

    experiment: str
    params: int
    trainer: Any
    examples: int
    batches: Callable[[np.ndarray, int], Batches]
    compare: Callable[[], tuple[dict[str, Any], dict[str, np.ndarray]]]
    weights: Callable[[], dict[str, np.ndarray]]
    files: Callable[[], dict[str, bytes]]
    references: Metrics = field(default_factory=dict)
    first_arrays: Mapping[str, np.ndarray] = field(default_factory=dict)
    finish: Callable[[], tuple[dict[str, Any], dict[str, np.ndarray]]] = lambda: ({}, {})
    before: Sequence[Stage] = ()


@dataclass
class _Progress:
    """Where the run stands: epochs that have ended, steps that were made."""

    rate: float
    epoch: int = 0
    step: int = 0
    train_s: float = 0.0


def order(seed: int, epoch: int, examples: int, batch_size: int) -> np.ndarray:
    """The places of an epoch's examples, shuffled, int (batches, batch); the remainder waits.

    A set smaller than a batch is one batch.
    """
    places = np.random.default_rng([_SHUFFLE_STREAM, seed, epoch]).permutation(examples)
    size = min(batch_size, examples)
    return places[: examples // size * size].reshape(-1, size)


def learn(config: Any, control: Control, learner: Learner) -> Iterator[Event]:
    """Train, and say what happens: Started, Step and Epoch events, Changed, at last Finished.

    config: has epochs, batch_size, learning_rate, which falls along half a cosine in each stage,
    and seed. Steps tell train_loss, or the loss of their stage, epochs its mean too. Weights are
    told as "weights/NAME", float16, of every epoch if they are few enough, else of the first, of
    every second, third, ... and of the last. Finished tells them all in single precision, and
    train_s and params among its metrics.
    """
    stages = [*learner.before, Stage(learner.trainer, config.epochs, learner.batches)]
    per_epoch = len(order(config.seed, 1, learner.examples, config.batch_size))
    epochs = sum(stage.epochs for stage in stages)
    yield Started(
        learner.experiment,
        config.to_dict(),
        learner.params,
        epochs * per_epoch,
        epochs,
        learner.references,
    )
    now = _Progress(config.learning_rate)
    every = 1 + _HALF * learner.params * epochs // _WEIGHT_BYTES
    metrics: dict[str, Any] = {}
    for stage, epoch in ((s, e) for s in stages for e in range(1, s.epochs + 1)):
        losses: list[float] = []
        yield from _epoch(config, control, learner, now, stage, epoch, losses)
        if losses:
            now.epoch += 1
            compared, arrays = learner.compare()
            metrics = {stage.loss: float(np.mean(losses)), **compared}
            if now.epoch == 1:
                arrays |= learner.first_arrays
            if now.epoch in (1, epochs) or now.epoch % every == 0 or control.stopped:
                arrays |= {
                    f"weights/{name}": array.astype(np.float16)
                    for name, array in learner.weights().items()
                }
            yield Epoch(now.epoch, now.step, now.train_s, metrics, arrays)
        if control.stopped:
            break
    more, arrays = learner.finish() if metrics else ({}, {})
    yield Finished(
        {**metrics, **more, "train_s": now.train_s, "params": learner.params},
        {**learner.weights(), **arrays},
        learner.files(),
        control.stopped,
    )


def _epoch(config, control, learner, now: _Progress, stage, epoch, losses) -> Iterator[Event]:
    """An epoch of a stage, its ``epoch``-th, the rate falling over the stage."""
    places = order(config.seed, epoch, learner.examples, config.batch_size)
    trainer, done = stage.trainer, 0
    while done < len(places):
        for name, value in control.checkpoint().items():
            now.rate = value
            yield Changed(now.step + 1, name, value)
        if control.stopped:
            return
        part = places[done : done + trainer.calls_for()]
        inputs, targets = stage.batches(part, now.step)
        rate, before = half_cosine(now.rate, epoch, stage.epochs), trainer.train_s
        found = trainer.steps(inputs, targets, rate)
        now.train_s += trainer.train_s - before
        for loss in found:
            done += 1
            now.step += 1
            losses.append(float(loss))
            at = now.epoch + done / len(places)
            yield Step(now.step, at, now.train_s, {stage.loss: float(loss)})
