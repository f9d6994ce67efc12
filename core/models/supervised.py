"""Training on inputs and targets in compiled calls that are as long as one wishes."""

import time
from collections.abc import Callable, Sequence
from functools import partial
from typing import Any

import keras
import numpy as np
import tensorflow as tf

from core.models.adam import FusedAdam

_SMALL_BATCH = 32  # of which a prediction would take too many

Arrays = np.ndarray | Sequence[np.ndarray]
Tensor = Any  # TensorFlow's types do not know Keras's


def _cross_entropy(targets: Tensor, outputs: Tensor) -> Tensor:
    return keras.losses.sparse_categorical_crossentropy(targets, outputs, from_logits=True)


_LOSSES = {
    "mse": keras.losses.mean_squared_error,
    "crossentropy": _cross_entropy,
    "crossentropy_of_probabilities": keras.losses.sparse_categorical_crossentropy,
}


class Trainer:
    """Training of ``model`` in the steps that Keras's ``fit`` would make with the same batches.

    loss: "mse", "crossentropy" (of class numbers, from logits), "crossentropy_of_probabilities",
    or a function of (targets, outputs) that gives the scalar itself. The optimizer is Adam with
    Keras's settings. clip_norm: bound of the gradient's global norm, 0 for none. weight_decay: by
    which each weight shrinks, times the rate, in a step (Loshchilov & Hutter 2019).

    train_s: seconds that were spent in steps, tracing included.
    """

    def __init__(
        self,
        model: keras.Model,
        loss: str | Callable[[Any, Any], Any],
        *,
        clip_norm: float = 0.0,
        weight_decay: float = 0.0,
    ):
        self.model = model
        self.train_s = 0.0
        self._optimizer = FusedAdam(
            0.0, global_clipnorm=clip_norm or None, weight_decay=weight_decay or None
        )
        self._optimizer.build(model.trainable_variables)
        self._loss = loss
        self._compiled: dict[Any, Any] = {}
        self._forward = tf.function(partial(model, training=False), autograph=False)
        self._step_s: dict[Any, float] = {}
        self._last: Any = None

    def steps(
        self, inputs: Arrays, targets: np.ndarray, rate: float, weights: np.ndarray | None = None
    ) -> np.ndarray:
        """Learn from batch after batch in one compiled call; returns their losses, (batches,).

        inputs: (batches, batch, ...), or a list of such; targets: (batches, batch, ...). weights:
        what each loss counts, of the targets' shape or its first axes; a batch's loss is then the
        weighted mean. Losses are those before the batch's step.
        """
        began = time.perf_counter()
        arrays = [tf.constant(a) for a in (*_listed(inputs), targets)]
        if weights is not None:
            arrays.append(tf.constant(weights, tf.float32))
        key = (weights is None, *((a.shape[1:], a.dtype) for a in arrays))
        first = key not in self._compiled
        if first:
            self._compiled[key] = self._compile(arrays, weights is not None)
        self._optimizer.learning_rate = rate
        losses = self._compiled[key](*arrays).numpy()
        took = time.perf_counter() - began
        self.train_s += took
        if not first:
            self._step_s[key] = took / max(1, len(losses))
        self._last = key
        return losses

    def steps_per_execution(self, seconds: float = 0.15) -> int:
        """How many batches like the last fit into a compiled call of so many seconds, >= 1."""
        took = self._step_s.get(self._last)
        return max(1, int(seconds / took)) if took else 1

    def predict(self, inputs: Arrays, batch: int | None = None) -> np.ndarray:
        """What the model gives for inputs, (examples, ...) or a list of such; not trained on.

        batch: how many are computed at once; if None, as many as were trained on at once, for
        which everything is compiled already.
        """
        arrays = [np.asarray(a) for a in _listed(inputs)]
        batch = batch or self._usual_batch()
        parts = []
        for at in range(0, len(arrays[0]), batch):
            part = [a[at : at + batch] for a in arrays]
            given = len(part[0])
            if at:  # a last, smaller batch would be compiled anew
                part = [
                    np.concatenate([p, np.zeros_like(a[given:batch])])
                    for p, a in zip(part, arrays, strict=True)
                ]
            tensors = [tf.constant(p) for p in part]
            outputs = self._forward(tensors if len(tensors) > 1 else tensors[0])
            parts.append(np.asarray(outputs)[:given])
        return np.concatenate(parts)

    def _usual_batch(self) -> int:
        trained = self._last[1][0][0] if self._last else 0
        return trained if trained >= _SMALL_BATCH else 256

    def _compile(self, arrays: Sequence[Any], weighted: bool) -> Callable[..., Tensor]:
        signature = [tf.TensorSpec((None, *a.shape[1:]), a.dtype) for a in arrays]

        @tf.function(input_signature=signature, autograph=False)  # which takes time to trace
        def train(*batches: Tensor) -> Tensor:
            count = tf.shape(batches[0])[0]

            def body(i: Tensor, losses: tf.TensorArray) -> tuple[Tensor, tf.TensorArray]:
                loss = self._learn([a[i] for a in batches], weighted)
                return i + 1, losses.write(i, tf.cast(loss, tf.float32))

            losses = tf.TensorArray(tf.float32, count)
            return tf.while_loop(lambda i, _: i < count, body, (0, losses))[1].stack()

        return train

    def _learn(self, batch: list[Tensor], weighted: bool) -> Tensor:
        weights = batch.pop() if weighted else None
        *inputs, targets = batch
        variables = self.model.trainable_variables
        with tf.GradientTape() as tape:
            outputs = self.model(inputs if len(inputs) > 1 else inputs[0], training=True)
            loss = self._reduced(targets, outputs, weights)
        gradients = tape.gradient(loss, variables)
        self._optimizer.apply_gradients(zip(gradients, variables, strict=True))
        return loss

    def _reduced(self, targets: Tensor, outputs: Tensor, weights: Tensor) -> Tensor:
        if callable(self._loss):
            return self._loss(targets, outputs)
        losses = tf.convert_to_tensor(_LOSSES[self._loss](targets, outputs))
        if weights is None:
            return tf.reduce_mean(losses)
        weights = tf.broadcast_to(_with_axes(weights, losses.shape.rank), tf.shape(losses))
        return tf.reduce_sum(weights * losses) / tf.reduce_sum(weights)


def _listed(inputs: Arrays) -> list[np.ndarray]:
    return list(inputs) if isinstance(inputs, list | tuple) else [inputs]  # type: ignore[list-item]


def _with_axes(weights: Tensor, rank: int) -> Tensor:
    for _ in range(rank - weights.shape.rank):
        weights = weights[..., None]
    return weights
