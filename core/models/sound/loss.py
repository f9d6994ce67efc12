"""The loss of a network that answers with the mean of its outputs."""

from collections.abc import Callable
from typing import Any

import keras
import tensorflow as tf

from core.numeric.sound.hearing import STEPS


def heard_loss(classes: int, smoothing: float) -> Callable[[Any, Any], Any]:
    """The mean cross-entropy (nats) of the answers, as a function of targets and outputs.

    Targets: float32 (batch, 2), the class and the number of steps of each word; outputs: logits
    (batch, STEPS, classes), of which the mean over a word's own steps is the answer.
    smoothing: share of the truth that is spread over all classes (Szegedy et al. 2016,
    arXiv:1512.00567).
    """

    def loss(targets: Any, outputs: Any) -> Any:
        return listening_loss(targets, outputs, classes, smoothing)

    return loss


def listening_loss(targets: Any, outputs: Any, classes: int, smoothing: float) -> Any:
    """As ``heard_loss``."""
    steps = targets[:, 1:]
    heard = tf.cast(tf.range(STEPS, dtype=tf.float32)[None] < steps, tf.float32)
    answers = tf.reduce_sum(outputs * heard[..., None], 1) / steps
    truth = tf.one_hot(tf.cast(targets[:, 0], tf.int32), classes)
    truth = (1 - smoothing) * truth + smoothing / classes
    surprise: Any = keras.losses.categorical_crossentropy(truth, answers, from_logits=True)
    return tf.reduce_mean(surprise)
