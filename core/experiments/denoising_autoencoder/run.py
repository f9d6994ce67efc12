"""The run of the experiment denoising-autoencoder."""

from collections.abc import Iterator

import numpy as np

from core.events import Event
from core.experiments.denoising_autoencoder.config import NAME, DenoisingAutoencoderConfig
from core.experiments.denoising_autoencoder.script import keras_script
from core.experiments.denoising_autoencoder.task import DenoisingTask, denoising_task
from core.experiments.kit.autoencoder_run import Learner, learn
from core.experiments.kit.control import Control
from core.experiments.kit.image_script import image_files
from core.numeric.autoencoders.autoencoder import Autoencoder

_TRAINING_STREAM = 13


def run(config: DenoisingAutoencoderConfig, control: Control | None = None) -> Iterator[Event]:
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

    from core.models.autoencoders.autoencoder import build_autoencoder, named_weights
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
