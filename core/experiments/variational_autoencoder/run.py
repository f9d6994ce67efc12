"""The run of the experiment variational-autoencoder."""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Any

import numpy as np

from core.events import Event
from core.experiments.kit.autoencoder_run import ImageAutoencoderTraining
from core.experiments.kit.control import Control
from core.experiments.kit.image_task import ImageTask, check_compresses, image_task, mse
from core.experiments.kit.run import Scores, train
from core.experiments.variational_autoencoder.config import NAME, VariationalAutoencoderConfig
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
_NOISE_STREAM, _HELD_OUT_STREAM = 13, 17
_INK = 0.5


def run(config: VariationalAutoencoderConfig, control: Control | None = None) -> Iterator[Event]:
    """Train, and say what happens: Started, Step and Epoch events, Changed, at last Finished.

    Metrics, all held-out but train_loss (-ELBO with KL times beta, nats): mse of what the mean code
    decodes to, pca_mse; knn_accuracy and pca_knn_accuracy where there are classes;
    reconstruction_nats, kl_nats and elbo_nats (with beta 1, whatever the run's); active_dims;
    baseline_log_likelihood_nats, exact: of probabilistic PCA with as many dimensions where the
    likelihood is Gaussian, else of pixels that are independent; for the Gaussian also
    normal_log_likelihood_nats, of one normal distribution of all pixels. At the end
    log_likelihood_nats, an importance-weighted estimate; these three of the first 500 held-out
    images. Arrays of an epoch: latent (m, k), the means of the held-out images; log_var (m, k);
    kl_by_dim (k,); with the last tsne (m, 2) where k > 2, and the bound by the number of samples,
    bound_samples and bound_nats.
    Raises Problem if the images are not on this machine, or a code is no smaller than an image.
    """
    yield from train(_VariationalTraining(config, control))


class _VariationalTraining(ImageAutoencoderTraining):
    name = NAME

    def __init__(self, config: VariationalAutoencoderConfig, control: Control | None):
        self._task = task = task_of(config)
        check_compresses(task, config.latent_dim)

        from core.models.autoencoders.autoencoder import build_autoencoder
        from core.models.autoencoders.variational import VariationalTrainer

        network = build_autoencoder(config.architecture(task.known.shape), seed=config.seed)
        super().__init__(config, control, len(task.learned), network)
        features = task.known.pixels.shape[1]
        self.trainer = VariationalTrainer(network.whole, config.pixel_likelihood(), features)
        self.references = task.references() | baseline(config, task)
        self.first_arrays = task.arrays()

    def batches(self, chosen: np.ndarray, update: int) -> tuple[list[np.ndarray], np.ndarray]:
        images, updates = self._task.learned[chosen], range(update, update + len(chosen))
        noise = np.stack([noise_of(self.config, i, chosen.shape[1]) for i in updates])
        beta = np.array([beta_at(self.config, i, self.updates) for i in updates], np.float32)
        return [images, noise, np.broadcast_to(beta[:, None], chosen.shape)], images

    def score(self, last: bool) -> Scores:
        return compared(self.config, self._task, self.in_numpy(), self.references)

    def end(self) -> Scores:
        return finished(self.config, self._task, self.in_numpy())


def task_of(config: VariationalAutoencoderConfig) -> ImageTask:
    """The images of ``config``, as they are learned: grey, or ink or none."""
    task = image_task(config)
    if not config.binarised:
        return task
    return replace(task, known=replace(task.known, pixels=ink_or_none(task.known.pixels)))


def ink_or_none(pixels: np.ndarray) -> np.ndarray:
    """1 where a pixel is 0.5 or more, else 0, float32 of the same shape."""
    return (pixels >= _INK).astype(np.float32)


def beta_at(config: VariationalAutoencoderConfig, update: int, per_epoch: int) -> float:
    """What a nat of KL counts in an update, from 0: it grows evenly over the warm-up."""
    warm_up = config.warm_up * per_epoch
    return config.beta * min(1.0, update / warm_up) if warm_up else config.beta


def noise_of(config: VariationalAutoencoderConfig, update: int, batch: int) -> np.ndarray:
    """The noise of an update, float32 (batch, latent); 0 where nothing is sampled."""
    shape = (batch, config.latent_dim)
    if not config.sampling:
        return np.zeros(shape, np.float32)
    return np.random.default_rng([_NOISE_STREAM, config.seed, update]).standard_normal(
        shape, dtype=np.float32
    )


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
    metrics = {
        "mse": mse(task.held_out, model.decode(mean)),
        **bound.metrics,
        "active_dims": int(active(mean).sum()),
        **task.knn_accuracy(model.encode(task.learned), mean),
        **references,
    }
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
