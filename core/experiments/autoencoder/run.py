"""The run of the experiment autoencoder."""

import time
from collections.abc import Callable, Iterator
from functools import cache
from typing import Any

import numpy as np

from core.events import Event, Metrics
from core.experiments.autoencoder.config import NAME, NOISE_STREAM, AutoencoderConfig
from core.experiments.autoencoder.script import keras_script
from core.experiments.kit.autoencoder_run import Batches, Learner, Stage, learn
from core.experiments.kit.control import Control
from core.experiments.kit.image_script import image_files
from core.experiments.kit.image_task import ImageTask, check_compresses, image_task, mse
from core.numeric.autoencoders.autoencoder import Coder

_Told = tuple[dict[str, Any], dict[str, np.ndarray]]


def run(config: AutoencoderConfig, control: Control | None = None) -> Iterator[Event]:
    """Train, and say what happens: Started, Step and Epoch events, Changed, at last Finished.

    Metrics of an epoch: mse and pca_mse on the held-out images, mse_over_pca their ratio, and where
    there are classes knn_accuracy and pca_knn_accuracy, by five neighbours in the code; train_loss,
    or stage_loss of a pair of layers while that is pre-trained. At the end also trustworthiness,
    pca_trustworthiness, pixel_knn_accuracy (without any code), pca_train_s and pca_params. Arrays
    of an epoch: latent (m, k), the held-out images' codes; with the last tsne (m, 2) where k > 2.
    Raises Problem if the images are not on this machine, or a code is no smaller than an image.
    """
    control = control or Control()
    task = image_task(config)
    check_compresses(task, config.latent_dim)
    began = time.perf_counter()
    pca_params = task.pca.mean.size + task.pca.axes.size
    of_pca = {"pca_train_s": time.perf_counter() - began, "pca_params": pca_params}
    references = task.references()

    from core.models.autoencoders.autoencoder import build_autoencoder, named_weights
    from core.models.autoencoders.coding import Coding
    from core.models.autoencoders.layer_pairs import layer_pairs
    from core.models.saving import keras_bytes
    from core.models.supervised import Trainer

    network = build_autoencoder(config.architecture(task.known.shape), seed=config.seed)
    coder = Coding(network)

    def batches(places: np.ndarray, first_update: int) -> Batches:
        images = task.learned[places]
        return config.noisy(images, first_update), images

    def files() -> dict[str, bytes]:
        script = keras_script(config, task.known.shape, NOISE_STREAM).encode()
        return {
            "train.py": script,
            "model.keras": keras_bytes(network.whole),
            **image_files(config),
        }

    greedy = config.pretraining == "greedy"
    yield from learn(
        config,
        control,
        Learner(
            NAME,
            network.whole.count_params(),
            Trainer(network.whole, "mse"),
            len(task.learned),
            batches,
            lambda: compared(task, references, coder),
            lambda: named_weights(network),
            files,
            references,
            task.arrays(),
            lambda: finished(config, task, coder, of_pca, not control.stopped),
            _stages(config, batches, layer_pairs(network), task) if greedy else (),
        ),
    )


def _stages(
    config: AutoencoderConfig, outermost: Callable[..., Batches], pairs, task
) -> list[Stage]:
    """A stage for each pair of layers: the first learns images, the next what it makes of them."""
    from core.models.supervised import Trainer

    def codes_of(pair, rows: Callable[[], np.ndarray]) -> Callable[[], np.ndarray]:
        return cache(lambda: pair.codes(rows()))  # asked for when those below have learned

    def inner(rows: Callable[[], np.ndarray]) -> Callable[..., Batches]:
        return lambda places, _first_update: (rows()[places], rows()[places])

    stages, batches, rows = [], outermost, lambda: task.learned
    for pair in pairs:
        trainer = Trainer(pair.model, "mse")
        stages.append(Stage(trainer, config.pretraining_epochs, batches, "stage_loss"))
        rows = codes_of(pair, rows)
        batches = inner(rows)
    return stages


def compared(task: ImageTask, references: dict[str, float], model: Coder) -> _Told:
    """The metrics and arrays of an epoch, as ``run`` says."""
    codes = model.encode(task.held_out)
    error = mse(task.held_out, model.decode(codes))
    metrics = {"mse": error, "mse_over_pca": error / references["pca_mse"], **references}
    accuracy = task.knn_accuracy(model.encode(task.learned), codes)
    if accuracy is not None:
        metrics["knn_accuracy"] = accuracy
    return metrics, {"latent": codes.astype(np.float32)}


def finished(
    config: AutoencoderConfig, task: ImageTask, model: Coder, of_pca: Metrics, whole_run: bool
) -> _Told:
    """What only the end tells, as ``run`` says; t-SNE of a whole run only, for it takes long.

    of_pca: what PCA took.
    """
    from core.models.autoencoders.latent_quality import trust, tsne

    codes = model.encode(task.held_out)
    metrics = {
        **of_pca,
        "trustworthiness": trust(task.held_out, codes),
        "pca_trustworthiness": trust(task.held_out, task.pca.project(task.held_out)),
    }
    by_pixels = task.knn_accuracy(task.learned, task.held_out)
    if by_pixels is not None:
        metrics["pixel_knn_accuracy"] = by_pixels
    laid_out = whole_run and config.latent_dim > 2
    return metrics, {"tsne": tsne(codes, config.seed)} if laid_out else {}
