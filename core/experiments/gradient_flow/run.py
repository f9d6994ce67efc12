"""The run of the experiment gradient-flow."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

import numpy as np

from core.data.sequences.memory_tasks import TRIVIAL_RMSE, held_out, training_batch
from core.events import Changed, Epoch, Event, Finished, Started, Step
from core.experiments.gradient_flow.config import GradientFlowConfig
from core.experiments.gradient_flow.script import keras_script
from core.experiments.kit.control import Control
from core.numeric.recurrent.cells import Weights
from core.numeric.recurrent.gradient_flow import gradient_norms, horizon_steps, read, relative

_TEST = 512  # two compiled batches of the same size
_MEASURED = 32  # test sequences along which the gradient is followed; the median is told
_BLOCK = 5  # updates that a cell makes before it is the next one's turn


@dataclass
class _Learner:
    """A cell's network, its own clock, and what was measured last.

    curves: name of a state -> its gradient's relative norm (time,). diverged: its weights were
    lost to infinity, and it learns no more.
    """

    cell: str
    trainer: Any
    params: int
    losses: list[float] = field(default_factory=list)
    rmse: float = float("nan")
    curves: dict[str, np.ndarray] = field(default_factory=dict)
    diverged: bool = False


@dataclass
class _Progress:
    """Where the run stands."""

    rate: float
    step: int = 0
    pending: list[tuple[str, float]] = field(default_factory=list)


def run(config: GradientFlowConfig, control: Control | None = None) -> Iterator[Event]:
    """Train the three, and say what happens: Started, Step and Epoch events, at last Finished.

    Every cell learns from the same fresh examples in the same order. Metrics, of each cell by its
    name: CELL_test_rmse, CELL_train_s on its own clock, CELL_params, CELL_horizon_steps (after how
    many steps back the median |dL/dh_t| is below 1 % of |dL/dh_T|; the length if it never is),
    lstm_cell_horizon_steps (the same of dL/dc_t), CELL_diverged = 1 where the weights were lost to
    infinity; baseline_trivial. Arrays of an Epoch: CELL_hidden and lstm_cell, float32 (time,), the
    relative norms; with "start_" before the name, in the first epoch, those before training.
    """
    from core.models.recurrent.gradient_flow import build_learner
    from core.models.supervised import Trainer

    control = control or Control()
    learners = []
    for cell, units in config.units().items():
        model = build_learner(
            cell, units, config.length, config.seed, config.forget_bias, config.update_bias
        )
        trainer = Trainer(model, "mse", clip_norm=config.clip_norm)
        learners.append(_Learner(cell, trainer, model.count_params()))
    baseline = {"baseline_trivial": TRIVIAL_RMSE}
    yield Started(
        "gradient-flow",
        config.to_dict(),
        sum(learner.params for learner in learners),
        config.epochs * config.epoch_updates,
        config.epochs,
        baseline,
    )
    inputs, targets = held_out(config.task, _TEST)
    for learner in learners:
        _measure(learner, inputs)
        control.wait()
    start = {f"start_{name}": curve for name, curve in _curves(learners).items()}
    now = _Progress(config.learning_rate)
    for epoch in range(1, config.epochs + 1):
        before = now.step
        yield from _epoch(config, control, learners, now, epoch)
        if now.step > before:
            for learner in learners:
                _examine(learner, inputs, targets, control)
            yield Epoch(
                epoch,
                now.step,
                _train_s(learners),
                baseline | _metrics(learners),
                {**_curves(learners), **start},
            )
            start = {}
        if control.stopped or all(learner.diverged for learner in learners):
            break
    final = baseline | _metrics(learners)
    final |= {f"{learner.cell}_params": float(learner.params) for learner in learners}
    final |= {"params": sum(learner.params for learner in learners), "train_s": _train_s(learners)}
    yield Finished(final, _weights(learners), _files(config, learners), control.stopped)


def _epoch(config, control, learners, now, epoch) -> Iterator[Event]:
    """An epoch's updates, a block of them for each cell in turn."""
    left = config.epoch_updates
    for learner in learners:
        learner.losses = []
    while left and not control.stopped:
        for name, value in now.pending:
            now.rate = value
            yield Changed(now.step + 1, name, value)
        now.pending = []
        block = min(_BLOCK, left)
        batches = [
            training_batch(config.task, config.seed, now.step + i, config.batch_size)
            for i in range(block)
        ]
        inputs, targets = (np.stack(part) for part in zip(*batches, strict=True))
        losses = {
            learner.cell: _learn(control, learner, inputs, targets, now)
            for learner in learners
            if not learner.diverged
        }
        left -= block
        for i in range(min((len(seen) for seen in losses.values()), default=0)):
            now.step += 1
            done = config.epoch_updates - left - block + i + 1
            said = {f"{cell}_loss": float(seen[i]) for cell, seen in losses.items()}
            said = {name: value for name, value in said.items() if np.isfinite(value)}
            at = epoch - 1 + done / config.epoch_updates
            yield Step(now.step, at, _train_s(learners), said)


