"""What can be set of the experiment linear-autoencoder."""

from dataclasses import dataclass

from core.experiments.kit import fields
from core.experiments.kit.config import Config, choice, flag, whole
from core.messages import N_

NAME = "linear-autoencoder"


@dataclass(frozen=True)
class LinearAutoencoderConfig(Config):
    """Images, network and training."""

    data: str = fields.image_set()
    latent_dim: int = fields.latent_dim(8, 32)
    optimizer: str = choice(
        "lbfgs",
        {"lbfgs": "L-BFGS", "adam": "Adam"},
        N_("Optimiser"),
        N_("Both take the gradient over all images; L-BFGS also estimates the curvature."),
    )
    tied: bool = flag(
        False, N_("Tied weights"), N_("The decoder is the encoder's transpose: one matrix W.")
    )
    centred: bool = flag(
        True, N_("Centred"), N_("The mean image is taken away first, as PCA takes it away.")
    )
    learning_rate: float = fields.learning_rate(0.01)
    epochs: int = whole(40, 1, 200, N_("Epochs"), N_("How often to stop and compare with PCA."))
    epoch_updates: int = whole(
        10, 1, 100, N_("Updates an epoch"), N_("Steps of the optimiser, over all images each.")
    )
    seed: int = fields.seed()
    upload: str = fields.image_upload()
