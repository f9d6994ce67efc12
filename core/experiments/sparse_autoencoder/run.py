"""The run of the experiment sparse-autoencoder."""

from collections.abc import Iterator

import numpy as np

from core.events import Event
from core.experiments.kit.autoencoder_run import Learner, learn
from core.experiments.kit.control import Control
from core.experiments.kit.image_script import image_files
from core.experiments.kit.image_task import image_task
from core.experiments.sparse_autoencoder.config import NAME, SparseAutoencoderConfig
from core.experiments.sparse_autoencoder.scoring import Scoring
from core.experiments.sparse_autoencoder.script import keras_script
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
    control = control or Control()
    task = image_task(config)

    from core.models.autoencoders.autoencoder import named_weights
    from core.models.autoencoders.sparse_autoencoder import (
        SideBySide,
        build_sparse_autoencoder,
        sparse_trainer,
    )
    from core.models.saving import keras_bytes

    configs = config.swept()
    networks = [
        build_sparse_autoencoder(
            each.architecture(task.known.shape),
            unit_norm=each.unit_norm,
            target=each.target_activation,
            seed=each.seed,
        )
        for each in configs
    ]
    trainers = [
        sparse_trainer(network, each.penalty, each.penalty_weight, each.target_activation)
        for network, each in zip(networks, configs, strict=True)
    ]
    scoring = Scoring(config, task)

    def now() -> list[Autoencoder]:
        return [Autoencoder(each.architecture, named_weights(each)) for each in networks]

    def batches(places: np.ndarray, _first: int) -> tuple[np.ndarray, np.ndarray]:
        images = task.learned[places]
        return images, images

    yield from learn(
        config,
        control,
        Learner(
            NAME,
            networks[0].whole.count_params(),
            SideBySide(trainers),
            len(task.learned),
            batches,
            lambda: scoring.compared(now(), configs),
            lambda: named_weights(networks[0]),
            lambda: {
                "train.py": keras_script(config).encode(),
                "model.keras": keras_bytes(networks[0].whole),
                **image_files(config),
            },
            first_arrays=scoring.first_arrays(),
            finish=lambda: scoring.finished(now()[0]),
        ),
    )
