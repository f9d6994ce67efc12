"""The shipped linear autoencoder: how it is made, scored and described."""

from collections.abc import Callable
from pathlib import Path

from core import pretrained
from core.experiments.kit import recipe
from core.experiments.kit.image_task import image_task, mse
from core.experiments.linear_autoencoder.config import NAME, LinearAutoencoderConfig
from core.experiments.linear_autoencoder.run import run
from core.numeric.autoencoders.linear_autoencoder import LinearAutoencoder
from core.numeric.principal import principal_angles_deg

CONFIG = LinearAutoencoderConfig(latent_dim=2)


def rebuild(folder: Path, log: Callable[[str], None]) -> None:
    """Train it by L-BFGS and write weights and card to ``folder``; ``log`` hears each epoch."""
    end, seconds = recipe.follow(
        NAME, run(CONFIG), log, lambda metrics: f"{metrics['mse_over_pca']:.6f} times PCA's error"
    )
    model = LinearAutoencoder(**end.arrays)
    recipe.publish(
        NAME,
        model,
        folder,
        recipe=NAME,
        seconds=seconds,
        about="Digits 8 x 8 as two numbers each, and back; linear, it found PCA's plane.",
        config=CONFIG.to_dict(),
        metrics=measured(pretrained.as_stored(model)),
    )


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
