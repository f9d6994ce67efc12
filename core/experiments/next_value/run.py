"""The run of the experiment next-value."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

import numpy as np

from core.data import uploads
from core.data.sequences import known as sequences
from core.data.sequences import number_rules
from core.events import Changed, Epoch, Event, Finished, Started, Step
from core.experiments.kit.control import Control
from core.experiments.next_value.config import NextValueConfig
from core.experiments.next_value.script import keras_script
from core.experiments.next_value.tasks import BASELINES, GenerationTask, SeriesTask, Task, test_rmse
from core.messages import N_, Problem
from core.numeric.sequences.baselines import rmse

SYNTHETIC = ("rule", "sine", "generation")
_EPOCH_WINDOWS = 3000  # that an epoch learns from at most; the next takes others
_PREDICTED = 500  # windows in one compiled call
_WEIGHT_BYTES = 8_000_000  # of all epochs' weights together, else only the last are kept


@dataclass(frozen=True)
class Given:
    """A series as it is shown: values (n,), their unit, the times' names, its period or 0."""

    values: np.ndarray
    unit: str
    times: list[str]
    period: int


def series_of(config: NextValueConfig) -> Given:
    """The series that ``config`` names. Raises Problem if it is not here."""
    match config.data:
        case "rule":
            return _made(number_rules.integer_series(config.rule, config.length))
        case "sine":
            values = number_rules.noisy_sine(config.length, config.noise, config.seed)
            return _made(values, number_rules.SINE_PERIOD)
        case "upload":
            return _uploaded(config)
        case name:
            real_one = sequences.series(name)
            return Given(real_one.values, real_one.unit, real_one.times, real_one.period)


def _made(values: np.ndarray, period: int = 0) -> Given:
    return Given(values, "", [str(t) for t in range(len(values))], period)


def _uploaded(config: NextValueConfig) -> Given:
    table = uploads.load_table(config.upload)
    names = list(table.columns)
    name = config.column or names[0]
    if name not in table.columns:
        raise Problem(
            N_("The table has no column {name} of numbers; there are: {names}."),
            name=name,
            names=", ".join(names),
        )
    return Given(table.columns[name], name, [str(t + 1) for t in range(table.rows)], 0)


def task_of(config: NextValueConfig) -> SeriesTask | GenerationTask:
    """The data of ``config`` as what is learned from. Raises Problem if there are too few."""
    change = config.target == "change"
    if config.data == "generation":
        return GenerationTask(config.family, config.examples, config.numbers, config.seed, change)
    given = series_of(config)
    return SeriesTask(given.values, config.window, config.horizon, change, given.period)


@dataclass
class _Progress:
    """Where a run stands."""

    rate: float
    step: int = 0
    losses: list[float] = field(default_factory=list)
    metrics: dict[str, float] = field(default_factory=dict)


def run(config: NextValueConfig, control: Control | None = None) -> Iterator[Event]:
    """Train, and say what happens: Started, Step and Epoch events, Changed, at last Finished.

    Metrics, in the data's own unit: train_rmse, test_rmse (held out, one step ahead),
    horizon_rmse (at the last step of the forecasts), exact (generation: share of numbers that are
    right, rounded); baseline_NAME and at the end params and train_s. Arrays of an epoch: held_out
    (n,), forecasts (origins, horizon), rmse_by_horizon (horizon,), saliency (origins, steps), the
    gradient of the told value with respect to each value that was read; weight_0, ...
    Raises Problem if the series is missing or too short.
    """
    control = control or Control()
    task = task_of(config)
    baselines = {f"baseline_{name}": test_rmse(task, name) for name in BASELINES}

    from core.models.recurrent.sequence_models import build_sequence_model
    from core.models.supervised import Trainer

    model = build_sequence_model(
        task.steps,
        task.features,
        1,
        config.cell,
        config.units,
        config.layers,
        config.bidirectional,
        config.skip,
        config.dropout,
        config.seed,
    )
    trainer = Trainer(model, "mse", clip_norm=config.clip_norm)
    inputs, targets = task.training()
    steps, batch = epoch_steps(config, len(inputs)), min(config.batch_size, len(inputs))
    yield Started(
        "next-value",
        config.to_dict(),
        model.count_params(),
        steps * config.epochs,
        config.epochs,
        baselines,
    )
    now = _Progress(config.learning_rate)
    keep = 4 * model.count_params() * config.epochs <= _WEIGHT_BYTES
    for epoch in range(1, config.epochs + 1):
        order = np.random.default_rng([config.seed, epoch]).permutation(len(inputs))
        chosen = order[: steps * batch].reshape(steps, batch)
        now.losses = []
        yield from _epoch(config, control, trainer, task, inputs, targets, chosen, now, epoch)
        if now.losses:
            metrics, arrays = _examine(control, trainer, task)
            metrics["train_rmse"] = task.scale * float(np.sqrt(np.mean(now.losses)))
            now.metrics = metrics
            if keep or epoch == config.epochs or control.stopped:
                arrays |= _weights(model)
            yield Epoch(epoch, now.step, trainer.train_s, metrics, arrays)
        if control.stopped:
            break
    final = {**now.metrics, **baselines, "params": model.count_params(), "train_s": trainer.train_s}
    files = _files(config, task, model, steps, batch)
    yield Finished(final, _weights(model), files, control.stopped)


