"""What can be set of the experiment autoencoder."""

from dataclasses import dataclass

import numpy as np

from core.experiments.kit import fields
from core.experiments.kit.config import Config, ConfigError, choice, real, whole
from core.messages import N_
from core.numeric.autoencoders.autoencoder import Architecture

NAME = "autoencoder"
NOISE_STREAM = 19  # of the noise on what is learned from


@dataclass(frozen=True)
class AutoencoderConfig(Config):
    """Images, network and training."""

    data: str = fields.image_set()
    latent_dim: int = fields.latent_dim(2)
    kind: str = choice(
        "dense",
        {"dense": N_("Dense"), "convolutional": N_("Convolutional")},
        N_("Layers"),
        N_("Dense: every pixel with every unit. Convolutional: 3 × 3 pixels at a time."),
    )
    depth: int = whole(
        3,
        0,
        4,
        N_("Hidden layers"),
        N_("Between the image and the code, and as many back. 0: only the code is hidden."),
    )
    pretraining: str = choice(
        "none",
        {"none": N_("End to end"), "greedy": N_("Greedy, layer by layer")},
        N_("Training"),
        N_(
            "Greedy: first each layer with its mirror image, from the outside in; then all at once."
        ),
    )
    width: int = whole(
        256,
        8,
        512,
        N_("Units of the first layer"),
        N_("Of a dense network; each further layer has half as many, but not fewer than k."),
        log=True,
    )
    filters: int = whole(
        16,
        4,
        32,
        N_("Filters of the first layer"),
        N_("Of a convolutional network; each further layer has twice as many."),
        log=True,
    )
    activation: str = fields.hidden_activation("tanh")
    input_noise: float = real(
        0.1,
        0.0,
        0.5,
        N_("Noise on the input"),
        N_("Standard deviation, in training only; it makes learning by heart harder. 0 is off."),
        step=0.05,
    )
    batch_size: int = fields.image_batch(32)
    learning_rate: float = fields.falling_rate(2e-3)
    epochs: int = fields.image_epochs(100)
    pretraining_epochs: int = whole(
        10, 1, 100, N_("Epochs of a stage"), N_("How long each pair of layers is pre-trained.")
    )
    seed: int = fields.seed()
    upload: str = fields.image_upload()

    def __post_init__(self):
        """Check the fields, and that a convolutional network has a convolution."""
        super().__post_init__()
        if self.kind == "convolutional" and self.depth == 0:
            raise ConfigError(
                N_("A convolutional network needs a hidden layer: {field} must be 1 at least."),
                field="depth",
            )

    def architecture(self, shape: tuple[int, int]) -> Architecture:
        """The network for images of (height, width)."""
        convolutional = self.kind == "convolutional"
        hidden = tuple(
            self.filters << i if convolutional else max(self.latent_dim, self.width >> i)
            for i in range(self.depth)
        )
        return Architecture(
            shape, hidden, self.latent_dim, convolutional, activation=self.activation
        )

    def noisy(self, images: np.ndarray, first_update: int) -> np.ndarray:
        """The images of some updates, (count, batch, features), as they are learned from."""
        if not self.input_noise:
            return images
        noise = [
            np.random.default_rng([NOISE_STREAM, self.seed, first_update + i]).standard_normal(
                images.shape[1:], np.float32
            )
            for i in range(len(images))
        ]
        return images + np.float32(self.input_noise) * np.stack(noise)
