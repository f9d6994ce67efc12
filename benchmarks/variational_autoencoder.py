"""A variational autoencoder against models whose likelihood is exact, on the same digits."""

from collections.abc import Mapping
from typing import Any

import numpy as np

from benchmarks.row import Row
from core.events import Finished
from core.experiments.variational_autoencoder.config import VariationalAutoencoderConfig
from core.experiments.variational_autoencoder.run import SAMPLES, run, task_of

_GAUSSIAN = ((2, 0.15), (8, 0.1), (16, 0.1))  # dimensions and sigma


def rows() -> list[Row]:
    found = [_gaussian(k, sigma) for k, sigma in _GAUSSIAN]
    return [*found, _bernoulli()]


def _gaussian(k: int, sigma: float) -> Row:
    config = VariationalAutoencoderConfig(latent_dim=k, sigma=sigma)
    metrics = _reached(config)
    return Row(
        f"variational autoencoder, held-out digits, Gaussian sigma {sigma:g}, k = {k}: ELBO, log "
        f"p(x) by {SAMPLES} samples, nats; test MSE; seconds",
        _told(metrics),
        f"probabilistic PCA, k = {k}: {metrics['baseline_log_likelihood_nats']:.1f}; "
        f"one normal distribution of all pixels: {metrics['normal_log_likelihood_nats']:.1f} nats; "
        f"PCA's MSE {metrics['pca_mse']:.4f}",
    )


def _bernoulli() -> Row:
    config = VariationalAutoencoderConfig(latent_dim=8, likelihood="bernoulli", binarised=True)
    metrics = _reached(config)
    return Row(
        "variational autoencoder, held-out binarised digits, Bernoulli, k = 8: ELBO, log p(x) by "
        f"{SAMPLES} samples, nats; test MSE; seconds",
        _told(metrics),
        f"independent pixels: {metrics['baseline_log_likelihood_nats']:.1f}; independent "
        f"within each of the ten classes, whose labels it is told: {_by_class(config):.1f} nats",
    )


def _reached(config: VariationalAutoencoderConfig) -> Mapping[str, Any]:
    *_, last = run(config)
    assert isinstance(last, Finished)
    return last.metrics


def _told(metrics: Mapping[str, Any]) -> str:
    return (
        f"{metrics['elbo_nats']:.1f}, {metrics['log_likelihood_nats']:.1f}; "
        f"{metrics['mse']:.4f}; {metrics['train_s']:.1f} s"
    )


def _by_class(config: VariationalAutoencoderConfig) -> float:
    """The mean log p(x) of held-out images by ten sets of independent pixels, one a class."""
    task = task_of(config)
    labels, likelihood = task.known.labels[task.training], config.pixel_likelihood()
    found = []
    for label in np.unique(labels):
        members = task.learned[labels == label]
        ink = (members.sum(0, dtype=float) + 1) / (len(members) + 2)
        share = len(members) / len(labels)
        found.append(np.log(share) - likelihood.nats(task.held_out, ink))
    return float(np.logaddexp.reduce(found, axis=0).mean())
