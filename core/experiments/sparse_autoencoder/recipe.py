"""The shipped sparse autoencoder, and the sweeps recorded with it: how they are made and scored."""

import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np

from core import pretrained
from core.events import Epoch, Finished
from core.experiments.kit import recipe
from core.experiments.kit.image_task import image_task
from core.experiments.sparse_autoencoder.config import NAME, SparseAutoencoderConfig
from core.experiments.sparse_autoencoder.run import Scoring, run
from core.numeric.autoencoders.autoencoder import Autoencoder

CONFIG = SparseAutoencoderConfig(sweep=True)
SWEEPS = {"l1": CONFIG, "kl": CONFIG.replace(penalty="kl")}  # penalty -> of which a sweep is kept


def rebuild(folder: Path, log: Callable[[str], None]) -> None:
    """Train and sweep, and write weights and card to ``folder``; ``log`` hears of the progress."""
    from core.models.autoencoders.latent_quality import tsne

    began, points, models = time.perf_counter(), {}, {}
    for penalty, config in SWEEPS.items():
        shape = image_task(config).known.shape
        for event in run(config):
            if isinstance(event, Epoch):
                points[penalty] = event.arrays["points"].tolist()
                if event.epoch % 20 == 0:
                    metrics = event.metrics
                    log(
                        f"{NAME}, {penalty}, epoch {event.epoch}: error {metrics['mse']:.5f} with "
                        f"{metrics['active_units']:.1f} active units"
                    )
            elif isinstance(event, Finished):
                weights = {n: a for n, a in event.arrays.items() if n.endswith(("kernel", "bias"))}
                models[penalty] = Autoencoder(config.architecture(shape), weights)
    seconds = time.perf_counter() - began
    model = pretrained.as_stored(models["l1"])
    places = tsne(model.encode(image_task(CONFIG).held_out), CONFIG.seed)
    recipe.write_layout(NAME, places, folder)
    recipe.publish(
        NAME,
        model,
        folder,
        seconds=seconds,
        about="Digits 8 x 8 by about eleven of a hundred units each, and back.",
        config=CONFIG.to_dict(),
        metrics=measured(model),
        sweeps={penalty: np.round(rows, 6).tolist() for penalty, rows in points.items()},
    )


def measured(model: Autoencoder) -> dict[str, Any]:
    """What the run's metrics would be with these weights."""
    return {"params": model.params, **Scoring(CONFIG, image_task(CONFIG)).scored(model).metrics}
