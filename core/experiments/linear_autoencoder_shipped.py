"""The shipped linear autoencoder: how it is made, scored and described."""

from __future__ import annotations

import time
from collections.abc import Callable
from pathlib import Path

import numpy as np

from core import pretrained
from core.data.images import images
from core.events import Epoch, Finished
from core.experiments.linear_autoencoder import Config, run
from core.experiments.shipped_card import made_by
from core.numeric.linear_autoencoder import LinearAutoencoder
from core.numeric.principal import components, principal_angles_deg

NAME = "linear-autoencoder"
CONFIG = Config(latent_dim=2)


def rebuild(folder: Path, log: Callable[[str], None]) -> None:
    """Train it by L-BFGS and write weights and card to ``folder``; ``log`` hears each epoch."""
    began = time.perf_counter()
    for event in run(CONFIG):
        if isinstance(event, Epoch):
            ratio = event.metrics["mse_over_pca"]
            log(f"{NAME}, epoch {event.epoch}: {ratio:.6f} times PCA's error")
        elif isinstance(event, Finished):
            model = LinearAutoencoder(**event.arrays)
            publish(model, time.perf_counter() - began, folder)


def publish(model: LinearAutoencoder, seconds: float, folder: Path) -> pretrained.Card:
    """Score the model as it is stored and write it with its card."""
    card = {
        "about": "Digits 8 x 8 as two numbers each, and back; linear, it found PCA's plane.",
        "config": CONFIG.to_dict(),
        **made_by(NAME, seconds),
        "metrics": measured(pretrained.as_stored(model)),
    }
    pretrained.save(NAME, model, card, folder)
    return card


def measured(model: LinearAutoencoder) -> dict[str, float]:
    """What the run's metrics would be with these weights; params are those that learn."""
    known = images(CONFIG.data)
    training, test = known.split(CONFIG.seed)
    learned, held_out = (known.pixels[part].astype(np.float64) for part in (training, test))
    pca = components(learned, model.latent_dim, CONFIG.centred)

    def mse(data: np.ndarray, said: np.ndarray) -> float:
        return float(np.mean((data - said) ** 2))

    best = mse(learned, pca.reconstruct(pca.project(learned)))
    return {
        "params": model.params,
        "mse": mse(held_out, model.reconstruct(held_out)),
        "pca_mse": mse(held_out, pca.reconstruct(pca.project(held_out))),
        "mse_over_pca": mse(learned, model.reconstruct(learned)) / best,
        "max_principal_angle_deg": float(principal_angles_deg(model.decoder.T, pca.axes.T).max()),
    }
