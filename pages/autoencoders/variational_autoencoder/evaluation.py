"""The variational autoencoders that a page looks into: the shipped one, and that of a run."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import cached_property, lru_cache

import numpy as np

from core import pretrained
from core.experiments.variational_autoencoder.config import NAME, VariationalAutoencoderConfig
from core.experiments.variational_autoencoder.run import ink_or_none
from core.numeric.autoencoders.autoencoder import Autoencoder
from core.numeric.autoencoders.latent_walk import nearest_mse, pairs_apart, walk
from core.numeric.autoencoders.variational import kl_by_dimension, quantile_lattice
from ui.autoencoders.evaluation import Evaluation, evaluate_run, evaluate_shipped
from ui.runs.run import Run

_PLAIN = "autoencoder"
_CELLS = 15  # of the decoded prior, in a row and in a column
WALK = 9  # places of a walk, both ends included
PAIRS = 200  # of which the middles are measured
_PAIRS_SEED, _PRIOR_STREAM = 29, 23


@dataclass(frozen=True, eq=False, kw_only=True)
class VariationalEvaluation(Evaluation[Autoencoder]):
    """A variational autoencoder, what it is tried on, and the posteriors of that.

    log_var: float (n, k); the means are ``codes``.
    """

    config: VariationalAutoencoderConfig
    log_var: np.ndarray

    @cached_property
    def plane(self) -> tuple[int, ...]:
        """The two dimensions with the most KL, in their order; the only one if k is 1."""
        kl = kl_by_dimension(self.codes, self.log_var).mean(0)
        most = np.argsort(-kl, kind="stable")[:2]
        return tuple(sorted(int(place) for place in most))

    @cached_property
    def prior_lattice(self) -> tuple[np.ndarray, np.ndarray]:
        """What the prior's quantiles decode to, (rows, columns, height, width), and the quantiles.

        Over the dimensions of ``plane``, the others 0; with one dimension a single row.
        """
        places = quantile_lattice(_CELLS)
        rows = places if len(self.plane) == 2 else np.zeros(1)
        codes = np.zeros((len(rows), len(places), self.k))
        if len(self.plane) == 2:
            codes[..., self.plane[1]] = rows[:, None]
        codes[..., self.plane[0]] = places
        images = self.as_images(self.network.decode(codes.reshape(-1, self.k)))
        return images.reshape(len(rows), len(places), *images.shape[1:]), places

    def from_prior(self, count: int, draw: int) -> np.ndarray:
        """What codes drawn from the prior N(0, I) decode to, (count, height, width).

        draw: which drawing.
        """
        rng = np.random.default_rng([_PRIOR_STREAM, draw])
        return self.as_images(self.network.decode(rng.standard_normal((count, self.k))))

    def walks(self, first: int, last: int) -> dict[str, np.ndarray]:
        """Images (WALK, height, width) on straight lines between two held-out ones, by a name.

        "variational" in the code's means, "pixels", "pca", and, where the shipped plain autoencoder
        learned from the same images, "autoencoder".
        """
        return {
            name: self.as_images(decode(walk(codes[first], codes[last], WALK)))
            for name, (codes, decode) in self._ways.items()
        }

    @cached_property
    def halfway(self) -> dict[str, float]:
        """How far the middle of a walk is from the nearest held-out image, by the names of walks.

        Mean squared error, the mean over PAIRS pairs of different classes.
        """
        first, last = pairs_apart(self.labels, PAIRS, _PAIRS_SEED).T
        return {
            name: float(nearest_mse(decode((codes[first] + codes[last]) / 2), self.data).mean())
            for name, (codes, decode) in self._ways.items()
        }

    @cached_property
    def _ways(self) -> dict[str, tuple[np.ndarray, Callable[[np.ndarray], np.ndarray]]]:
        """Where one can walk: the held-out images' codes there, and the way back from a code."""
        data, pca, plain = self.data, self.pca, self.plain_network()
        ways = {}
        if self.model is not None:
            ways["variational"] = (self.codes, self.model.decode)
        if plain:
            ways["autoencoder"] = (plain.encode(data), plain.decode)
        ways["pca"] = (pca.project(data), pca.reconstruct)
        ways["pixels"] = (data, lambda pixels: pixels)
        return ways

    def plain_network(self) -> Autoencoder | None:
        """The shipped plain autoencoder, if it learned from the same images."""
        if _PLAIN not in pretrained.names() or self.config.binarised:
            return None
        model, card = pretrained.load(_PLAIN, Autoencoder)
        same = all(card["config"][name] == getattr(self.config, name) for name in ("data", "seed"))
        return model if same else None


@lru_cache(maxsize=1)
def shipped() -> VariationalEvaluation | None:
    """The network that comes with Pangloss, None where its weights or the digits are missing."""
    base = evaluate_shipped(NAME, VariationalAutoencoderConfig)
    if base is None:
        return None
    config = VariationalAutoencoderConfig.parse(pretrained.card(NAME)["config"])
    log_var = base.network.posterior(base.data)[1]
    return VariationalEvaluation(**base.values, config=config, log_var=log_var)


def of_epoch(run: Run) -> VariationalEvaluation | None:
    """The run's network at the epoch that is looked at, None before the first or without images."""
    base = evaluate_run(run)
    if base is None:
        return None
    if run.config.binarised:
        base = replace(base, data=ink_or_none(base.data).astype(np.float64))
    log_var = run.at.arrays["log_var"].astype(np.float64)
    return VariationalEvaluation(**base.values, config=run.config, log_var=log_var)
