"""The shipped denoising autoencoder: how it is made, scored and described."""

from __future__ import annotations

import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from core import pretrained
from core.events import Epoch, Finished
from core.experiments.denoising_autoencoder.config import NAME, DenoisingAutoencoderConfig
from core.experiments.denoising_autoencoder.run import run
from core.experiments.denoising_autoencoder.task import denoising_task
from core.experiments.kit.shipped_card import made_by
from core.experiments.kit.shipped_layout import write_layout
from core.numeric.autoencoders.autoencoder import Autoencoder

CONFIG = DenoisingAutoencoderConfig()


def rebuild(folder: Path, log: Callable[[str], None]) -> None:
    """Train it by the defaults and write weights and card to ``folder``; ``log`` hears epochs."""
    began = time.perf_counter()
    task = denoising_task(CONFIG)
    for event in run(CONFIG):
        if isinstance(event, Epoch):
            log(f"{NAME}, epoch {event.epoch}: {event.metrics['psnr_db']:.2f} dB")
        elif isinstance(event, Finished):
            weights = {n: array for n, array in event.arrays.items() if n != "tsne"}
            model = Autoencoder(CONFIG.architecture(task.shape), weights)
            publish(model, time.perf_counter() - began, folder)


def publish(model: Autoencoder, seconds: float, folder: Path) -> pretrained.Card:
    """Score the model as it is stored, lay out its codes, and write both with its card."""
    stored = pretrained.as_stored(model)
    card = {
        "about": "Noisy digits 8 x 8 to clean ones, learned at Gaussian noise of 0.3.",
        "config": CONFIG.to_dict(),
        **made_by(NAME, seconds),
        "metrics": measured(stored),
    }
    pretrained.save(NAME, model, card, folder)
    write_layout(NAME, denoising_task(CONFIG).laid_out(stored), folder)
    return card


def measured(model: Autoencoder) -> dict[str, Any]:
    """What the run's metrics would be with these weights."""
    return {"params": model.params, **denoising_task(CONFIG).compared(model).metrics}
