"""An autoencoder, of one hidden layer or deep, dense or convolutional, beside PCA."""

import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache
from typing import Any

import numpy as np

from core.events import Event, Metrics
from core.experiments import fields
from core.experiments.autoencoder_run import Batches, Learner, Stage, learn
from core.experiments.autoencoder_script import keras_script
from core.experiments.config import Config as Base
from core.experiments.config import ConfigError, choice, real, whole
from core.experiments.control import Control
from core.experiments.image_script import image_files
from core.experiments.image_task import ImageTask, check_compresses, image_task, mse
from core.messages import N_
from core.numeric.autoencoder import Architecture, Coder

NAME = "autoencoder"
_NOISE_STREAM = 19  # of the noise on what is learned from

_Told = tuple[dict[str, Any], dict[str, np.ndarray]]


@dataclass(frozen=True)
class Config(Base):
    """Images, network and training."""

    data: str = fields.image_set()
    latent_dim: int = fields.latent_dim(2)
    kind: str = choice(
        "dense",
        {"dense": N_("Dense"), "convolutional": N_("Convolutional")},
        N_("Layers"),
        N_("Dense: every pixel with every unit. Convolutional: 3 × 3 pixels at a time."),
    )
    depth: int = whole(
        3,
        0,
        4,
        N_("Hidden layers"),
        N_("Between the image and the code, and as many back. 0: only the code is hidden."),
    )
    pretraining: str = choice(
        "none",
        {"none": N_("End to end"), "greedy": N_("Greedy, layer by layer")},
        N_("Training"),
        N_(
            "Greedy: first each layer with its mirror image, from the outside in; then all at once."
        ),
    )
    width: int = whole(
        256,
        8,
        512,
        N_("Units of the first layer"),
        N_("Of a dense network; each further layer has half as many, but not fewer than k."),
        log=True,
    )
    filters: int = whole(
        16,
        4,
        32,
        N_("Filters of the first layer"),
        N_("Of a convolutional network; each further layer has twice as many."),
        log=True,
    )
    activation: str = fields.hidden_activation("tanh")
    input_noise: float = real(
        0.1,
        0.0,
        0.5,
        N_("Noise on the input"),
        N_(
            "Standard deviation, in training only: nothing is learned by heart so easily. 0 is off."
        ),
        step=0.05,
    )
    batch_size: int = fields.image_batch(32)
    learning_rate: float = fields.falling_rate(2e-3)
    epochs: int = fields.image_epochs(100)
    pretraining_epochs: int = whole(
        10, 1, 100, N_("Epochs of a stage"), N_("How long each pair of layers is pre-trained.")
    )
    seed: int = fields.seed()
    upload: str = fields.image_upload()

    def __post_init__(self):
        """Check the fields, and that a convolutional network has a convolution."""
        super().__post_init__()
        if self.kind == "convolutional" and self.depth == 0:
            raise ConfigError(
                N_("A convolutional network needs a hidden layer: {field} must be 1 at least."),
                field="depth",
            )

    def architecture(self, shape: tuple[int, int]) -> Architecture:
        """The network for images of (height, width)."""
        convolutional = self.kind == "convolutional"
        hidden = tuple(
            self.filters << i if convolutional else max(self.latent_dim, self.width >> i)
            for i in range(self.depth)
        )
        return Architecture(
            shape, hidden, self.latent_dim, convolutional, activation=self.activation
        )

    def noisy(self, images: np.ndarray, first_update: int) -> np.ndarray:
        """The images of some updates, (count, batch, features), as they are learned from."""
        if not self.input_noise:
            return images
        noise = [
            np.random.default_rng([_NOISE_STREAM, self.seed, first_update + i]).standard_normal(
                images.shape[1:], np.float32
            )
            for i in range(len(images))
        ]
        return images + np.float32(self.input_noise) * np.stack(noise)


def run(config: Config, control: Control | None = None) -> Iterator[Event]:
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

    from core.models.autoencoder import build_autoencoder, named_weights
    from core.models.coding import Coding
    from core.models.layer_pairs import layer_pairs
    from core.models.saving import keras_bytes
    from core.models.supervised import Trainer

    network = build_autoencoder(config.architecture(task.known.shape), seed=config.seed)
    coder = Coding(network)

    def batches(places: np.ndarray, first_update: int) -> Batches:
        images = task.learned[places]
        return config.noisy(images, first_update), images

    def files() -> dict[str, bytes]:
        script = keras_script(config, task.known.shape, _NOISE_STREAM).encode()
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


def _stages(config: Config, outermost: Callable[..., Batches], pairs, task) -> list[Stage]:
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
    config: Config, task: ImageTask, model: Coder, of_pca: Metrics, whole_run: bool
) -> _Told:
    """What only the end tells, as ``run`` says; t-SNE of a whole run only, for it takes long.

    of_pca: what PCA took.
    """
    from core.models.latent_quality import trust, tsne

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
