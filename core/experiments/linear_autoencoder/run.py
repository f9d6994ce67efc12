"""The run of the experiment linear-autoencoder."""

import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

import numpy as np

from core.events import Changed, Epoch, Event, Finished, Started, Step
from core.experiments.kit.control import Control
from core.experiments.kit.image_script import image_files
from core.experiments.kit.image_task import ImageTask, check_compresses, image_task, mse
from core.experiments.linear_autoencoder.config import LinearAutoencoderConfig
from core.experiments.linear_autoencoder.script import keras_script
from core.numeric.principal import principal_angles_deg


@dataclass
class _Progress:
    """Where the run stands."""

    rate: float
    step: int = 0
    train_s: float = 0.0


def run(config: LinearAutoencoderConfig, control: Control | None = None) -> Iterator[Event]:
    """Train, and say what happens: Started, Step and Epoch events, Changed, at last Finished.

    Metrics: train_mse and pca_train_mse on the images it learns from, mse_over_pca their ratio;
    mse and pca_mse on the held-out quarter, knn_accuracy and pca_knn_accuracy where there are
    classes; max_principal_angle_deg between the space that the decoder spans and PCA's; train_s,
    params. Arrays of an epoch: weights/encoder, weights/decoder, float32 (features, k) and
    (k, features); angles_deg (k,); latent, the codes of the held-out images, float32 (n, k); with
    the first those of ``ImageTask.arrays``.
    Raises Problem if the images are not on this machine, or a code is as large as an image.
    """
    control = control or Control()
    task = image_task(config, config.centred)
    check_compresses(task, config.latent_dim)
    pca = task.pca
    inputs, held_out = task.learned - pca.mean, task.held_out - pca.mean

    from core.models.autoencoders.linear_autoencoder import build_linear_autoencoder

    model = build_linear_autoencoder(
        inputs.shape[1], config.latent_dim, tied=config.tied, seed=config.seed
    )
    of_pca = {"pca_train_mse": mse(inputs, inputs @ pca.axes.T @ pca.axes), **task.references()}
    params = model.count_params()
    updates = config.epochs * config.epoch_updates
    yield Started("linear-autoencoder", config.to_dict(), params, updates, config.epochs, of_pca)
    now = _Progress(config.learning_rate)
    step = _steps(config, model, inputs, now)
    metrics: dict[str, Any] = {}
    for epoch in range(1, config.epochs + 1):
        before = now.step
        yield from _epoch(config, control, step, now, epoch)
        if now.step == before:
            break
        metrics, arrays = _compare(model, task, inputs, held_out, of_pca)
        if epoch == 1:
            arrays |= task.arrays()
        yield Epoch(epoch, now.step, now.train_s, metrics, arrays)
        if control.stopped:
            break
    encoder, decoder = _matrices(model)
    yield Finished(
        {**metrics, "train_s": now.train_s, "params": params},
        {"encoder": encoder, "decoder": decoder, "mean": pca.mean},
        {"train.py": keras_script(config).encode(), **image_files(config)},
        control.stopped,
    )


def _steps(
    config: LinearAutoencoderConfig, model, inputs: np.ndarray, now: _Progress
) -> Callable[[], float | None]:
    """A function that makes a step and gives the loss, of L-BFGS after it, of Adam before it."""
    import tensorflow as tf

    from core.models.autoencoders.lbfgs import iterations
    from core.models.supervised import Trainer

    if config.optimizer == "adam":
        trainer = Trainer(model, "mse")
        return lambda: trainer.step(inputs, inputs, now.rate)
    images_ = tf.constant(inputs)
    search = iterations(model, lambda: tf.reduce_mean((model(images_) - images_) ** 2))
    return lambda: next(search, None)


def _epoch(config, control, step, now: _Progress, epoch) -> Iterator[Event]:
    for i in range(config.epoch_updates):
        for name, value in control.checkpoint().items():
            now.rate = value
            yield Changed(now.step + 1, name, value)
        if control.stopped:
            return
        began = time.perf_counter()
        loss = step()
        now.train_s += time.perf_counter() - began
        if loss is None:  # no step makes it smaller
            return
        now.step += 1
        at = epoch - 1 + (i + 1) / config.epoch_updates
        yield Step(now.step, at, now.train_s, {"train_mse": loss})


def _matrices(model) -> tuple[np.ndarray, np.ndarray]:
    """The encoder (features, k) and the decoder (k, features)."""
    encoder, *others = (np.asarray(w, np.float64) for w in model.get_weights())
    return encoder, others[0] if others else encoder.T


def _compare(model, task: ImageTask, inputs, held_out, of_pca):
    encoder, decoder = _matrices(model)
    angles = principal_angles_deg(decoder.T, task.pca.axes.T)
    train_mse = mse(inputs, inputs @ encoder @ decoder)
    latent = held_out @ encoder
    metrics = {
        "train_mse": train_mse,
        "mse_over_pca": train_mse / of_pca["pca_train_mse"],
        "mse": mse(held_out, latent @ decoder),
        "max_principal_angle_deg": float(angles.max()),
        **of_pca,
    }
    accuracy = task.knn_accuracy(inputs @ encoder, latent)
    if accuracy is not None:
        metrics["knn_accuracy"] = accuracy
    arrays = {
        "weights/encoder": encoder,
        "weights/decoder": decoder,
        "angles_deg": angles,
        "latent": latent,
    }
    return metrics, {name: array.astype(np.float32) for name, array in arrays.items()}
