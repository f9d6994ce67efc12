"""The autoencoder at its defaults beside PCA; our trainer beside Keras's own fit."""

import time
from collections.abc import Mapping
from typing import Any

import numpy as np

from benchmarks.row import Row
from core.events import Finished
from core.experiments.autoencoder.config import AutoencoderConfig
from core.experiments.autoencoder.run import run
from core.experiments.kit.autoencoder_run import order
from core.experiments.kit.image_task import image_task
from core.experiments.kit.run import half_cosine

_SEEDS = range(5)
_AIMS = {
    2: "at most 0.60 times PCA's error, neighbours at least 0.85, 20 s",
    8: "at most 0.50 times, 20 s",
}
_EPOCHS = 40


def rows() -> list[Row]:
    list(run(AutoencoderConfig(epochs=1)))  # so that nobody's first call is timed
    return [*(_quality(k) for k in _AIMS), _throughput()]


def _quality(k: int) -> Row:
    reached, seconds = [], []
    for seed in _SEEDS:
        began = time.perf_counter()
        reached.append(_metrics(AutoencoderConfig(latent_dim=k, seed=seed)))
        seconds.append(time.perf_counter() - began)

    def told(name: str, worst) -> str:
        values = [metrics[name] for metrics in reached]
        return f"{np.mean(values):.3f} ({worst(values):.3f})"

    return Row(
        f"autoencoder, default settings, digits, k = {k}, {len(_SEEDS)} seeds, mean (worst): "
        "held-out error over PCA's; 5-NN; trustworthiness; seconds with evaluation",
        f"{told('mse_over_pca', max)}; {told('knn_accuracy', min)}; "
        f"{told('trustworthiness', min)}; {np.mean(seconds):.1f} ({max(seconds):.1f})",
        f"{_AIMS[k]}; PCA: 1; {told('pca_knn_accuracy', min)}; {told('pca_trustworthiness', min)}",
    )


def _metrics(config: AutoencoderConfig) -> Mapping[str, Any]:
    (finished,) = [event for event in run(config) if isinstance(event, Finished)]
    return finished.metrics


def _throughput() -> Row:
    """Images learned a second, by the same model on the same batches: tracing included in both."""
    config = AutoencoderConfig(input_noise=0.0)
    learned = image_task(config).learned
    batches = order(config.seed, 1, len(learned), config.batch_size)
    images = batches.size * _EPOCHS
    ours, theirs = _by_trainer(config, learned[batches]), _by_fit(config, learned[batches])
    return Row(
        f"autoencoder, default settings, training throughput, {_EPOCHS} epochs of "
        f"{len(batches)} batches of {config.batch_size}, tracing included: images a second",
        f"{images / ours:,.0f}",
        f"Keras's fit with its defaults, same model and batches: {images / theirs:,.0f}",
    )


def _by_trainer(config: AutoencoderConfig, batches: np.ndarray) -> float:
    from core.models.supervised import Trainer

    trainer = Trainer(_model(config), "mse")
    for epoch in range(1, _EPOCHS + 1):
        trainer.steps(batches, batches, half_cosine(config.learning_rate, epoch, _EPOCHS))
    return trainer.train_s


def _by_fit(config: AutoencoderConfig, batches: np.ndarray) -> float:
    import keras

    model, images = _model(config), batches.reshape(-1, batches.shape[-1])
    schedule = keras.callbacks.LearningRateScheduler(
        lambda epoch, _rate: half_cosine(config.learning_rate, epoch + 1, _EPOCHS)
    )
    model.compile("adam", "mse")
    began = time.perf_counter()
    model.fit(
        images,
        images,
        batch_size=config.batch_size,
        epochs=_EPOCHS,
        shuffle=False,
        verbose=0,
        callbacks=[schedule],
    )
    return time.perf_counter() - began


def _model(config: AutoencoderConfig):
    from core.models.autoencoders.autoencoder import build_autoencoder

    return build_autoencoder(config.architecture((8, 8)), seed=config.seed).whole
