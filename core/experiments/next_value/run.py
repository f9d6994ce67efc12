"""The run of the experiment next-value."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import numpy as np

from core.data import uploads
from core.data.sequences import known as sequences
from core.data.sequences import number_rules
from core.events import Event
from core.experiments.kit.control import Control
from core.experiments.kit.notebook import keras_files
from core.experiments.kit.run import Scores, Training, shuffled, train
from core.experiments.next_value.config import NextValueConfig
from core.experiments.next_value.generation import GenerationTask
from core.experiments.next_value.series import SeriesTask
from core.experiments.next_value.task import BASELINES
from core.messages import N_, Problem
from core.numeric.recurrent.stack.code import keras_code
from core.numeric.sequences.baselines import rmse

_EPOCH_WINDOWS = 3000  # that an epoch learns from at most; the next takes others
_PREDICTED = 500  # windows in one compiled call


@dataclass(frozen=True)
class Given:
    """A series as it is shown: values (n,), their unit, the times' names, its period or 0.

    filled: where values were missing, bool (n,), None if none was.
    """

    values: np.ndarray
    unit: str
    times: list[str]
    period: int
    filled: np.ndarray | None = None


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
    name = config.column or table.leading
    if table.tells_time(name):  # as a link of old may still ask for
        name = table.leading
    if name not in table.columns:
        raise Problem(
            N_("The table has no column {name} of numbers; there are: {names}."),
            name=name,
            names=", ".join(names),
        )
    shown = table.time.texts if table.time else [str(t + 1) for t in range(table.rows)]
    missing = table.missing.get(name)
    return Given(table.columns[name], name, list(shown), config.period, missing)


def task_of(config: NextValueConfig) -> SeriesTask | GenerationTask:
    """The data of ``config`` as what is learned from. Raises Problem if there are too few."""
    change = config.target == "change"
    if config.data == "generation":
        return GenerationTask(config.family, config.examples, config.numbers, config.seed, change)
    given = series_of(config)
    return SeriesTask(given.values, config.window, config.horizon, change, given.period)


def run(config: NextValueConfig, control: Control | None = None) -> Iterator[Event]:
    """Train, and say what happens: Started, Step and Epoch events, Changed, at last Finished.

    Metrics, in the data's own unit: train_rmse, test_rmse (held out, one step ahead),
    horizon_rmse (at the last step of the forecasts), exact (generation: share of numbers that are
    right, rounded); baseline_NAME and at the end params and train_s. Arrays of an epoch: held_out
    (n,), forecasts (origins, horizon), rmse_by_horizon (horizon,), saliency (origins, steps), the
    gradient of the told value with respect to each value that was read; the weights.
    Raises Problem if the series is missing or too short.
    """
    yield from train(_NextValue(config, control))


class _NextValue(Training):
    name = "next-value"
    loss = "loss"

    def __init__(self, config: NextValueConfig, control: Control | None):
        self._task = task = task_of(config)

        from core.models.recurrent.stack import build_stack
        from core.models.supervised import Trainer

        super().__init__(config, control)
        self.model = build_stack(config.network, (task.steps, task.features))
        self.trainer = Trainer(self.model, "mse", clip_norm=config.clip_norm)
        self._inputs, self._targets = task.training()
        self.updates = max(1, min(len(self._inputs), _EPOCH_WINDOWS) // config.batch_size)
        self._batch = min(config.batch_size, len(self._inputs))
        self.references = {f"baseline_{name}": task.baseline_rmse(name) for name in BASELINES}

    def order(self, epoch: int) -> np.ndarray:
        places = np.arange(len(self._inputs))
        return shuffled([self.config.seed, epoch], places, self._batch)[: self.updates]

    def rate(self, rate: float, epoch: int) -> float:
        return rate * self.config.decay ** (epoch - 1)

    def batches(self, chosen: np.ndarray, update: int) -> tuple[np.ndarray, np.ndarray]:
        return self._inputs[chosen], self._targets[chosen]

    def loss_metrics(self, losses: dict[str, float]) -> dict[str, float]:
        return {**losses, "train_rmse": self._task.scale * losses["loss"] ** 0.5}

    def score(self, last: bool) -> Scores:
        from core.models.recurrent.saliency import input_gradients

        task = self._task
        inputs, targets = task.held_out()
        predicted = task.values_of(inputs, self._predict(inputs))
        forecasts = task.forecast(self._predict)
        by_horizon = rmse(forecasts, task.truth(), axis=0)
        metrics = {
            "test_rmse": float(rmse(predicted, targets)),
            "horizon_rmse": float(by_horizon[-1]),
        }
        if isinstance(task, GenerationTask):
            metrics["exact"] = float(np.mean(np.rint(predicted) == targets))
            metrics["sequences_right"] = float(np.mean((forecasts == task.truth()).all(axis=1)))
        saliency = input_gradients(self.model, task.origin_inputs())[:, :, 0]
        if task.change:  # the last value is added to what it puts out
            saliency[:, -1] += 1
        arrays = {
            "held_out": predicted,
            "forecasts": forecasts,
            "rmse_by_horizon": by_horizon,
            "saliency": saliency,
        }
        return Scores(metrics, arrays)

    def _predict(self, inputs: np.ndarray) -> np.ndarray:
        return self.in_parts(
            lambda some: self.trainer.predict(some, batch=_PREDICTED), inputs, _PREDICTED
        )

    def weights(self) -> dict[str, np.ndarray]:
        from core.models.recurrent.stack import stack_weights

        return stack_weights(self.model, self.config.network)

    def end(self) -> Scores:
        return Scores(self.references)

    def code(self) -> dict[str, bytes]:
        config, task = self.config, self._task
        data = {"data.txt": data_file(task)}
        series = {"CUT": task.cut, "END": task.end} if isinstance(task, SeriesTask) else {}
        code = keras_files(
            self.name,
            config,
            data,
            NETWORKS={"model": keras_code(config.network, (task.steps, task.features))},
            STEPS=self.updates,
            BATCH=self._batch,
            WINDOW=task.steps,
            MEAN=task.mean,
            SCALE=task.scale,
            **series,
        )
        return {**code, **data}


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
