"""A linear autoencoder, watched as it turns into principal component analysis."""

import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

import numpy as np

from core.data.images import images
from core.events import Changed, Epoch, Event, Finished, Started, Step
from core.experiments import fields
from core.experiments.config import Config as Base
from core.experiments.config import choice, flag, whole
from core.experiments.control import Control
from core.experiments.linear_autoencoder_script import keras_script
from core.messages import N_
from core.numeric.principal import Components, components, principal_angles_deg

MOST_IMAGES = 10_000  # of a set; the first of them


@dataclass(frozen=True)
class Config(Base):
    """Images, network and training."""

    data: str = choice(
        "digits",
        {"digits": N_("Digits 8 × 8"), "mnist": "MNIST"},
        N_("Images"),
        N_("scikit-learn's digits, which every machine has, or the first 10,000 of MNIST."),
    )
    latent_dim: int = whole(
        8, 1, 32, N_("Latent dimension k"), N_("Numbers that the encoder keeps of an image.")
    )
    optimizer: str = choice(
        "lbfgs",
        {"lbfgs": "L-BFGS", "adam": "Adam"},
        N_("Optimiser"),
        N_("Both take the gradient over all images; L-BFGS also estimates the curvature."),
    )
    tied: bool = flag(
        False, N_("Tied weights"), N_("The decoder is the encoder's transpose: one matrix W.")
    )
    centred: bool = flag(
        True, N_("Centred"), N_("The mean image is taken away first, as PCA takes it away.")
    )
    learning_rate: float = fields.learning_rate(0.01)
    epochs: int = whole(40, 1, 200, N_("Epochs"), N_("How often to stop and compare with PCA."))
    epoch_updates: int = whole(
        10, 1, 100, N_("Updates an epoch"), N_("Steps of the optimiser, over all images each.")
    )
    seed: int = fields.seed()


@dataclass
class _Progress:
    """Where the run stands."""

    rate: float
    step: int = 0
    train_s: float = 0.0


def run(config: Config, control: Control | None = None) -> Iterator[Event]:
    """Train, and say what happens: Started, Step and Epoch events, Changed, at last Finished.

    Metrics: train_mse and pca_train_mse on the images it learns from, mse_over_pca their ratio;
    mse and pca_mse on the held-out quarter; max_principal_angle_deg between the space that the
    decoder spans and PCA's; train_s, params. Arrays of an epoch: encoder, decoder, float32
    (features, k) and (k, features); angles_deg (k,); latent and pca, the codes of the held-out
    images, float32 (n, k); with the first also labels (n,), mean (features,), axes (k, features),
    variances (features,), test_indices.
    Raises Problem if the images are not on this machine.
    """
    control = control or Control()
    known = images(config.data)
    training, test = known.split(config.seed)
    if len(training) + len(test) > MOST_IMAGES:
        training = training[training < MOST_IMAGES]
        test = test[test < MOST_IMAGES]
    learned = known.pixels[training].astype(np.float64)
    pca = components(learned, config.latent_dim, config.centred)

    from core.models.linear_autoencoder import build_linear_autoencoder

    model = build_linear_autoencoder(
        learned.shape[1], config.latent_dim, tied=config.tied, seed=config.seed
    )
    inputs, held_out = learned - pca.mean, known.pixels[test] - pca.mean
    of_pca = {
        "pca_train_mse": _mse(inputs, inputs @ pca.axes.T @ pca.axes),
        "pca_mse": _mse(held_out, held_out @ pca.axes.T @ pca.axes),
    }
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
        metrics, arrays = _compare(model, inputs, held_out, pca, of_pca)
        if epoch == 1:
            arrays |= {
                "labels": known.labels[test].astype(np.int8),
                "test_indices": test.astype(np.int32),
                "mean": pca.mean.astype(np.float32),
                "axes": pca.axes.astype(np.float32),
                "variances": pca.variances.astype(np.float32),
            }
        yield Epoch(epoch, now.step, now.train_s, metrics, arrays)
        if control.stopped:
            break
    encoder, decoder = _matrices(model)
    yield Finished(
        {**metrics, "train_s": now.train_s, "params": params},
        {"encoder": encoder, "decoder": decoder, "mean": pca.mean},
        {"train.py": keras_script(config, MOST_IMAGES).encode()},
        control.stopped,
    )


def _steps(config: Config, model, inputs: np.ndarray, now: _Progress) -> Callable[[], float | None]:
    """A function that makes a step and gives the loss, of L-BFGS after it, of Adam before it."""
    import tensorflow as tf

    from core.models.lbfgs import iterations
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


def _compare(model, inputs, held_out, pca: Components, of_pca):
    encoder, decoder = _matrices(model)
    angles = principal_angles_deg(decoder.T, pca.axes.T)
    train_mse = _mse(inputs, inputs @ encoder @ decoder)
    metrics = {
        "train_mse": train_mse,
        "mse_over_pca": train_mse / of_pca["pca_train_mse"],
        "mse": _mse(held_out, held_out @ encoder @ decoder),
        "max_principal_angle_deg": float(angles.max()),
        **of_pca,
    }
    arrays = {
        "encoder": encoder,
        "decoder": decoder,
        "angles_deg": angles,
        "latent": held_out @ encoder,
        "pca": held_out @ pca.axes.T,
    }
    return metrics, {name: array.astype(np.float32) for name, array in arrays.items()}


def _mse(wanted: np.ndarray, said: np.ndarray) -> float:
    """Mean squared error over all pixels."""
    return float(np.mean((wanted - said) ** 2))
