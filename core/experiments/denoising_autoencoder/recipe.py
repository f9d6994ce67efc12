"""The shipped denoising autoencoder: how it is made, scored and described."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

from core import pretrained
from core.experiments.denoising_autoencoder.config import NAME, DenoisingAutoencoderConfig
from core.experiments.denoising_autoencoder.run import denoising_task, run
from core.experiments.kit import recipe
from core.numeric.autoencoders.autoencoder import Autoencoder

CONFIG = DenoisingAutoencoderConfig()


def rebuild(folder: Path, log: Callable[[str], None]) -> None:
    """Train it by the defaults and write weights and card to ``folder``; ``log`` hears epochs."""
    end, seconds = recipe.follow(NAME, run(CONFIG), log, lambda m: f"{m['psnr_db']:.2f} dB")
    weights = {name: array for name, array in end.arrays.items() if name != "tsne"}
    task = denoising_task(CONFIG)
    model = pretrained.as_stored(Autoencoder(CONFIG.architecture(task.shape), weights))
    recipe.write_layout(NAME, task.laid_out(model), folder)
    recipe.publish(
        NAME,
        model,
        folder,
        seconds=seconds,
        about="Noisy digits 8 x 8 to clean ones, learned at Gaussian noise of 0.3.",
        config=CONFIG.to_dict(),
        metrics=measured(model),
    )


def measured(model: Autoencoder) -> dict[str, Any]:
    """What the run's metrics would be with these weights."""
    return {"params": model.params, **denoising_task(CONFIG).compared(model).metrics}
