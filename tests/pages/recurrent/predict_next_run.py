"""A run for the next value without Keras: random weights, and what goes with them."""

import numpy as np

from core.events import Epoch, Finished, Started, Step
from core.experiments import Experiment
from core.experiments.next_value.config import NextValueConfig
from core.experiments.next_value.run import data_file, task_of
from core.experiments.next_value.tasks import BASELINES, test_rmse
from core.numeric.recurrent.stack.layers import weight_names
from core.numeric.sequences.baselines import rmse

STEPS = 4  # an epoch
SCALES = (1.0, 0.5, 0.2)  # of the network's error, by epoch


def network_of(config, scale):
    """Answers that miss the truth by ``scale`` times a fixed pattern: (n,), (origins, horizon)."""
    task = task_of(config)
    truth, ahead = task.held_out()[1], task.truth()
    ripple = task.scale * np.sin(np.arange(ahead.size)).reshape(ahead.shape)
    return truth + scale * task.scale * np.cos(np.arange(len(truth))), ahead + scale * ripple


def weights_of(config, seed):
    """Random weights of a GRU of one layer."""
    task, rng = task_of(config), np.random.default_rng(seed)
    units = config.units
    shapes = [(task.features, 3 * units), (units, 3 * units), (3 * units,), (units, 1), (1,)]
    return {
        name: 0.3 * rng.standard_normal(shape).astype("float32")
        for name, shape in zip(weight_names(config.network), shapes, strict=True)
    }


def run(config, control):
    task = task_of(config)
    baselines = {f"baseline_{name}": test_rmse(task, name) for name in BASELINES}
    epochs = min(config.epochs, len(SCALES))
    yield Started("next-value", config.to_dict(), 1234, STEPS * epochs, epochs, baselines)
    for epoch in range(1, epochs + 1):
        for i in range(STEPS):
            step = STEPS * (epoch - 1) + i + 1
            yield Step(step, step / STEPS, 0.1 * step, {"loss": 1 / step, "train_rmse": 9 / step})
        told, forecasts = network_of(config, SCALES[epoch - 1])
        by_horizon = rmse(forecasts, task.truth(), axis=0)
        origins = task.origin_inputs()
        saliency = np.linspace(0.0, 1.0, task.steps) ** 8 * np.ones((len(origins), 1))
        metrics = {
            "test_rmse": float(rmse(told, task.held_out()[1])),
            "horizon_rmse": float(by_horizon[-1]),
            "train_rmse": 9 / step,
        }
        if config.data == "generation":
            metrics |= {"exact": 0.75, "sequences_right": 0.5}
        arrays = {
            "held_out": told,
            "forecasts": forecasts,
            "rmse_by_horizon": by_horizon,
            "saliency": saliency,
        }
        arrays |= {f"weights/{name}": array for name, array in weights_of(config, epoch).items()}
        yield Epoch(epoch, step, 0.1 * step, metrics, arrays)
    final = {**metrics, **baselines, "params": 1234, "train_s": 0.1 * step}
    files = {"model.keras": b"keras", "train.py": b"print()\n", "data.txt": data_file(task)}
    yield Finished(final, weights_of(config, epochs), files)


def find(name):
    """The experiment, whatever the name."""
    return Experiment(name, "The next value without Keras", NextValueConfig, run)
