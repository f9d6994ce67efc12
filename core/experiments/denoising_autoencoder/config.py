"""What can be set of the experiment denoising-autoencoder."""

from dataclasses import dataclass

from core.experiments.kit import fields
from core.experiments.kit.config import Config, choice, real, whole
from core.messages import N_
from core.numeric.autoencoders.autoencoder import Architecture
from core.numeric.autoencoders.noise import Noise

NAME = "denoising-autoencoder"


@dataclass(frozen=True)
class DenoisingAutoencoderConfig(Config):
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
        N_("Added in training and test alike; the sum is clipped to 0 and 1."),
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
