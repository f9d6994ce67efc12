"""Adam as Keras has it, each variable's update one operation rather than a dozen."""

from collections.abc import Sequence
from typing import Any

import keras
import tensorflow as tf


class FusedAdam(keras.optimizers.Adam):
    """keras.optimizers.Adam of float32, without AMSGrad: as exact, sooner traced and faster.

    A dozen operations a variable are half of what tracing a small network takes.
    """

    def _backend_update_step(self, grads: Sequence[Any], trainable_variables: Any, rate: Any):
        iterations: Any = self.iterations
        step = tf.cast(iterations.value, tf.float32) + 1.0
        shared = {
            "beta1_power": tf.pow(self.beta_1, step),
            "beta2_power": tf.pow(self.beta_2, step),
            "lr": tf.cast(tf.convert_to_tensor(rate), tf.float32),
            "beta1": self.beta_1,
            "beta2": self.beta_2,
            "epsilon": self.epsilon,
        }
        for gradient, variable in zip(grads, trainable_variables, strict=True):
            place = self._get_variable_index(variable)
            handles = (variable, self._momentums[place], self._velocities[place])
            var, m, v = (each.value.handle for each in handles)
            dense = tf.convert_to_tensor(gradient)  # as Keras: every row of a table moves
            tf.raw_ops.ResourceApplyAdam(var=var, m=m, v=v, grad=dense, **shared)
