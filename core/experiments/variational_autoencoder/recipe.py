"""The shipped variational autoencoder: how it is made, scored and described."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path

import numpy as np

from core import pretrained
from core.experiments.kit import recipe
from core.experiments.variational_autoencoder.config import NAME, VariationalAutoencoderConfig
from core.experiments.variational_autoencoder.run import run, task_of
from core.experiments.variational_autoencoder.scoring import baseline, compared, finished
from core.numeric.autoencoders.autoencoder import Autoencoder

CONFIG = VariationalAutoencoderConfig()


def rebuild(folder: Path, log: Callable[[str], None]) -> None:
    """Train it and write weights and card to ``folder``; ``log`` hears of every tenth epoch."""
    end, seconds = recipe.follow(
        NAME, run(CONFIG), log, lambda metrics: f"{metrics['elbo_nats']:.2f} nats", every=10
    )
    publish(model_of(end.arrays), seconds, folder)


def model_of(arrays: Mapping[str, np.ndarray]) -> Autoencoder:
    """The network from the arrays of a finished run."""
    architecture = CONFIG.architecture(task_of(CONFIG).known.shape)
    weights = {name: array for name, array in arrays.items() if "." in name}
    return Autoencoder(architecture, weights)


def publish(model: Autoencoder, seconds: float, folder: Path) -> pretrained.Card:
    """Score the model as it is stored and write it with its card."""
    return recipe.publish(
        NAME,
        model,
        folder,
        recipe=NAME,
        seconds=seconds,
        about="Digits 8 x 8 as a normal distribution in the plane each, and back.",
        config=CONFIG.to_dict(),
        metrics=measured(pretrained.as_stored(model)),
    )


def measured(model: Autoencoder) -> dict[str, float]:
    """What the run's metrics would be with these weights."""
    task = task_of(CONFIG)
    references = task.references() | baseline(CONFIG, task)
    scores = compared(CONFIG, task, model, references)
    final = finished(CONFIG, task, model)
    return {"params": model.params, **scores.metrics, **final.metrics}
