"""A linear autoencoder against PCA: by L-BFGS, and by Adam with as many gradients."""

from collections.abc import Mapping
from typing import Any

from benchmarks.row import Row
from core.data.images.known import images
from core.events import Epoch, Finished
from core.experiments.linear_autoencoder.config import LinearAutoencoderConfig
from core.experiments.linear_autoencoder.run import run

_DIMENSIONS = (2, 8, 16)
_AIM = "at most 1.001 and 1°"


def rows() -> list[Row]:
    list(
        run(LinearAutoencoderConfig(latent_dim=2, epochs=2))
    )  # so that nobody's first call is timed
    count = len(images("digits").labels)
    found = []
    for k in _DIMENSIONS:
        gradients, lbfgs = _by_lbfgs(k)
        found.append(
            Row(
                f"linear autoencoder, {count:,} digits, k = {k}, L-BFGS, {gradients} gradients: "
                "seconds, training error over PCA's, largest principal angle",
                _told(lbfgs),
                f"{_AIM}; Adam with as many gradients: {_told(_by_adam(k, gradients))}",
            )
        )
    return found


def _by_lbfgs(k: int) -> tuple[int, Mapping[str, Any]]:
    """The gradients that it asked for, those of its line searches too, and what it reached."""
    from core.models.autoencoders import lbfgs

    asked, minimize = [], lbfgs.minimize

    def counting(function, *arguments, **more):
        def evaluate(weights):
            asked.append(1)
            return function(weights)

        return minimize(evaluate, *arguments, **more)

    lbfgs.minimize = counting
    try:
        metrics = _reached(LinearAutoencoderConfig(latent_dim=k))
    finally:
        lbfgs.minimize = minimize
    return len(asked), metrics


def _by_adam(k: int, gradients: int) -> Mapping[str, Any]:
    """What Adam reached after as many gradients, at the end of an epoch."""
    updates = LinearAutoencoderConfig(latent_dim=k).epoch_updates
    return _reached(
        LinearAutoencoderConfig(latent_dim=k, optimizer="adam", epochs=round(gradients / updates))
    )


def _reached(config: LinearAutoencoderConfig) -> Mapping[str, Any]:
    metrics: Mapping[str, Any] = {}
    for event in run(config):
        if isinstance(event, Epoch | Finished):
            metrics = event.metrics
    return metrics


def _told(metrics: Mapping[str, Any]) -> str:
    return (
        f"{metrics['train_s']:.1f} s, {metrics['mse_over_pca']:.6f}, "
        f"{metrics['max_principal_angle_deg']:.2f}°"
    )