def epoch_steps(config: NextValueConfig, windows: int) -> int:
    """Updates in an epoch that can learn from so many windows."""
    return max(1, min(windows, _EPOCH_WINDOWS) // config.batch_size)


def _epoch(config, control, trainer, task, inputs, targets, chosen, now, epoch) -> Iterator[Event]:
    """An epoch's updates; ``now`` is brought up to date."""
    done = 0
    while done < len(chosen):
        for name, value in control.checkpoint().items():
            now.rate = value
            yield Changed(now.step + 1, name, value)
        if control.stopped:
            return
        some = chosen[done : done + trainer.calls_for(0.15)]
        rate = now.rate * config.decay ** (epoch - 1)
        for loss in trainer.steps(inputs[some], targets[some], rate):
            done += 1
            now.step += 1
            now.losses.append(float(loss))
            said = {"loss": float(loss), "train_rmse": task.scale * float(loss) ** 0.5}
            yield Step(now.step, epoch - 1 + done / len(chosen), trainer.train_s, said)


def _examine(control, trainer, task: Task) -> tuple[dict[str, float], dict[str, Any]]:
    """The epoch's metrics on held-out data, and what the figures draw."""
    from core.models.recurrent.saliency import input_gradients

    def predict(inputs):
        parts = []
        for at in range(0, len(inputs), _PREDICTED):
            parts.append(trainer.predict(inputs[at : at + _PREDICTED], batch=_PREDICTED))
            control.wait()
        return np.concatenate(parts)

    inputs, truth = task.held_out()
    told = task.values_of(inputs, predict(inputs))
    forecasts = task.forecast(predict)
    by_horizon = rmse(forecasts, task.truth(), axis=0)
    metrics = {"test_rmse": float(rmse(told, truth)), "horizon_rmse": float(by_horizon[-1])}
    if isinstance(task, GenerationTask):
        metrics["exact"] = float(np.mean(np.rint(told) == truth))
        metrics["sequences_right"] = float(np.mean((forecasts == task.truth()).all(axis=1)))
    saliency = input_gradients(trainer.model, task.origin_inputs())[:, :, 0]
    if task.change:  # the last value is added to what it puts out
        saliency[:, -1] += 1
    arrays = {
        "held_out": told,
        "forecasts": forecasts,
        "rmse_by_horizon": by_horizon,
        "saliency": saliency,
    }
    return metrics, {name: values.astype(np.float32) for name, values in arrays.items()}


def _weights(model) -> dict[str, np.ndarray]:
    """The weights in Keras's order, as ``core.numeric.recurrent.sequence_networks`` reads them."""
    return {f"weight_{i}": np.array(weight) for i, weight in enumerate(model.get_weights())}


def _files(config, task: Task, model, steps: int, batch: int) -> dict[str, bytes]:
    from core.models.saving import keras_bytes

    return {
        "model.keras": keras_bytes(model),
        "train.py": keras_script(config, task, steps, batch).encode(),
        "data.txt": data_file(task),
    }


def data_file(task: Any) -> bytes:
    """What the exported script reads: a series, a value a line; or rows of window and target."""
    if isinstance(task, SeriesTask):
        return "".join(f"{value!r}\n" for value in task.values.tolist()).encode()
    rows = []
    for held_out in (False, True):
        inputs, truth = task.pairs(held_out)
        flat = inputs.reshape(len(inputs), -1)
        rows += [
            " ".join([str(int(held_out)), *(f"{x:.9g}" for x in row), f"{y:g}"])
            for row, y in zip(flat.tolist(), truth.tolist(), strict=True)
        ]
    return ("\n".join(rows) + "\n").encode()
