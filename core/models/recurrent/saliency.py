"""What a trained network looked at: how its answer would change with each step of its input."""

import weakref
from collections.abc import Callable
from typing import Any

import keras
import numpy as np
import tensorflow as tf

_compiled: "weakref.WeakKeyDictionary[Any, Any]" = weakref.WeakKeyDictionary()


def input_gradients(
    model: keras.Model, inputs: np.ndarray, outputs: int | np.ndarray = 0
) -> np.ndarray:
    """The gradient of one output of ``model`` with respect to each number of its input.

    inputs: float (batch, steps, features). outputs: which output, for all or int (batch,).
    Returns float32 (batch, steps, features); dropout is off.
    Source: Simonyan, Vedaldi & Zisserman (2013), arXiv:1312.6034, section 3.
    """
    chosen = np.broadcast_to(np.asarray(outputs, np.int32), len(inputs))
    function = _compiled.get(model)
    if function is None:
        function = _compiled[model] = _gradients_of(weakref.ref(model))
    return function(tf.constant(inputs, tf.float32), tf.constant(chosen)).numpy()


def _gradients_of(reference: Callable[[], Any]) -> Any:
    @tf.function(reduce_retracing=True)
    def gradients(inputs: tf.Tensor, chosen: tf.Tensor) -> Any:
        with tf.GradientTape() as tape:
            tape.watch(inputs)
            answers = tf.gather(reference()(inputs, training=False), chosen, axis=1, batch_dims=1)
        return tape.gradient(answers, inputs)

    return gradients
