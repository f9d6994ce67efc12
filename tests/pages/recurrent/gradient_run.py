"""A run of the gradient-flow experiment without Keras: curves that open as it goes."""

import numpy as np

from core.events import Epoch, Finished, Started, Step
from core.experiments import Experiment
from core.experiments.gradient_flow.config import CELLS, GradientFlowConfig

UPDATES = 3  # an epoch
ERRORS = {"rnn": (0.42, 0.42, 0.41), "lstm": (0.43, 0.3, 0.04), "gru": (0.41, 0.2, 0.05)}
HORIZONS = {"rnn": (20, 12, 9), "lstm": (9, 12, 30), "gru": (14, 30, 30)}
AT_START = {"rnn": 25, "lstm": 10, "gru": 8}


def curve(steps, length):
    """Falls evenly to 1 % just after ``steps`` steps back; flat where that is the whole length."""
    back = np.arange(length)[::-1]
    return np.where(steps < length, 0.0099 ** (back / steps), 1.0).astype(np.float32)


def run(config, control):
    epochs = min(config.epochs, 3)
    references = {"baseline_trivial": 0.408}
    yield Started("gradient-flow", config.to_dict(), 7800, UPDATES * epochs, epochs, references)
    length = config.length
    for epoch in range(1, epochs + 1):
        for i in range(UPDATES):
            step = UPDATES * (epoch - 1) + i + 1
            losses = {f"{cell}_loss": 0.2 / step for cell in CELLS}
            yield Step(step, step / UPDATES, 0.1 * step, losses)
        metrics, arrays = {"baseline_trivial": 0.408}, {}
        for cell in CELLS:
            metrics[f"{cell}_test_rmse"] = ERRORS[cell][epoch - 1]
            metrics[f"{cell}_horizon_steps"] = float(min(HORIZONS[cell][epoch - 1], length))
            metrics[f"{cell}_train_s"] = 0.1 * step
            names = ("hidden", "cell") if cell == "lstm" else ("hidden",)
            for name in names:
                arrays[f"{cell}_{name}"] = curve(HORIZONS[cell][epoch - 1], length)
                if epoch == 1:
                    arrays[f"start_{cell}_{name}"] = curve(AT_START[cell], length)
        if config.clip_norm == 0:
            metrics["rnn_diverged"] = 1.0
        yield Epoch(epoch, step, 0.1 * step, metrics, arrays)
    params = {f"{cell}_params": 2600.0 for cell in CELLS}
    files = {"lstm.keras": b"keras", "train.py": b"print('trained')\n"}
    yield Finished({**metrics, **params}, {}, files)


def find(name):
    """The experiment, whatever the name."""
    return Experiment(name, "Gradient flow without Keras", GradientFlowConfig, run)
