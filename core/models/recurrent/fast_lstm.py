"""An LSTM layer for long trainings on a CPU: the equations of keras.layers.LSTM, faster.

What makes it fast: the input projection of all steps is one product, the gradient of the recurrent
weights is one product over all steps, the steps are unrolled, the element-wise work is fused by
XLA, and products are taken in bfloat16 (sums and states stay in float32). On a processor with
bfloat16 products it trains two to three times as fast as the Keras layer.
"""

from collections.abc import Callable, Sequence
from typing import Any

import keras
import tensorflow as tf

from core.models.recurrent.compiled import keep_compiled
from core.models.recurrent.fast_cells import State, Tensor, lstm_update, lstm_update_back
from core.models.seeds import glorot, orthogonal

keep_compiled()


class FastLSTM(keras.layers.Layer):
    """LSTM over (batch, time, features) with the state given and returned; time must be static.

    Weights and gate order are those of keras.layers.LSTM. weight_drop: share of the recurrent
    weights set to zero at each call in training (Merity et al. 2018, arXiv:1708.02182, section 2).
    dtype_of_products: "bfloat16", or "float32" for results equal to Keras's to 1e-5.
    """

    def __init__(
        self,
        units: int,
        seed: int = 0,
        weight_drop: float = 0.0,
        dtype_of_products: str = "bfloat16",
        **more: Any,
    ):
        super().__init__(**more)
        self.units = units
        self.weight_drop = weight_drop
        self.dtype_of_products = dtype_of_products
        self._seed = seed
        self._drop = keras.layers.Dropout(weight_drop, seed=seed)

    def build(self, input_shape: Sequence[int], *_: Any):
        """Make the weights. input_shape: (batch, time, features)."""
        units, features = self.units, input_shape[-1]
        self.kernel = self.add_weight((features, 4 * units), glorot(self._seed), name="kernel")
        self.recurrent_kernel = self.add_weight(
            (units, 4 * units), orthogonal(self._seed + 1), name="recurrent_kernel"
        )
        self.bias = self.add_weight((4 * units,), "zeros", name="bias")
        self.bias.assign(tf.concat([tf.zeros(units), tf.ones(units), tf.zeros(2 * units)], 0))

    def call(
        self, inputs: Tensor, hidden: Tensor, cell: Tensor, training: bool = False
    ) -> tuple[Tensor, Tensor, Tensor]:
        """Hidden states (batch, time, units), and the two states after the last step.

        inputs: (batch, time, features); hidden, cell: (batch, units).
        """
        dtype = self.dtype_of_products
        by_time = tf.transpose(tf.cast(inputs, dtype), (1, 0, 2))
        projected = tf.matmul(by_time, tf.cast(self.kernel, dtype)) + tf.cast(self.bias, dtype)
        recurrent = self._drop(tf.convert_to_tensor(self.recurrent_kernel), training=training)
        outputs: Any = _over_time(projected, tf.cast(recurrent, dtype), hidden, cell)
        hiddens, hidden, cell = outputs  # the decorator takes the gradient away
        return tf.transpose(tf.cast(hiddens, tf.float32), (1, 0, 2)), hidden, cell


@tf.custom_gradient
def _over_time(
    projected: Tensor, recurrent: Tensor, first_hidden: Tensor, first_cell: Tensor
) -> tuple[State, Callable[..., State]]:
    """The LSTM's steps over projected inputs (time, batch, 4 * units), unrolled."""
    dtype = recurrent.dtype
    hidden, cell = tf.cast(first_hidden, dtype), first_cell
    gates, cells, hiddens = [], [first_cell], [hidden]
    for inputs in tf.unstack(projected):
        gate, cell, hidden = _step(tf.matmul(hidden, recurrent), inputs, cell)
        gates.append(gate)
        cells.append(cell)
        hiddens.append(hidden)

    def gradient(d_hiddens: Tensor, d_last_hidden: Tensor, d_cell: Tensor) -> State:
        transposed = tf.transpose(recurrent)
        d_hidden = tf.cast(d_last_hidden, dtype)
        d_projected = []
        for t, d_output in reversed(list(enumerate(tf.unstack(d_hiddens)))):
            d_gates, d_cell = _step_backward(
                gates[t], cells[t + 1], cells[t], d_output, d_hidden, d_cell
            )
            d_hidden = tf.matmul(d_gates, transposed)
            d_projected.append(d_gates)
        d_projected.reverse()
        before, after = tf.concat(hiddens[:-1], 0), tf.concat(d_projected, 0)
        d_recurrent = tf.matmul(before, after, transpose_a=True)
        return tf.stack(d_projected), d_recurrent, tf.cast(d_hidden, tf.float32), d_cell

    return (tf.stack(hiddens[1:]), tf.cast(hidden, tf.float32), cell), gradient


@tf.function(jit_compile=True)
def _step(from_hidden: Tensor, from_input: Tensor, cell: Tensor) -> tuple[Tensor, Tensor, Tensor]:
    dtype = from_hidden.dtype
    summed = tf.cast(from_hidden, tf.float32) + tf.cast(from_input, tf.float32)
    gates, cell, hidden = lstm_update(summed, cell)
    return tf.cast(gates, dtype), cell, tf.cast(hidden, dtype)


@tf.function(jit_compile=True)
def _step_backward(
    gates: Tensor,
    cell: Tensor,
    cell_before: Tensor,
    d_output: Tensor,
    d_hidden: Tensor,
    d_cell: Tensor,
) -> tuple[Tensor, Tensor]:
    d_hidden = tf.cast(d_output, tf.float32) + tf.cast(d_hidden, tf.float32)
    in_float32 = tf.cast(gates, tf.float32)
    d_gates, d_cell = lstm_update_back(in_float32, cell, cell_before, d_hidden, d_cell)
    return tf.cast(d_gates, gates.dtype), d_cell