def _learn(control, learner, inputs, targets, now) -> list[float]:
    """A cell's updates on a block of batches, in calls that are short enough to wait between."""
    seen: list[float] = []
    while len(seen) < len(inputs):
        now.pending += control.checkpoint().items()
        if control.stopped:
            break
        some = slice(len(seen), len(seen) + learner.trainer.calls_for())
        seen += learner.trainer.steps(inputs[some], targets[some], now.rate).tolist()
        if not np.isfinite(seen[-1]):
            learner.diverged = True
            seen += [float("nan")] * (len(inputs) - len(seen))
    learner.losses += seen
    return seen


def _examine(learner, inputs, targets, control):
    """Test error, and the gradient's way back, of a network as it is now."""
    outputs = learner.trainer.predict(inputs)
    control.wait()
    if not np.isfinite(outputs).all():
        learner.diverged = True
        return
    learner.rmse = float(np.sqrt(np.mean((outputs - targets) ** 2)))
    _measure(learner, inputs)
    control.wait()


def _measure(learner, inputs):
    """The median over test sequences of each gradient's norm, relative to the last step's."""
    from core.models.recurrent.gradient_flow import learner_weights

    weights = learner_weights(learner.trainer.model)
    layer = Weights(*(weights[name][None] for name in Weights._fields))
    sequences = inputs[None, :_MEASURED].astype(float)
    readout = weights["dense_kernel"].T.astype(float)
    d_last = np.broadcast_to(readout, (1, sequences.shape[1], readout.shape[-1]))
    norms = gradient_norms(read(learner.cell, layer, sequences), d_last)
    learner.curves = {
        name: np.median(relative(norm)[:, 0], axis=1).astype(np.float32)
        for name, norm in norms.items()
    }


def _metrics(learners) -> dict[str, float]:
    said = {}
    for learner in learners:
        losses = [loss for loss in learner.losses if np.isfinite(loss)]
        told = {
            "test_rmse": learner.rmse,
            "train_s": learner.trainer.train_s,
            "loss": float(np.mean(losses)) if losses else float("nan"),
            "diverged": 1.0 if learner.diverged else float("nan"),
        }
        for name, curve in learner.curves.items():
            prefix = "" if name == "hidden" else f"{name}_"
            steps = horizon_steps(curve)
            told[f"{prefix}horizon_steps"] = float(len(curve) if steps is None else steps)
        for name, value in told.items():
            if np.isfinite(value):
                said[f"{learner.cell}_{name}"] = value
    return said


def _curves(learners) -> dict[str, np.ndarray]:
    return {
        f"{learner.cell}_{name}": curve
        for learner in learners
        for name, curve in learner.curves.items()
    }


def _train_s(learners) -> float:
    return sum(learner.trainer.train_s for learner in learners)


def _weights(learners) -> dict[str, np.ndarray]:
    """The weights by CELL/name, in Keras's shapes."""
    from core.models.recurrent.gradient_flow import learner_weights

    return {
        f"{learner.cell}/{name}": weight
        for learner in learners
        for name, weight in learner_weights(learner.trainer.model).items()
    }


def _files(config, learners) -> dict[str, bytes]:
    from core.models.saving import keras_bytes

    files = {f"{learner.cell}.keras": keras_bytes(learner.trainer.model) for learner in learners}
    return files | {"train.py": keras_script(config).encode()}
