"""Training of a variational autoencoder: its loss, told in nats."""

from typing import Any

import keras
import numpy as np

from core.models.supervised import Arrays, Trainer
from core.numeric.autoencoders.variational import Likelihood, kl_to_standard_normal


class VariationalTrainer(Trainer):
    """Trains ``whole``, [images, noise] -> [images, means, log variances], on -ELBO, KL times beta.

    Its inputs are [images, noise, beta], beta (batch,); its targets the images. The loss that is
    descended is divided by ``likelihood.unit``, so that Adam's steps are those of an autoencoder
    that learns by the mean over the pixels; ``steps`` tells it in nats an image.
    """

    def __init__(self, whole: keras.Model, likelihood: Likelihood, features: int):
        self.unit = likelihood.unit(features)
        beta = keras.Input((), name="beta")

        def loss(images: Any, outputs: Any) -> Any:
            decoded, mean, log_var, beta = outputs
            reconstruction = likelihood.nats(images, decoded, keras.ops)
            divergence = kl_to_standard_normal(mean, log_var, keras.ops)
            total: Any = keras.ops.mean(reconstruction + beta * divergence)
            return total / self.unit

        super().__init__(keras.Model([*whole.inputs, beta], [*whole.outputs, beta]), loss)

    def steps(
        self, inputs: Arrays, targets: np.ndarray, rate: float, weights: np.ndarray | None = None
    ) -> np.ndarray:
        """As ``Trainer.steps``; returns -ELBO of each batch, KL times beta, in nats an image."""
        return super().steps(inputs, targets, rate, weights) * self.unit
