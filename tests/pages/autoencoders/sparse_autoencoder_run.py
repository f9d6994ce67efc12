"""A run of the sparse autoencoder without Keras: noise turns into the shipped network's atoms."""

import numpy as np

from core import pretrained
from core.events import Epoch, Finished, Started, Step
from core.experiments import Experiment
from core.experiments.kit.image_task import ImageTask, image_task
from core.experiments.sparse_autoencoder.config import NAME, SparseAutoencoderConfig
from core.experiments.sparse_autoencoder.scoring import Scoring
from core.numeric.autoencoders.autoencoder import Autoencoder

UPDATES = 2  # an epoch
LEFT = (1.0, 0.3, 0.0)  # by epoch, how much of the weights is still noise


class Unclassified(ImageTask):
    """The task, on which no neighbours are looked for: scikit-learn takes a second to import."""

    def knn_accuracy(self, codes, test_codes):
        return 0.9 if self.known.labelled else None


def weights(config, left, seed):
    """The shipped weights of the first units, and noise instead of the share ``left`` of them."""
    shipped, _card = pretrained.load(NAME, Autoencoder)
    units, rng = config.latent_dim, np.random.default_rng(seed)
    cut = {
        "code.kernel": np.s_[:, :units],
        "code.bias": np.s_[:units],
        "output.kernel": np.s_[:units],
        "output.bias": np.s_[:],
    }
    return {
        name: ((1 - left) * known + left * 0.1 * rng.standard_normal(known.shape)).astype("f4")
        for name, part in cut.items()
        for known in [shipped.weights[name][part]]
    }


def run(config, control):
    task = image_task(config)
    scoring = Scoring(config, Unclassified(task.known, task.training, task.test, task.k))
    epochs = min(config.epochs, len(LEFT))
    params = 2 * 64 * config.latent_dim + config.latent_dim + 64
    yield Started(NAME, config.to_dict(), params, UPDATES * epochs, epochs, {})
    configs = config.swept()
    for epoch in range(1, epochs + 1):
        models = [
            Autoencoder(each.architecture((8, 8)), weights(config, LEFT[epoch - 1], seed))
            for seed, each in enumerate(configs)
        ]
        for i in range(UPDATES):
            step = UPDATES * (epoch - 1) + i + 1
            yield Step(step, step / UPDATES, 0.1 * step, {"train_loss": 0.1 / step})
        scores = scoring.compared(models, configs)
        metrics, arrays = scores.metrics, dict(scores.arrays)
        if epoch == 1:
            arrays |= scoring.first_arrays()
        told = {f"weights/{name}": array for name, array in models[0].weights.items()}
        yield Epoch(epoch, step, 0.1 * step, metrics, arrays | told)
    tsne = arrays["latent"][:, :2]
    yield Finished({**metrics, "params": params}, {"tsne": tsne}, {"train.py": b"print('done')\n"})


def find(name):
    """The experiment, whatever the name."""
    return Experiment(name, "A sparse autoencoder without Keras", SparseAutoencoderConfig, run)
