"""The shipped linear autoencoder: how it is made, scored and described."""

from collections.abc import Callable
from pathlib import Path

from core import pretrained
from core.experiments.kit import recipe
from core.experiments.kit.image_task import image_task
from core.experiments.linear_autoencoder.config import NAME, LinearAutoencoderConfig
from core.experiments.linear_autoencoder.run import compared, references, run
from core.numeric.autoencoders.linear_autoencoder import LinearAutoencoder

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
        seconds=seconds,
        about="Digits 8 x 8 as two numbers each, and back; linear, it found PCA's plane.",
        config=CONFIG.to_dict(),
        metrics=measured(pretrained.as_stored(model)),
    )


def measured(model: LinearAutoencoder) -> dict[str, float]:
    """What the run's metrics would be with these weights; params are those that learn."""
    task = image_task(CONFIG, CONFIG.centred)
    return {"params": model.params, **compared(task, references(task), model).metrics}
