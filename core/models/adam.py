"""Adam as Keras has it, each variable's update one operation rather than a dozen."""

from collections.abc import Sequence
from typing import Any

import keras
import tensorflow as tf


class FusedAdam(keras.optimizers.Adam):
    """keras.optimizers.Adam without AMSGrad, of one precision: as exact, sooner traced and faster.

    A dozen operations a variable are half of what tracing a small network takes.
    """

    def _backend_update_step(self, grads: Sequence[Any], trainable_variables: Any, rate: Any):
        iterations: Any = self.iterations
        exact = trainable_variables[0].dtype
        step = tf.cast(iterations.value, exact) + 1.0
        beta1, beta2 = (tf.constant(beta, exact) for beta in (self.beta_1, self.beta_2))
        shared = {
            "beta1_power": tf.pow(beta1, step),
            "beta2_power": tf.pow(beta2, step),
            "lr": tf.cast(tf.convert_to_tensor(rate), exact),
            "beta1": beta1,
            "beta2": beta2,
            "epsilon": tf.constant(self.epsilon, exact),
        }
        for gradient, variable in zip(grads, trainable_variables, strict=True):
            place = self._get_variable_index(variable)
            handles = (variable, self._momentums[place], self._velocities[place])
            var, m, v = (each.value.handle for each in handles)
            dense = tf.convert_to_tensor(gradient)  # as Keras: every row of a table moves
            tf.raw_ops.ResourceApplyAdam(var=var, m=m, v=v, grad=dense, **shared)
