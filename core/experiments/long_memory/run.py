"""The run of the experiment long-memory."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

import numpy as np

from core.data.sequences.memory_tasks import (
    TRIVIAL_ACCURACY,
    TRIVIAL_RMSE,
    held_out,
    training_batch,
)
from core.events import Changed, Epoch, Event, Finished, Started, Step
from core.experiments.kit.control import Control
from core.experiments.long_memory.config import LongMemoryConfig
from core.experiments.long_memory.script import keras_script

SCORE = {"adding": "test_rmse", "copy": "accuracy"}
GOAL = {"adding": 0.05, "copy": 0.99}
TRIVIAL = {"adding": TRIVIAL_RMSE, "copy": TRIVIAL_ACCURACY}
SHOWN = 200  # test examples whose answers every epoch tells
_TEST = 1000
_PART = 250  # test examples in one compiled call
_BLOCK = 5  # updates that a cell makes before it is the next one's turn


@dataclass
class _Racer:
    """An entrant: its network, its own clock, and what it answered last.

    score: test RMSE or accuracy. done: it has reached the goal and rests, or it has diverged.
    """

    cell: str
    trainer: Any
    params: int
    losses: list[float] = field(default_factory=list)
    score: float = float("nan")
    outputs: np.ndarray | None = None
    goal_s: float | None = None
    diverged: bool = False
    done: bool = False

    @property
    def train_s(self) -> float:
        return self.trainer.train_s


@dataclass
class _Progress:
    """Where the race stands."""

    rate: float
    step: int = 0
    pending: list[tuple[str, float]] = field(default_factory=list)


def run(config: LongMemoryConfig, control: Control | None = None) -> Iterator[Event]:
    """Race, and say what happens: Started, Step and Epoch events, Changed, at last Finished.

    Every cell learns from the same fresh examples in the same order and is tested on the same
    fixed ones. Metrics, of each cell by its name: CELL_test_rmse (adding) or CELL_accuracy (copy),
    CELL_train_s on its own clock, CELL_params, CELL_goal_s if it reached the goal,
    CELL_diverged = 1 if its weights were lost to infinity; baseline_trivial.
    """
    control = control or Control()
    of = config.sequences
    racers = [_racer(config, cell, units) for cell, units in config.units().items()]
    baseline = {"baseline_trivial": TRIVIAL[config.task]}
    yield Started(
        "long-memory",
        config.to_dict(),
        sum(racer.params for racer in racers),
        config.epochs * config.epoch_updates,
        config.epochs,
        {**baseline, "goal": GOAL[config.task]},
    )
    inputs, targets = held_out(of, _TEST)
    now = _Progress(config.learning_rate)
    for epoch in range(1, config.epochs + 1):
        before = now.step
        racing = [racer for racer in racers if not racer.done]
        yield from _epoch(config, control, of, racing, now, epoch)
        if now.step > before:
            for racer in racing:
                _examine(config, control, racer, inputs, targets)
            yield Epoch(
                epoch,
                now.step,
                _train_s(racers),
                baseline | _metrics(config, racers),
                _arrays(config, racers, targets),
            )
        if control.stopped or all(racer.done for racer in racers):
            break
    final = baseline | _metrics(config, racers)
    final |= {f"{racer.cell}_params": float(racer.params) for racer in racers}
    final |= {"params": sum(racer.params for racer in racers), "train_s": _train_s(racers)}
    yield Finished(final, _weights(config, racers), _files(config, racers), control.stopped)


def _racer(config: LongMemoryConfig, cell: str, units: int) -> _Racer:
    from core.models.recurrent.memory_race import build_racer
    from core.models.supervised import Trainer

    of = config.sequences
    model = build_racer(
        cell,
        units,
        of.features,
        of.outputs,
        layers=config.layers,
        bidirectional=config.bidirectional,
        time=of.time,
        recall=config.asked,
        open_gates=config.open_gates,
        seed=config.seed,
    )
    loss = "mse" if config.task == "adding" else "crossentropy"
    return _Racer(cell, Trainer(model, loss, clip_norm=config.clip_norm), model.count_params())


def _epoch(config, control, of, racing, now, epoch) -> Iterator[Event]:
    """An epoch's updates, a block of them for each cell in turn."""
    left = config.epoch_updates
    for racer in racing:
        racer.losses = []
    while left and not control.stopped:
        for name, value in now.pending:
            now.rate = value
            yield Changed(now.step + 1, name, value)
        now.pending = []
        block = min(_BLOCK, left)
        batches = [
            training_batch(of, config.seed, now.step + i, config.batch_size) for i in range(block)
        ]
        inputs, targets = (np.stack(part) for part in zip(*batches, strict=True))
        losses: dict[str, np.ndarray] = {}
        for racer in racing:
            if not racer.diverged:
                losses[racer.cell] = _learn(control, racer, inputs, targets, now)
        learned = min((len(seen) for seen in losses.values()), default=0)
        left -= block
        for i in range(learned):
            now.step += 1
            at = epoch - 1 + (config.epoch_updates - left - block + i + 1) / config.epoch_updates
            said = {f"{cell}_loss": float(seen[i]) for cell, seen in losses.items()}
            said = {name: value for name, value in said.items() if np.isfinite(value)}
            yield Step(now.step, at, _train_s(racing), said)


