"""The run of the experiment sparse-autoencoder."""

from collections.abc import Iterator
from typing import Any

import numpy as np

from core.events import Event
from core.experiments.kit.autoencoder_run import ImageAutoencoderTraining
from core.experiments.kit.control import Control
from core.experiments.kit.image_task import image_task
from core.experiments.kit.run import Scores, train
from core.experiments.sparse_autoencoder.config import NAME, SparseAutoencoderConfig
from core.experiments.sparse_autoencoder.scoring import Scoring
from core.numeric.autoencoders.autoencoder import Autoencoder


def run(config: SparseAutoencoderConfig, control: Control | None = None) -> Iterator[Event]:
    """Train, and say what happens: Started, Step and Epoch events, Changed, at last Finished.

    Metrics, held-out unless they say otherwise: mse; firing_mse, where units that do not fire are
    taken as 0; train_mse; pca_mse and pca_knn_accuracy of PCA with as many components as units
    fire on average; knn_accuracy; active_units, that average; dead_units, which fire for no image
    that is learned from; sparsity (Hoyer), the mean. At the end trustworthiness. Arrays of an
    epoch: latent, the codes (m, units) of held-out images, of as many as memory allows; firing,
    for which share of the images learned from each unit fires (units,); class_activation and
    class_firing, its mean activation and how often it fires for each class (units, classes);
    points, of each network that is trained (n, 3): penalty weight or target activation, active
    units, mse; with the first epoch also pca_errors (k + 1,), by the number of components. With
    the end tsne (m, 2).
    Raises Problem if the images are not on this machine.
    """
    yield from train(_SparseTraining(config, control))


class _SparseTraining(ImageAutoencoderTraining):
    name = NAME

    def __init__(self, config: SparseAutoencoderConfig, control: Control | None):
        task = image_task(config)

        from core.models.autoencoders.sparse_autoencoder import (
            SideBySide,
            build_sparse_autoencoder,
            sparse_trainer,
        )

        self._configs: list[Any] = config.swept()
        self._networks = [
            build_sparse_autoencoder(
                each.architecture(task.known.shape),
                unit_norm=each.unit_norm,
                target=each.target_activation,
                seed=each.seed,
            )
            for each in self._configs
        ]
        super().__init__(config, control, len(task.learned), self._networks[0])
        self.trainer = SideBySide(
            [
                sparse_trainer(network, each.penalty, each.penalty_weight, each.target_activation)
                for network, each in zip(self._networks, self._configs, strict=True)
            ]
        )
        self._learned, self._scoring = task.learned, Scoring(config, task)
        self.first_arrays = self._scoring.first_arrays()

    def batches(self, chosen: np.ndarray, update: int) -> tuple[np.ndarray, np.ndarray]:
        images = self._learned[chosen]
        return images, images

    def score(self, last: bool) -> Scores:
        from core.models.autoencoders.autoencoder import named_weights

        models = [Autoencoder(each.architecture, named_weights(each)) for each in self._networks]
        return self._scoring.compared(models, self._configs)

    def end(self) -> Scores:
        return self._scoring.finished(self.in_numpy())
