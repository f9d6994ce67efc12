"""The run of the experiment denoising-autoencoder."""

from collections.abc import Iterator

import numpy as np

from core.events import Event
from core.experiments.denoising_autoencoder.config import NAME, DenoisingAutoencoderConfig
from core.experiments.denoising_autoencoder.task import denoising_task
from core.experiments.kit.autoencoder_run import ImageAutoencoderTraining
from core.experiments.kit.control import Control
from core.experiments.kit.run import Scores, train

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
    yield from train(_DenoisingTraining(config, control))


class _DenoisingTraining(ImageAutoencoderTraining):
    name = NAME

    def __init__(self, config: DenoisingAutoencoderConfig, control: Control | None):
        self._task = task = denoising_task(config)

        from core.models.autoencoders.autoencoder import build_autoencoder
        from core.models.supervised import Trainer

        network = build_autoencoder(config.architecture(task.shape), seed=config.seed)
        super().__init__(config, control, config.copies * len(task.images.learned), network)
        self.trainer = Trainer(network.whole, "mse")
        self.references, self.first_arrays = task.references, task.arrays()

    def batches(self, chosen: np.ndarray, update: int) -> tuple[np.ndarray, np.ndarray]:
        """Noisy images and clean ones, (batches, batch, features), of fresh noise in each."""
        learned, noise = self._task.images.learned, self.config.noise_of()
        clean = learned[chosen % len(learned)]
        noisy = [
            noise.on(some, self._task.shape, _TRAINING_STREAM, update + i)
            for i, some in enumerate(clean)
        ]
        return np.stack(noisy), clean

    def score(self, last: bool) -> Scores:
        return self._task.compared(self.in_numpy())

    def end(self) -> Scores:
        return self._task.finished(self.in_numpy())
