"""The shipped linear autoencoder: how it is made, scored and described."""

from __future__ import annotations

import time
from collections.abc import Callable
from pathlib import Path

from core import pretrained
from core.events import Epoch, Finished
from core.experiments.kit.image_task import image_task, mse
from core.experiments.kit.shipped_card import made_by
from core.experiments.linear_autoencoder.config import LinearAutoencoderConfig
from core.experiments.linear_autoencoder.run import run
from core.numeric.autoencoders.linear_autoencoder import LinearAutoencoder
from core.numeric.principal import principal_angles_deg

NAME = "linear-autoencoder"
CONFIG = LinearAutoencoderConfig(latent_dim=2)


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
    task = image_task(CONFIG, CONFIG.centred)
    learned, held_out, pca = task.learned, task.held_out, task.pca
    best = mse(learned, pca.reconstruct(pca.project(learned)))
    accuracy = task.knn_accuracy(model.encode(learned), model.encode(held_out)) or 0.0
    return {
        "params": model.params,
        "mse": mse(held_out, model.reconstruct(held_out)),
        "knn_accuracy": accuracy,
        **task.references(),
        "mse_over_pca": mse(learned, model.reconstruct(learned)) / best,
        "max_principal_angle_deg": float(principal_angles_deg(model.decoder.T, pca.axes.T).max()),
    }
