"""A sparse autoencoder: a large code of which few units may fire, and its dictionary of atoms."""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from core.events import Event
from core.experiments import fields
from core.experiments.autoencoder_run import Learner, learn
from core.experiments.config import Config as Base
from core.experiments.config import choice, flag, real
from core.experiments.control import Control
from core.experiments.image_script import image_files
from core.experiments.image_task import image_task
from core.experiments.sparse_autoencoder_scoring import Scoring
from core.experiments.sparse_autoencoder_script import keras_script
from core.messages import N_
from core.numeric.autoencoder import Architecture, Autoencoder
from core.numeric.sparsity import FIRES_ABOVE

NAME = "sparse-autoencoder"
SWEEP = (1.0, 1 / 8, 1 / 4, 1 / 2, 2.0, 4.0)  # times the setting; the first is the run's own


@dataclass(frozen=True)
class Config(Base):
    """Images, penalty, network and training."""

    data: str = fields.image_set()
    penalty: str = choice(
        "l1",
        {"l1": "L1", "kl": "KL", "none": N_("None")},
        N_("Penalty"),
        N_(
            "L1: the sum of all activations, of ReLU units. KL: the distance of each sigmoid "
            "unit's mean activation from a target."
        ),
    )
    penalty_weight: float = real(
        0.3,
        0.001,
        30.0,
        N_("Penalty weight λ"),
        N_("What the penalty counts beside an image's squared error."),
        log=True,
    )
    target_activation: float = real(
        0.05,
        0.005,
        0.5,
        N_("Target activation ρ"),
        N_("What each unit's mean activation is drawn to. Only for the KL penalty."),
        log=True,
    )
    latent_dim: int = fields.latent_dim(100, 256)
    unit_norm: bool = flag(
        True,
        N_("Atoms of length 1"),
        N_("Each atom is scaled to length 1 after every step, so that L1 cannot be dodged."),
    )
    sweep: bool = flag(
        False,
        N_("Sweep"),
        N_(
            "Trains five more networks in the same job: with an eighth to four times λ (for KL, "
            "of ρ). They make the curve of error against sparsity."
        ),
    )
    batch_size: int = fields.image_batch(32)
    learning_rate: float = fields.falling_rate(3e-3)
    epochs: int = fields.image_epochs(120)
    seed: int = fields.seed()
    upload: str = fields.image_upload()

    def architecture(self, shape: tuple[int, int]) -> Architecture:
        """The network for images of (height, width)."""
        code = "sigmoid" if self.penalty == "kl" else "relu"
        return Architecture(
            shape, (), self.latent_dim, code_activation=code, output_activation="linear"
        )

    @property
    def fires_above(self) -> float:
        """What a unit's activation has to exceed to count as firing."""
        return FIRES_ABOVE[self.architecture((1, 1)).code_activation]

    def swept(self) -> list["Config"]:
        """The configurations that are trained: this one, and where it sweeps those beside it."""
        if not self.sweep or self.penalty == "none":
            return [self]
        name = "target_activation" if self.penalty == "kl" else "penalty_weight"
        spec, value = self.specs()[name], getattr(self, name)
        values = [min(spec.high, max(spec.low, value * times)) for times in SWEEP]
        return [self.replace(**{name: each}) for each in dict.fromkeys(values)]


def run(config: Config, control: Control | None = None) -> Iterator[Event]:
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

    from core.models.autoencoder import named_weights
    from core.models.saving import keras_bytes
    from core.models.sparse_autoencoder import (
        SideBySide,
        build_sparse_autoencoder,
        sparse_trainer,
    )

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
