"""The run of the experiment linear-autoencoder."""

from collections.abc import Iterator
from typing import Any

import numpy as np

from core.events import Event, Metrics
from core.experiments.kit.autoencoder_run import image_files
from core.experiments.kit.control import Control
from core.experiments.kit.image_task import ImageTask, check_compresses, image_task, mse
from core.experiments.kit.run import Scores, Training, train
from core.experiments.linear_autoencoder.config import NAME, LinearAutoencoderConfig
from core.numeric.autoencoders.linear_autoencoder import LinearAutoencoder
from core.numeric.principal import principal_angles_deg


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
    yield from train(_LinearTraining(config, control))


class _LinearTraining(Training):
    name = NAME
    loss = "train_mse"  # of Adam before the step, of L-BFGS after it

    def __init__(self, config: LinearAutoencoderConfig, control: Control | None):
        self._task = task = image_task(config, config.centred)
        check_compresses(task, config.latent_dim)
        pca = task.pca
        self._inputs = task.learned - pca.mean

        from core.models.autoencoders.lbfgs import LBFGSTrainer
        from core.models.autoencoders.linear_autoencoder import build_linear_autoencoder
        from core.models.supervised import Trainer

        super().__init__(config, control)
        self.model = build_linear_autoencoder(
            self._inputs.shape[1], config.latent_dim, tied=config.tied, seed=config.seed
        )
        by_adam = config.optimizer == "adam"
        self.trainer = (
            Trainer(self.model, "mse") if by_adam else LBFGSTrainer(self.model, self._inputs)
        )
        self.updates = config.epoch_updates
        self.references, self.first_arrays = references(task), task.arrays()

    def batches(self, chosen: Any, update: int) -> tuple[np.ndarray, np.ndarray]:
        return self._inputs[None], self._inputs[None]

    def weights(self) -> dict[str, np.ndarray]:
        """The encoder (features, k) and the decoder (k, features)."""
        encoder, *others = (np.asarray(w, np.float64) for w in self.model.get_weights())
        return {"encoder": encoder, "decoder": others[0] if others else encoder.T}

    def score(self, last: bool) -> Scores:
        model = LinearAutoencoder(**self.weights(), mean=self._task.pca.mean)
        return compared(self._task, self.references, model)

    def end(self) -> Scores:
        return Scores(arrays={"mean": self._task.pca.mean})

    def files(self) -> dict[str, bytes]:
        return image_files(self.name, self.config, UPDATES=self.epochs * self.updates)


def references(task: ImageTask) -> dict[str, float]:
    """What PCA reaches, as ``run`` says."""
    codes = task.pca.project(task.learned)
    return {"pca_train_mse": mse(task.learned, task.pca.reconstruct(codes)), **task.references()}


def compared(task: ImageTask, references: Metrics, model: LinearAutoencoder) -> Scores:
    """The metrics, ``references`` among them, and arrays of an epoch, as ``run`` says."""
    learned_codes, latent = model.encode(task.learned), model.encode(task.held_out)
    angles = principal_angles_deg(model.decoder.T, task.pca.axes.T)
    train_mse = mse(task.learned, model.decode(learned_codes))
    metrics = {
        "train_mse": train_mse,
        "mse_over_pca": train_mse / references["pca_train_mse"],
        "mse": mse(task.held_out, model.decode(latent)),
        "max_principal_angle_deg": float(angles.max()),
        **references,
        **task.knn_accuracy(learned_codes, latent),
    }
    return Scores(metrics, {"angles_deg": angles, "latent": latent})
