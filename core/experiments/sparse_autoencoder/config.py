"""What can be set of the experiment sparse-autoencoder."""

from dataclasses import dataclass

from core.experiments.kit import fields
from core.experiments.kit.config import Config, choice, flag, real
from core.messages import N_
from core.numeric.autoencoders.autoencoder import Architecture
from core.numeric.autoencoders.sparsity import FIRES_ABOVE

NAME = "sparse-autoencoder"
SWEEP = (1.0, 1 / 8, 1 / 4, 1 / 2, 2.0, 4.0)  # times the setting; the first is the run's own


@dataclass(frozen=True)
class SparseAutoencoderConfig(Config):
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
        N_("How much the penalty counts relative to an image's squared error."),
        log=True,
    )
    target_activation: float = real(
        0.05,
        0.005,
        0.5,
        N_("Target activation ρ"),
        N_("What each unit's mean activation is pulled towards. Only for the KL penalty."),
        log=True,
    )
    latent_dim: int = fields.latent_dim(100, 256)
    unit_norm: bool = flag(
        True,
        N_("Atoms of length 1"),
        N_("Each atom is scaled to length 1 after every step, so L1 cannot be cheated."),
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

    def swept(self) -> "list[SparseAutoencoderConfig]":
        """The configurations that are trained: this one, and where it sweeps those beside it."""
        if not self.sweep or self.penalty == "none":
            return [self]
        name = "target_activation" if self.penalty == "kl" else "penalty_weight"
        spec, value = self.specs()[name], getattr(self, name)
        values = [min(spec.high, max(spec.low, value * times)) for times in SWEEP]
        return [self.replace(**{name: each}) for each in dict.fromkeys(values)]
