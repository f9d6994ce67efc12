"""A run of the variational autoencoder without Keras: its code spreads until it fills the prior."""

import numpy as np

from core.events import Epoch, Finished, Started, Step
from core.experiments import Experiment
from core.experiments.kit.image_task import mse
from core.experiments.variational_autoencoder.config import NAME, VariationalAutoencoderConfig
from core.experiments.variational_autoencoder.run import task_of
from core.experiments.variational_autoencoder.scoring import baseline, held_out_noise
from core.numeric.autoencoders.autoencoder import Autoencoder
from core.numeric.autoencoders.variational import active, bounds_by_samples, elbo, log_weights

SPREAD = (1.0, 3.0, 5.0)  # by epoch, of the code's means
COLLAPSED = 8.0  # beta from which the code stays at the prior
UPDATES = 2  # an epoch


def network(config, task, spread):
    """Random weights, the same for a seed; the means are made larger by ``spread``."""
    rng = np.random.default_rng(config.seed)
    architecture = config.architecture(task.known.shape)
    hidden, k, features = architecture.hidden, config.latent_dim, architecture.features
    layers = {}
    for half, sizes in (("encoder", (features, *hidden)), ("decoder", (k, *hidden[::-1]))):
        for i in range(len(hidden)):
            layers[f"{half}_{i}"] = sizes[i : i + 2]
    layers |= {"code": (hidden[-1], k), "log_var": (hidden[-1], k), "output": (hidden[0], features)}
    weights = {}
    for name, (before, after) in layers.items():
        weights[f"{name}.kernel"] = rng.normal(size=(before, after)) / np.sqrt(before)
        weights[f"{name}.bias"] = np.zeros(after)
    dead = config.beta >= COLLAPSED
    weights["code.kernel"] *= 0 if dead else spread
    weights["log_var.kernel"] *= 0
    weights["log_var.bias"] += 0 if dead else np.log(0.1)
    found = {name: array.astype(np.float32) for name, array in weights.items()}
    return Autoencoder(architecture, found)


def run(config, control):
    task = task_of(config)
    references = {
        "pca_mse": mse(task.held_out, task.pca.reconstruct(task.pca.project(task.held_out))),
        "pca_knn_accuracy": 0.6,
        **baseline(config, task),
    }
    epochs = min(config.epochs, len(SPREAD))
    params = network(config, task, 1).params
    yield Started(NAME, config.to_dict(), params, UPDATES * epochs, epochs, references)
    for epoch in range(1, epochs + 1):
        model = network(config, task, SPREAD[epoch - 1])
        mean, log_var = model.posterior(task.held_out)
        noise = held_out_noise(config, 2, len(mean))
        bound = elbo(model, config.pixel_likelihood(), task.held_out, noise)
        for i in range(UPDATES):
            step = UPDATES * (epoch - 1) + i + 1
            loss = -bound.metrics["elbo_nats"]
            yield Step(step, step / UPDATES, 0.1 * step, {"train_loss": loss})
        metrics = {
            "train_loss": loss,
            "mse": mse(task.held_out, model.decode(mean)),
            **bound.metrics,
            "active_dims": int(active(mean).sum()),
            "knn_accuracy": 0.7,
            **references,
        }
        arrays = {"latent": mean, "log_var": log_var, "kl_by_dim": bound.kl.mean(0)}
        arrays |= {f"weights/{name}": array for name, array in model.weights.items()}
        if epoch == 1:
            arrays |= task.arrays()
        yield Epoch(epoch, step, 0.1 * step, metrics, arrays)
    noise = held_out_noise(config, 4, 50)
    counts, nats = bounds_by_samples(
        log_weights(model, config.pixel_likelihood(), task.held_out[:50], noise)
    )
    final = {**metrics, "params": params, "log_likelihood_nats": float(nats[-1])}
    told = {**model.weights, "bound_samples": counts, "bound_nats": nats}
    if config.latent_dim > 2:
        told["tsne"] = mean[:, :2]
    yield Finished(final, told, {"train.py": b"print('trained')\n"})


def find(name):
    """The experiment, whatever the name."""
    return Experiment(
        name, "A variational autoencoder without Keras", VariationalAutoencoderConfig, run
    )
