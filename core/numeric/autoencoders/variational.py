"""What a variational autoencoder is measured by: its divergence, its likelihood, its bounds.

A formula stands once: with ``ops=keras.ops`` the training computes the same lines.
"""

from __future__ import annotations

from dataclasses import dataclass
from statistics import NormalDist
from typing import Any

import numpy as np

from core.numeric.autoencoders.autoencoder import Autoencoder

ACTIVE_VARIANCE = 0.01
_BALL = 0.95  # of the prior
_ROUNDING = 1e-7  # probabilities keep this distance from 0 and 1, as in Keras's cross-entropy
_PLACES_AT_ONCE = 8192  # codes that are decoded in one product


def kl_by_dimension(mean: Any, log_var: Any, ops: Any = np) -> Any:
    """KL divergence of each N(mean, exp(log_var)) from N(0, 1), in nats.

    mean, log_var: float (batch, latent). Returns float (batch, latent), >= 0; their sum over the
    latent axis is ``kl_to_standard_normal``. Raises ValueError if the two shapes differ.
    """
    if tuple(mean.shape) != tuple(log_var.shape):
        raise ValueError(f"means {tuple(mean.shape)} do not go with {tuple(log_var.shape)}")
    return 0.5 * (ops.exp(log_var) + mean**2 - 1.0 - log_var)


def kl_to_standard_normal(mean: Any, log_var: Any, ops: Any = np) -> Any:
    """KL divergence of N(mean, diag(exp(log_var))) from N(0, I), in nats.

    mean, log_var: float (batch, latent). Returns float (batch,), >= 0, and 0 only at mean = log_var
    = 0. Raises ValueError if the two shapes differ.
    Source: Kingma & Welling (2014), arXiv:1312.6114, appendix B.
    """
    return ops.sum(kl_by_dimension(mean, log_var, ops), axis=-1)


@dataclass(frozen=True)
class Likelihood:
    """How an image is thought to come from what the decoder says, pixel by pixel.

    kind: "gaussian", a density around the decoded value with the standard deviation sigma; or
    "bernoulli", where the decoded value is the probability of ink. Of grey values a Bernoulli
    likelihood is no density that integrates to 1: then its nats are those of a cross-entropy
    (Loaiza-Ganem & Cunningham 2019, arXiv:1907.06845).
    """

    kind: str
    sigma: float = 1.0

    def nats(self, images: Any, decoded: Any, ops: Any = np) -> Any:
        """-log p(image | code), (...), of images and what was decoded, (..., features) both."""
        if self._gaussian:
            squares = ops.sum((images - decoded) ** 2, axis=-1)
            return squares / (2 * self.sigma**2) + self.least(images.shape[-1])
        p = ops.clip(decoded, _ROUNDING, 1 - _ROUNDING)
        return -ops.sum(images * ops.log(p) + (1 - images) * ops.log(1 - p), axis=-1)

    def least(self, features: int) -> float:
        """The nats of an image that is decoded without error; of a Bernoulli one 0."""
        return features * float(np.log(self.sigma * np.sqrt(2 * np.pi))) if self._gaussian else 0.0

    def unit(self, features: int) -> float:
        """The nats that one unit of the mean over the pixels counts.

        Of the mean squared error, or of the mean cross-entropy.
        """
        return features / (2 * self.sigma**2) if self._gaussian else float(features)

    @property
    def _gaussian(self) -> bool:
        return self.kind == "gaussian"


@dataclass(frozen=True, eq=False)
class Bound:
    """The evidence lower bound of some images, its two parts kept apart, in nats.

    reconstruction: E[-log p(x | z)], (n,). kl: of each dimension, (n, latent).
    """

    reconstruction: np.ndarray
    kl: np.ndarray

    @property
    def metrics(self) -> dict[str, float]:
        """Their means: reconstruction_nats, kl_nats, and elbo_nats = -(both)."""
        reconstruction, kl = float(self.reconstruction.mean()), float(self.kl.sum(1).mean())
        return {
            "reconstruction_nats": reconstruction,
            "kl_nats": kl,
            "elbo_nats": -(reconstruction + kl),
        }


