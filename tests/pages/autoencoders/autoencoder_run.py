"""A run of the autoencoder without Keras: from PCA's plane, a bent one comes to be, by hand."""

import numpy as np

from core.events import Epoch, Finished, Started, Step
from core.experiments import Experiment
from core.experiments.autoencoder.config import NAME, AutoencoderConfig
from core.experiments.kit.image_task import image_task, mse
from core.numeric.autoencoders.autoencoder import Autoencoder

UPDATES = 2  # an epoch
LEFT = (1.0, 0.3, 0.1, 0.0)  # by epoch, how much of a random network is still in the weights


def weights_of(architecture, seed):
    """Random weights of a dense network, by name."""
    rng, a = np.random.default_rng(seed), architecture
    sizes = [a.features, *a.hidden, a.latent_dim, *reversed(a.hidden), a.features]
    n = len(a.hidden)
    names = [*(f"encoder_{i}" for i in range(n)), "code"]
    names += [*(f"decoder_{i}" for i in range(n)), "output"]
    found = {}
    for name, below, above in zip(names, sizes, sizes[1:], strict=False):
        found[f"{name}.kernel"] = rng.normal(0, below**-0.5, (below, above)).astype(np.float32)
        found[f"{name}.bias"] = np.zeros(above, np.float32)
    return found


def run(config, control):
    task = image_task(config)
    references = {  # those of the neighbours are made up: scikit-learn would take its time
        "pca_mse": mse(task.held_out, task.pca.reconstruct(task.pca.project(task.held_out))),
        "pca_knn_accuracy": 0.6,
    }
    architecture = config.architecture(task.known.shape)
    final, noise = weights_of(architecture, config.seed), weights_of(architecture, 99)
    final["output.bias"] = np.full(architecture.features, -1.0, np.float32)
    params = sum(array.size for array in final.values())
    stages = (config.depth + 1) * config.pretraining_epochs if config.pretraining == "greedy" else 0
    epochs = min(config.epochs + stages, len(LEFT))
    yield Started(NAME, config.to_dict(), params, UPDATES * epochs, epochs, references)
    for epoch in range(1, epochs + 1):
        left = LEFT[epoch - 1]
        weights = {n: a + np.float32(left) * noise[n] for n, a in final.items()}
        model = Autoencoder(architecture, weights)
        codes = model.encode(task.held_out)
        error = mse(task.held_out, model.decode(codes))
        for i in range(UPDATES):
            step = UPDATES * (epoch - 1) + i + 1
            yield Step(step, step / UPDATES, 0.1 * step, {"train_loss": error})
        metrics = {
            "train_loss": error,
            "mse": error,
            "mse_over_pca": error / references["pca_mse"],
            "knn_accuracy": 0.9 - 0.5 * left,
            **references,
        }
        arrays = {"latent": codes.astype(np.float32)}
        if epoch == 1:
            arrays |= task.arrays()
        arrays |= {f"weights/{n}": a.astype(np.float16) for n, a in weights.items()}
        yield Epoch(epoch, step, 0.1 * step, metrics, arrays)
    final_metrics = {
        "train_s": 0.1 * step,
        "params": params,
        "trustworthiness": 0.95,
        "pca_trustworthiness": 0.83,
        "pixel_knn_accuracy": 0.99,
        "pca_train_s": 0.01,
        "pca_params": 64 * (task.k + 1),
    }
    laid_out = {"tsne": codes[:, :2] * 3} if config.latent_dim > 2 else {}
    files = {"train.py": b"print('trained')\n", "model.keras": b"a model"}
    yield Finished({**metrics, **final_metrics}, {**weights, **laid_out}, files)


def find(name):
    """The experiment, whatever the name."""
    return Experiment(name, "An autoencoder without Keras", AutoencoderConfig, run)