def _learn(control, racer, inputs, targets, now) -> np.ndarray:
    """A cell's updates on a block of batches, in calls that are short enough to wait between."""
    seen: list[float] = []
    while len(seen) < len(inputs) and not control.stopped:
        now.pending += control.checkpoint().items()
        if control.stopped:
            break
        some = slice(len(seen), len(seen) + racer.trainer.calls_for())
        seen += racer.trainer.steps(inputs[some], targets[some], now.rate).tolist()
        if not np.isfinite(seen[-1]):
            racer.diverged = True
            seen += [float("nan")] * (len(inputs) - len(seen))
    racer.losses += seen
    return np.array(seen)


def _examine(config, control, racer, inputs, targets):
    """The cell's answers on the test set and its score; its rest, if it has reached the goal."""
    parts = []
    for at in range(0, len(inputs), _PART):
        parts.append(racer.trainer.predict(inputs[at : at + _PART]))
        control.wait()
    outputs = np.concatenate(parts)
    if not np.isfinite(outputs).all():
        racer.diverged = racer.done = True
        return
    racer.outputs = outputs if config.task == "adding" else outputs.argmax(-1)
    racer.score = score(config.task, racer.outputs, targets)
    if racer.goal_s is None and reached(config.task, racer.score):
        racer.goal_s = racer.train_s
    racer.done = config.stop_at_goal and racer.goal_s is not None


def score(name: str, outputs: np.ndarray, targets: np.ndarray) -> float:
    """The RMSE of sums (adding), or the share of symbols that are right (copy)."""
    if name == "adding":
        return float(np.sqrt(np.mean((outputs - targets) ** 2)))
    return float(np.mean(outputs == targets))


def reached(name: str, value: float) -> bool:
    """Whether a score is as good as the goal."""
    return value <= GOAL[name] if name == "adding" else value >= GOAL[name]


def _metrics(config, racers) -> dict[str, float]:
    said = {}
    for racer in racers:
        losses = [loss for loss in racer.losses if np.isfinite(loss)]
        told = {
            SCORE[config.task]: racer.score,
            "train_s": racer.train_s,
            "goal_s": racer.goal_s,
            "loss": float(np.mean(losses)) if losses else None,
            "diverged": 1.0 if racer.diverged else None,
        }
        for name, value in told.items():
            if value is not None and np.isfinite(value):
                said[f"{racer.cell}_{name}"] = float(value)
    return said


def _train_s(racers) -> float:
    return sum(racer.train_s for racer in racers)


def _arrays(config, racers, targets) -> dict[str, np.ndarray]:
    """Targets and answers on the first test examples; for copy, what share is right by place."""
    small = np.float32 if config.task == "adding" else np.int8
    arrays = {"targets": targets[:SHOWN].astype(small)}
    for racer in racers:
        if racer.outputs is not None:
            arrays[f"{racer.cell}_answers"] = racer.outputs[:SHOWN].astype(small)
            if config.task == "copy":
                right = (racer.outputs == targets).mean(0)
                arrays[f"{racer.cell}_right"] = right.astype(np.float32)
    return arrays


def _weights(config, racers) -> dict[str, np.ndarray]:
    """The weights by CELL/name, names as in ``core.numeric.recurrent.memory_networks``."""
    from core.models.recurrent.memory_race import racer_weights

    return {
        f"{racer.cell}/{name}": weight
        for racer in racers
        for name, weight in racer_weights(
            racer.trainer.model, config.layers, config.bidirectional
        ).items()
        if not racer.diverged
    }


def _files(config, racers) -> dict[str, bytes]:
    from core.models.saving import keras_bytes

    files = {f"{racer.cell}.keras": keras_bytes(racer.trainer.model) for racer in racers}
    return files | {"train.py": keras_script(config).encode()}
