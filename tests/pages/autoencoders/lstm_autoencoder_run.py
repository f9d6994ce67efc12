"""A run of the LSTM autoencoder without Keras: the shipped network, ever less spoilt by noise."""

import numpy as np

from core import pretrained
from core.events import Epoch, Finished, Started, Step
from core.experiments import Experiment
from core.experiments.lstm_autoencoder.config import NAME, LSTMAutoencoderConfig
from core.experiments.lstm_autoencoder.recipe import beat_scores
from core.experiments.lstm_autoencoder.run import beside, network_of
from core.experiments.lstm_autoencoder.task import ecg_task
from core.numeric.autoencoders.lstm_autoencoder import LSTMAutoencoder

UPDATES = 2  # an epoch
LEFT = (0.3, 0.1, 0.0)  # by epoch, how much noise is in the weights


def run(config, control):
    """For configs whose network is as large as the shipped one."""
    task = ecg_task(config.data, config.latent_dim, config.shift, config.seed)
    shipped, _card = pretrained.load(NAME, LSTMAutoencoder)
    epochs = min(config.epochs, len(LEFT))
    started = (config.to_dict(), shipped.params, UPDATES * epochs, epochs, task.references())
    yield Started(NAME, *started)
    rng = np.random.default_rng(config.seed)
    for epoch in range(1, epochs + 1):
        weights = {
            name: (array + LEFT[epoch - 1] * rng.standard_normal(array.shape)).astype(np.float32)
            for name, array in shipped.weights.items()
        }
        model = network_of(config, 140, weights)
        tested, validated = (
            beat_scores(model, task.beats.signals[which])
            for which in (task.split.test, task.split.validation)
        )
        arrays = {
            "scores": tested,
            "validation_scores": validated,
            "latent": model.encode(task.beats.signals[task.split.test]),
        }
        arrays |= {f"weights/{name}": array for name, array in weights.items()}
        arrays |= beside(task) if epoch == 1 else {}
        metrics = task.measured(tested, validated) | task.references()
        metrics["train_loss"] = metrics["val_mse"]
        for i in range(UPDATES):
            step = UPDATES * (epoch - 1) + i + 1
            yield Step(step, step / UPDATES, 0.1 * step, {"train_loss": metrics["val_mse"]})
        yield Epoch(epoch, step, 0.1 * step, metrics, arrays)
    files = {"train.py": b"print('trained')\n"}
    yield Finished({**metrics, "params": model.params, "train_s": 0.1 * step}, weights, files)


def find(name):
    """The experiment, whatever the name."""
    return Experiment(name, "An LSTM autoencoder without Keras", LSTMAutoencoderConfig, run)
