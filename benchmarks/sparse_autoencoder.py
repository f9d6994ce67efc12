"""A sparse autoencoder's held-out error against PCA with as many components as units fire."""

from collections.abc import Mapping, Sequence
from statistics import mean
from typing import Any

from benchmarks.row import Row
from core.data.images.known import images
from core.events import Finished
from core.experiments.sparse_autoencoder.config import SparseAutoencoderConfig
from core.experiments.sparse_autoencoder.run import run

_SEEDS = range(3)
_CASES = (
    SparseAutoencoderConfig(penalty_weight=0.15),
    SparseAutoencoderConfig(penalty_weight=0.3),
    SparseAutoencoderConfig(penalty_weight=0.6),
    SparseAutoencoderConfig(penalty="kl"),
)


def rows() -> list[Row]:
    list(run(SparseAutoencoderConfig(epochs=1)))  # so that nobody's first call is timed
    count = len(images("digits").labels)
    return [
        _row(case, [_reached(case.replace(seed=seed)) for seed in _SEEDS], count) for case in _CASES
    ]


def _row(config: SparseAutoencoderConfig, reached: Sequence[Mapping[str, Any]], count: int) -> Row:
    def average(name: str) -> float:
        return mean(float(metrics[name]) for metrics in reached)

    worst = max(metrics["mse"] / metrics["pca_mse"] for metrics in reached)
    kl = config.penalty == "kl"
    setting = f"KL, ρ = {config.target_activation}" if kl else f"L1, λ = {config.penalty_weight}"
    return Row(
        f"sparse autoencoder, {count:,} digits, {config.latent_dim} units, {setting}, "
        f"{len(reached)} seeds: seconds, active units, dead units, held-out error, 5-NN",
        f"{average('train_s'):.1f} s, {average('active_units'):.1f}, {average('dead_units'):.0f}, "
        f"{average('mse'):.4f}, {average('knn_accuracy'):.3f}",
        f"PCA with as many components {average('pca_mse'):.4f} (at worst {worst:.2f} times its "
        f"error), {average('pca_knn_accuracy'):.3f}"
        + (f"; with units below the bound at 0: {average('firing_mse'):.4f}" if kl else ""),
    )


def _reached(config: SparseAutoencoderConfig) -> Mapping[str, Any]:
    return next(event.metrics for event in run(config) if isinstance(event, Finished))
