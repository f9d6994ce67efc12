"""The shipped variational autoencoder: how it is made, scored and described."""

from collections.abc import Callable
from pathlib import Path

from core import pretrained
from core.experiments.kit import recipe
from core.experiments.variational_autoencoder.config import NAME, VariationalAutoencoderConfig
from core.experiments.variational_autoencoder.run import (
    baseline,
    compared,
    finished,
    run,
    task_of,
)
from core.numeric.autoencoders.autoencoder import Autoencoder

CONFIG = VariationalAutoencoderConfig()


def rebuild(folder: Path, log: Callable[[str], None]) -> None:
    """Train it and write weights and card to ``folder``; ``log`` hears of every tenth epoch."""
    end, seconds = recipe.follow(
        NAME, run(CONFIG), log, lambda metrics: f"{metrics['elbo_nats']:.2f} nats", every=10
    )
    weights = {name: array for name, array in end.arrays.items() if "." in name}
    model = Autoencoder(CONFIG.architecture(task_of(CONFIG).known.shape), weights)
    recipe.publish(
        NAME,
        model,
        folder,
        seconds=seconds,
        about="Digits 8 x 8 as a normal distribution in the plane each, and back.",
        config=CONFIG.to_dict(),
        metrics=measured(pretrained.as_stored(model)),
    )


def measured(model: Autoencoder) -> dict[str, float]:
    """What the run's metrics would be with these weights."""
    task = task_of(CONFIG)
    scores = compared(CONFIG, task, model, task.references() | baseline(CONFIG, task))
    return {
        "params": model.params,
        **scores.metrics,
        **finished(CONFIG, task, model).metrics,
    }
