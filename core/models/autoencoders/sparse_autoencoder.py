"""A sparse autoencoder in Keras: one hidden layer, a penalty on it, and atoms of length 1."""

from collections.abc import Sequence
from typing import Any

import keras
import numpy as np
import tensorflow as tf

from core.models.autoencoders.autoencoder import Network, build_autoencoder
from core.models.supervised import Arrays, Trainer
from core.numeric.autoencoders.autoencoder import Architecture
from core.numeric.autoencoders.sparsity import kl_bernoulli

_LEAST = 1e-6  # of a mean activation, so that its logarithm is a number


def build_sparse_autoencoder(
    architecture: Architecture, *, unit_norm: bool, target: float, seed: int
) -> Network:
    """A network without hidden layers besides the code, whose encoder begins as the transpose.

    The rows of the output's kernel are the atoms: with ``unit_norm`` each has length 1, at the
    start and after every step. An encoder that begins as their transpose leaves fewer units dead.
    target: of a sigmoid code, the activation that its units begin with.
    """
    network = build_autoencoder(architecture, seed=seed)
    code: Any = network.encoder.get_layer("code")
    output: Any = network.decoder.get_layer("output")
    if unit_norm:
        constraint = keras.constraints.UnitNorm(axis=1)
        output.kernel_constraint = output.kernel.constraint = constraint
        output.kernel.assign(constraint(output.kernel))
    code.kernel.assign(keras.ops.transpose(output.kernel))
    if architecture.code_activation == "sigmoid":
        at_rest = np.log(target / (1 - target))
        code.bias.assign(np.full(architecture.latent_dim, at_rest))
    return network


def sparse_trainer(network: Network, penalty: str, weight: float, target: float) -> Trainer:
    """Training of ``network`` by (squared error + weight * penalty) / pixels.

    penalty: "l1", the mean sum of the code's sizes, "kl", the sum over units of the KL divergence
    between ``target`` and the mean activation in the batch, or "none".
    """
    images: Any = keras.Input((network.architecture.features,))
    codes = network.encoder(images)
    both = keras.Model(images, [network.decoder(codes), codes])

    def loss(targets: Any, outputs: Sequence[Any]) -> Any:
        decoded, codes = outputs
        error = tf.reduce_mean((targets - decoded) ** 2)
        if penalty == "none":
            return error
        if penalty == "l1":
            cost = tf.reduce_mean(tf.reduce_sum(tf.abs(codes), axis=1))
        else:
            mean = tf.clip_by_value(tf.reduce_mean(codes, axis=0), _LEAST, 1 - _LEAST)
            cost = tf.reduce_sum(kl_bernoulli(target, mean, tf.math.log))
        return error + weight * cost / network.architecture.features

    return Trainer(both, loss)


class SideBySide:
    """Trainers that learn from the same batches, one after the other; the first one's loss counts.

    What they have in common with a ``Trainer`` is what a run asks for.
    """

    def __init__(self, trainers: Sequence[Trainer]):
        self._trainers = trainers

    @property
    def train_s(self) -> float:
        """Seconds that were spent in steps, of all together."""
        return sum(trainer.train_s for trainer in self._trainers)

    def steps(self, inputs: Arrays, targets: np.ndarray, rate: float) -> np.ndarray:
        """Learn from batch after batch; returns the first one's losses, (batches,)."""
        losses = [trainer.steps(inputs, targets, rate) for trainer in self._trainers]
        return losses[0]

    def steps_per_execution(self, seconds: float = 0.15) -> int:
        """How many batches like the last take so many seconds, >= 1."""
        return self._trainers[0].steps_per_execution(seconds / len(self._trainers))
