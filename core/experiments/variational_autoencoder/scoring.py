"""How a variational autoencoder is scored: after an epoch, at the end, and what beside it."""

from collections.abc import Mapping
from typing import Any

import numpy as np

from core.experiments.kit.image_task import ImageTask, mse
from core.experiments.kit.run import Scores
from core.numeric.autoencoders.autoencoder import Autoencoder
from core.numeric.autoencoders.exact_likelihoods import normal_log_likelihood, ppca_log_likelihood
from core.numeric.autoencoders.variational import (
    active,
    bounds_by_samples,
    elbo,
    importance_weighted,
    log_weights,
)

SAMPLES = 128  # of the importance-weighted estimate
MOST_WEIGHED = 500  # held-out images of which it is made
_ELBO_SAMPLES = 8
_HELD_OUT_STREAM = 17


def held_out_noise(config: Any, samples: int, images: int) -> np.ndarray:
    """The noise by which held-out images are scored, (samples, images, latent)."""
    rng = np.random.default_rng([_HELD_OUT_STREAM, config.seed])
    return rng.standard_normal((samples, images, config.latent_dim), dtype=np.float32)


def compared(
    config: Any, task: ImageTask, model: Autoencoder, references: Mapping[str, float]
) -> Scores:
    """The metrics, ``references`` among them, and arrays of an epoch, as ``run`` says."""
    mean, log_var = model.posterior(task.held_out)
    noise = held_out_noise(config, _ELBO_SAMPLES, len(mean))
    bound = elbo(model, config.pixel_likelihood(), task.held_out, noise)
    metrics: dict[str, Any] = {
        "mse": mse(task.held_out, model.decode(mean)),
        **bound.metrics,
        "active_dims": int(active(mean).sum()),
    }
    accuracy = task.knn_accuracy(model.encode(task.learned), mean)
    if accuracy is not None:
        metrics["knn_accuracy"] = accuracy
    metrics |= references
    return Scores(metrics, {"latent": mean, "log_var": log_var, "kl_by_dim": bound.kl.mean(0)})


def baseline(config: Any, task: ImageTask) -> dict[str, float]:
    """What models with an exact likelihood reach on the images that the estimate is made of."""
    images = task.held_out[:MOST_WEIGHED].astype(np.float64)
    if config.likelihood == "gaussian":
        nats = {
            "baseline_log_likelihood_nats": ppca_log_likelihood(task.pca, images),
            "normal_log_likelihood_nats": normal_log_likelihood(task.learned, images, config.sigma),
        }
    else:
        by_pixel = task.learned.mean(0, dtype=np.float64)
        nats = {"baseline_log_likelihood_nats": -config.pixel_likelihood().nats(images, by_pixel)}
    return {name: float(values.mean()) for name, values in nats.items()}


def finished(config: Any, task: ImageTask, model: Autoencoder) -> Scores:
    """What only the end tells: the importance-weighted estimate, and t-SNE where k > 2."""
    images = task.held_out[:MOST_WEIGHED]
    weights = log_weights(
        model, config.pixel_likelihood(), images, held_out_noise(config, SAMPLES, len(images))
    )
    counts, bounds = bounds_by_samples(weights)
    metrics = {"log_likelihood_nats": float(importance_weighted(weights, SAMPLES).mean())}
    arrays = {"bound_samples": counts, "bound_nats": bounds}
    if config.latent_dim > 2:
        from core.models.autoencoders.latent_quality import tsne

        arrays["tsne"] = tsne(model.encode(task.held_out), config.seed)
    return Scores(metrics, arrays)
