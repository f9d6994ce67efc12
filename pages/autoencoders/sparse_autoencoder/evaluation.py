"""The sparse autoencoders that are looked at on the page: the shipped one, and that of a run."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cached_property, lru_cache
from typing import Any

import numpy as np

from core import pretrained
from core.experiments.kit.image_task import image_task
from core.experiments.kit.recipe import layout
from core.experiments.sparse_autoencoder.config import NAME, SparseAutoencoderConfig
from core.numeric.autoencoders.autoencoder import Autoencoder
from core.numeric.autoencoders.sparsity import active_units, class_activation, fires, firing_share
from ui.autoencoders.evaluation import Evaluation, evaluate_run, evaluate_shipped
from ui.runs.run import Run


@dataclass(frozen=True, eq=False, kw_only=True)
class SparseEvaluation(Evaluation[Autoencoder]):
    """A sparse autoencoder, its held-out images, and what its units do.

    above: what an activation has to exceed to count as firing. firing: for which share of the
    images that were learned from each unit fires, (units,). activation, class_firing: its mean
    activation and how often it fires for each class, (units, classes). metrics: held-out, as of
    ``core.experiments.sparse_autoencoder.run.run``.
    """

    above: float
    firing: np.ndarray
    activation: np.ndarray
    class_firing: np.ndarray
    metrics: Mapping[str, Any]

    @property
    def dead(self) -> np.ndarray:
        """Which units fire for no image that was learned from: bool (units,)."""
        return self.firing == 0

    @cached_property
    def counts(self) -> np.ndarray:
        """How many units fire for each held-out image, int (n,)."""
        return active_units(self.codes, self.above)


def of_epoch(run: Run) -> SparseEvaluation | None:
    """The run's network at the epoch that is looked at, None before the first or without images."""
    base = evaluate_run(run)
    if base is None:
        return None
    now = run.at.arrays
    return SparseEvaluation(
        **base.values,
        above=run.config.fires_above,
        firing=now["firing"],
        activation=now["class_activation"],
        class_firing=now["class_firing"],
        metrics=run.at.metrics,
    )


def sweeps() -> dict[str, np.ndarray]:
    """Penalty -> the sweep that was recorded, (n, 3): setting, active units, mse."""
    if NAME not in pretrained.names():
        return {}
    return {name: np.array(points) for name, points in pretrained.card(NAME)["sweeps"].items()}


@lru_cache(maxsize=1)
def shipped() -> SparseEvaluation | None:
    """The network that comes with Pangloss, None where its weights or the digits are missing."""
    base = evaluate_shipped(NAME, SparseAutoencoderConfig)
    if base is None:
        return None
    card = pretrained.card(NAME)
    config = SparseAutoencoderConfig.parse(card["config"])
    above, classes = config.fires_above, len(base.class_names)
    fired = fires(base.codes, above)
    return SparseEvaluation(
        **replace(base, tsne=layout(NAME)).values,
        above=above,
        firing=firing_share(base.network.encode(image_task(config).learned), above),
        activation=class_activation(base.codes, base.labels, classes),
        class_firing=class_activation(fired, base.labels, classes),
        metrics=card["metrics"],
    )
