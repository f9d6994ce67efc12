"""Training of a variational autoencoder: its loss, told in nats."""

from typing import Any

import keras
import numpy as np

from core.models.supervised import Arrays, Trainer
from core.numeric.autoencoders.variational import Likelihood, kl_to_standard_normal


class VariationalTrainer(Trainer):
    """Trains ``model``, [images, noise] -> [images, means, log variances], on -ELBO, KL times beta.

    Targets are the images with beta as a last column, ``with_beta``. The loss that is descended is
    divided by ``likelihood.unit``, so that Adam's steps are those of an autoencoder that learns by
    the mean over the pixels; ``steps`` tells it in nats an image.
    """

    def __init__(self, model: keras.Model, likelihood: Likelihood, features: int):
        self.unit = likelihood.unit(features)

        def loss(targets: Any, outputs: Any) -> Any:
            images, beta = targets[:, :-1], targets[:, -1]
            decoded, mean, log_var = outputs
            reconstruction = likelihood.nats(images, decoded, keras.ops)
            divergence = kl_to_standard_normal(mean, log_var, keras.ops)
            total: Any = keras.ops.mean(reconstruction + beta * divergence)
            return total / self.unit

        super().__init__(model, loss)

    def steps(
        self, inputs: Arrays, targets: np.ndarray, rate: float, weights: np.ndarray | None = None
    ) -> np.ndarray:
        """As ``Trainer.steps``; returns -ELBO of each batch, KL times beta, in nats an image."""
        return super().steps(inputs, targets, rate, weights) * self.unit


def with_beta(images: np.ndarray, beta: np.ndarray) -> np.ndarray:
    """Targets: images (count, batch, features) with beta (count,) as a last column of each."""
    column = np.broadcast_to(beta[:, None, None], (*images.shape[:2], 1))
    return np.concatenate([images, column], axis=-1).astype(np.float32)
