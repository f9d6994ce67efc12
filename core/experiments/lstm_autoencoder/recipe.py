"""The shipped LSTM autoencoders of synthetic heartbeats: how they are made, scored, described."""

from collections.abc import Callable
from functools import lru_cache
from pathlib import Path

import numpy as np

from core import pretrained
from core.experiments.kit import recipe
from core.experiments.lstm_autoencoder.config import NAME, LSTMAutoencoderConfig
from core.experiments.lstm_autoencoder.run import EcgTask, ecg_task, laid_out, network_of, run
from core.numeric.autoencoders.lstm_autoencoder import LSTMAutoencoder

CONFIGS = {
    NAME: LSTMAutoencoderConfig(data="synthetic"),
    f"{NAME}-shifted": LSTMAutoencoderConfig(data="synthetic", shift=10),
}
_ABOUT = "Synthetic heartbeats as four numbers each, and back; learned from normal ones alone."


def rebuild(folder: Path, log: Callable[[str], None]) -> None:
    """Train both and write weights and cards to ``folder``; ``log`` hears each epoch."""
    for name, config in CONFIGS.items():
        end, seconds = recipe.follow(
            name, run(config), log, lambda metrics: f"error {metrics['val_mse']:.4f}"
        )
        samples = task_of(config).learned.shape[1]
        weights = {n: array for n, array in end.arrays.items() if n != "tsne"}
        model = pretrained.as_stored(network_of(config, samples, weights))
        recipe.write_layout(name, laid_out(model, task_of(config)), folder)
        recipe.publish(
            name,
            model,
            folder,
            recipe=NAME,
            seconds=seconds,
            about=_ABOUT,
            config=config.to_dict(),
            metrics=measured(model, task_of(config)),
        )


@lru_cache(maxsize=4)
def task_of(config: LSTMAutoencoderConfig) -> EcgTask:
    """What a model of ``config`` learned from and is scored on."""
    return ecg_task(config.data, config.latent_dim, config.shift, config.seed)


def measured(model: LSTMAutoencoder, task: EcgTask) -> dict[str, float]:
    """What the run's metrics would be with these weights."""
    tested, validated = (
        beat_scores(model, task.beats.signals[which])
        for which in (task.split.test, task.split.validation)
    )
    return {"params": model.params, **task.measured(tested, validated), **task.references()}


def beat_scores(model: LSTMAutoencoder, signals: np.ndarray) -> np.ndarray:
    """The score of each beat, (n,): its squared error, the mean over its samples."""
    return ((signals - model.reconstruct(signals)) ** 2).mean(1)
