"""A denoising autoencoder: noisy images in, clean ones wanted, against the best linear answer."""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from core.events import Event
from core.experiments import fields
from core.experiments.autoencoder_run import Learner, learn
from core.experiments.config import Config as Base
from core.experiments.config import choice, real, whole
from core.experiments.control import Control
from core.experiments.denoising_autoencoder_script import keras_script
from core.experiments.denoising_task import DenoisingTask, denoising_task
from core.experiments.image_script import image_files
from core.messages import N_
from core.numeric.autoencoder import Architecture, Autoencoder
from core.numeric.noise_removers import Noise

NAME = "denoising-autoencoder"
_TRAINING_STREAM = 13


@dataclass(frozen=True)
class Config(Base):
    """Images, noise, network and training."""

    data: str = fields.image_set()
    noise: str = choice(
        "gaussian",
        {
            "gaussian": N_("Gaussian"),
            "salt_pepper": N_("Salt and pepper"),
            "block": N_("Missing block"),
        },
        N_("Noise"),
        N_("Added in training and test alike; the sum is cut off at 0 and 1."),
    )
    level: float = real(
        0.3,
        0.05,
        1.0,
        N_("Noise level"),
        N_(
            "Gaussian: its standard deviation; a pixel is from 0 to 1. Salt and pepper: the share "
            "of pixels that become 0 or 1. Missing block: its side, as a share of the image's."
        ),
        step=0.05,
    )
    width: int = whole(
        512, 16, 1024, N_("Hidden units"), N_("Of the layer before the code, and of that after.")
    )
    latent_dim: int = fields.latent_dim(128, 256)
    activation: str = choice(
        "relu",
        {"relu": "ReLU", "linear": N_("None")},
        N_("Activation"),
        N_("Of the hidden layers. None: output without sigmoid, too; then the network is linear."),
    )
    copies: int = whole(
        10, 1, 20, N_("Noisy copies"), N_("How often an epoch shows each image, with fresh noise.")
    )
    batch_size: int = fields.image_batch(128, 16)
    learning_rate: float = fields.falling_rate(4e-3)
    epochs: int = whole(60, 1, 200, N_("Epochs"), N_("How often to test on held-out images."))
    seed: int = fields.seed()
    upload: str = fields.image_upload()

    def architecture(self, shape: tuple[int, int]) -> Architecture:
        """The network for images of (height, width)."""
        output = "linear" if self.activation == "linear" else "sigmoid"
        return Architecture(
            shape,
            (self.width,),
            self.latent_dim,
            activation=self.activation,
            output_activation=output,
        )

    def noise_of(self, level: float | None = None, kind: str = "") -> Noise:
        """The run's noise, or another kind or level of the same seed."""
        return Noise(kind or self.noise, self.level if level is None else level, self.seed)


def run(config: Config, control: Control | None = None) -> Iterator[Event]:
    """Train, and say what happens: Started, Step and Epoch events, Changed, at last Finished.

    Metrics, of noisy held-out images after cleaning, clipped to [0, 1]: mse, psnr_db; of the
    rivals noisy_psnr_db (nothing done), best_pca_psnr_db, wiener_psnr_db, median_psnr_db, pca_mse
    of the best PCA, its best_pca_k, wiener_mse; knn_accuracy and pca_knn_accuracy, of the codes of
    noisy images, where there are classes; at the end ssim, noisy_ssim, best_pca_ssim, ... where a
    side has 11 pixels.
    Arrays of an epoch: latent, float32 (m, k), of the first 500 noisy held-out images; with the
    first also labels, test_indices (m,), mean, axes, variances, and the rivals' maps, pca_matrix,
    pca_shift, wiener_matrix, wiener_shift; at the end, where k > 2, tsne (m, 2).
    Raises Problem if the images are not on this machine, or are too large.
    """
    control = control or Control()
    task = denoising_task(config)

    from core.models.autoencoder import build_autoencoder, named_weights
    from core.models.saving import keras_bytes
    from core.models.supervised import Trainer

    network = build_autoencoder(config.architecture(task.shape), seed=config.seed)

    def now() -> Autoencoder:
        return Autoencoder(network.architecture, named_weights(network))

    yield from learn(
        config,
        control,
        Learner(
            NAME,
            network.whole.count_params(),
            Trainer(network.whole, "mse"),
            config.copies * len(task.images.learned),
            lambda places, first: _batches(task, places, first),
            lambda: task.compared(now()),
            lambda: named_weights(network),
            lambda: {
                "train.py": keras_script(config, task.shape).encode(),
                "model.keras": keras_bytes(network.whole),
                **image_files(config),
            },
            task.references,
            task.arrays(),
            lambda: task.finished(now()),
        ),
    )


def _batches(task: DenoisingTask, places: np.ndarray, first: int) -> tuple[np.ndarray, np.ndarray]:
    """Noisy images and clean ones, (batches, batch, features), of fresh noise in each update."""
    learned, noise = task.images.learned, task.config.noise_of()
    clean = learned[places % len(learned)]
    noisy = [
        noise.on(some, task.shape, _TRAINING_STREAM, first + i) for i, some in enumerate(clean)
    ]
    return np.stack(noisy), clean
