"""What can be set of the experiment variational-autoencoder."""

from dataclasses import dataclass

from core.experiments.kit import fields
from core.experiments.kit.config import Config, choice, flag, real, whole
from core.messages import N_
from core.numeric.autoencoders.autoencoder import Architecture
from core.numeric.autoencoders.variational import Likelihood

NAME = "variational-autoencoder"


@dataclass(frozen=True)
class VariationalAutoencoderConfig(Config):
    """Images, network, loss and training."""

    data: str = fields.image_set()
    latent_dim: int = fields.latent_dim(2, 32)
    beta: float = real(
        1.0,
        0.0,
        10.0,
        N_("Beta"),
        N_("What a nat of KL counts. 1 is the bound on log p(x); 0 leaves the code alone."),
        step=0.25,
    )
    likelihood: str = choice(
        "gaussian",
        {"gaussian": N_("Gaussian N(x̂, σ²)"), "bernoulli": "Bernoulli"},
        N_("Likelihood"),
        N_(
            "What a pixel is, given the code: a normal value around the decoded one, or ink or not."
        ),
    )
    sigma: float = real(
        0.15,
        0.05,
        1.0,
        N_("Sigma"),
        N_("Standard deviation of a pixel around its decoded value. Only for the Gaussian."),
        step=0.01,
    )
    warm_up: int = whole(
        20, 0, 200, N_("Warm-up (epochs)"), N_("Beta grows from 0 to its value in so many epochs.")
    )
    sampling: bool = flag(
        True,
        N_("Sampling"),
        N_("A code is drawn from its distribution in training; off: always its mean."),
    )
    binarised: bool = flag(
        False,
        N_("Ink or none"),
        N_("Pixels of 0.5 and more become 1, others 0: then Bernoulli is a true likelihood."),
    )
    depth: int = whole(2, 1, 3, N_("Hidden layers"), N_("Of the encoder; the decoder mirrors it."))
    width: int = whole(
        256,
        16,
        512,
        N_("Units of the first layer"),
        N_("Each further layer has half as many, but not fewer than k."),
        log=True,
    )
    activation: str = fields.hidden_activation("relu")
    batch_size: int = fields.image_batch(64)
    learning_rate: float = fields.falling_rate(2e-3)
    epochs: int = fields.image_epochs(100)
    seed: int = fields.seed()
    upload: str = fields.image_upload()

    def architecture(self, shape: tuple[int, int]) -> Architecture:
        """The network for images of (height, width)."""
        hidden = tuple(max(self.latent_dim, self.width >> i) for i in range(self.depth))
        return Architecture(
            shape, hidden, self.latent_dim, activation=self.activation, variational=True
        )

    def pixel_likelihood(self) -> Likelihood:
        """How its images are thought to come from what is decoded."""
        return Likelihood(self.likelihood, self.sigma)