def elbo(
    model: Autoencoder, likelihood: Likelihood, images: np.ndarray, noise: np.ndarray
) -> Bound:
    """The evidence lower bound of images (n, features), by noise (samples, n, latent).

    The divergence is exact; the reconstruction is the mean over the samples.
    """
    mean, log_var = _posterior(model, images)
    nats = _decoded_nats(model, likelihood, images, mean + noise * np.exp(0.5 * log_var))
    return Bound(nats.mean(0), kl_by_dimension(mean, log_var))


def log_weights(
    model: Autoencoder, likelihood: Likelihood, images: np.ndarray, noise: np.ndarray
) -> np.ndarray:
    """Log importance weights log p(x, z) - log q(z | x), float (samples, n).

    The codes are z = mean + noise * deviation. images: (n, features); noise: (samples, n, latent),
    of a standard normal.
    """
    mean, log_var = _posterior(model, images)
    codes = mean + noise * np.exp(0.5 * log_var)
    prior_less_posterior = 0.5 * (noise**2 + log_var - codes**2).sum(-1)
    return prior_less_posterior - _decoded_nats(model, likelihood, images, codes)


def importance_weighted(log_weights: np.ndarray, samples: int) -> np.ndarray:
    """The importance-weighted bound of log p(x) in nats, (n,), from so many samples each.

    log_weights: (at least samples, n); every group of ``samples`` gives a bound, and their mean is
    returned. One sample gives the evidence lower bound; more never lower its expectation, which
    tends to log p(x). Raises ValueError if there are fewer.
    Source: Burda, Grosse & Salakhutdinov (2016), arXiv:1509.00519.
    """
    groups = len(log_weights) // samples
    if groups < 1:
        raise ValueError(f"{samples} samples are asked for, and there are {len(log_weights)}")
    grouped = log_weights[: groups * samples].reshape(groups, samples, -1)
    highest = grouped.max(1, keepdims=True)
    summed = np.log(np.exp(grouped - highest).mean(1)) + highest[:, 0]
    return summed.mean(0)


def active(means: np.ndarray) -> np.ndarray:
    """Which dimensions of the code tell images apart, bool (latent,), by the means (n, latent).

    Those whose mean varies over the images by a variance above 0.01.
    Source: Burda, Grosse & Salakhutdinov (2016), section 5.2.
    """
    return np.var(means, axis=0, dtype=np.float64) > ACTIVE_VARIANCE


def share_near_prior(codes: np.ndarray) -> float:
    """The share of codes (n, latent) in the ball around 0 that holds 95 % of N(0, I).

    Its radius is the root of a quantile of the chi-squared distribution, here to 1.5 per cent.
    Source: Wilson & Hilferty (1931), Proceedings of the National Academy of Sciences 17.
    """
    width = 2 / (9 * codes.shape[1])
    quantile = codes.shape[1] * (1 - width + NormalDist().inv_cdf(_BALL) * np.sqrt(width)) ** 3
    return float(np.mean((codes**2).sum(1) <= quantile))


def bounds_by_samples(log_weights: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Numbers of samples, 1, 2, 4, ... up to all, and the mean bound in nats of each."""
    counts = 2 ** np.arange(int(np.log2(len(log_weights))) + 1)
    return counts, np.array([importance_weighted(log_weights, int(n)).mean() for n in counts])


def quantile_lattice(cells: int) -> np.ndarray:
    """Places between which the prior N(0, 1) has the same mass each, float (cells,), rising."""
    return np.array([NormalDist().inv_cdf((i + 0.5) / cells) for i in range(cells)])


def _posterior(model: Autoencoder, images: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    mean, log_var = model.posterior(images)
    return mean.astype(np.float64), log_var.astype(np.float64)


def _decoded_nats(
    model: Autoencoder, likelihood: Likelihood, images: np.ndarray, codes: np.ndarray
) -> np.ndarray:
    """-log p(x | z) of codes (samples, n, latent), (samples, n), a few samples at once."""
    nats = []
    at_once = max(1, _PLACES_AT_ONCE // len(images))
    for at in range(0, len(codes), at_once):
        part = codes[at : at + at_once]
        decoded = model.decode(part.reshape(-1, part.shape[-1]))
        nats.append(likelihood.nats(images, decoded.reshape(*part.shape[:2], -1)))
    return np.concatenate(nats).astype(np.float64)
