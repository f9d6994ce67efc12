"""One step of a SimpleRNN, an LSTM or a GRU forwards and back: Keras's equations and weights.

Time is the first axis here. A state is a tuple of (batch, units): hidden, and the LSTM's cell.
Pieces are put side by side before the arithmetic rather than after it: XLA then makes one loop of
it, on whole vectors.
"""

from collections.abc import Callable
from typing import Any

import tensorflow as tf

Tensor = Any  # tf.Tensor, whose operators type checkers do not know
State = tuple[Tensor, ...]

# An activation, and its slope as a function of its output.
ACTIVATIONS: dict[str, tuple[Callable[[Any], Any], Callable[[Any], Any]]] = {
    "tanh": (tf.tanh, lambda output: 1 - output**2),
    "relu": (tf.nn.relu, lambda output: tf.cast(output > 0, output.dtype)),
    "linear": (tf.identity, tf.ones_like),
}


class RNNCell:
    """h_t = activation(x_t U + h_{t-1} V + b_h)."""

    def __init__(self, activation: str = "tanh"):
        self._activation, self._slope = ACTIVATIONS[activation]

    def step(self, projected: Tensor, state: State, recurrent: Tensor) -> tuple[State, State]:
        """The next state, and what else the way back needs.

        projected: (batch, gates * units), the input's share; recurrent: (units, gates * units).
        """
        (hidden,) = state
        return (self._activation(projected + hidden @ recurrent),), ()

    def step_back(
        self, d_after: State, kept: State, before: State, after: State, transposed: Tensor
    ) -> tuple[Tensor, State]:
        """Gradients of what was projected and of the state before, from that of the state after.

        transposed: the recurrent weights, (gates * units, units).
        """
        d_projected = d_after[0] * self._slope(after[0])
        return d_projected, (d_projected @ transposed,)

    def d_recurrent(self, kept: State, before: State, d_projected: Tensor) -> Tensor:
        """The gradient of the recurrent weights, by one product over all steps."""
        return summed_product(before[0], d_projected)


class LSTMCell(RNNCell):
    """c_t = F_t c_{t-1} + I_t tanh(...), h_t = O_t tanh(c_t); gates I, F, candidate, O."""

    def step(self, projected: Tensor, state: State, recurrent: Tensor) -> tuple[State, State]:
        """As in ``RNNCell``."""
        hidden, cell = state
        gates, cell, hidden = lstm_update(projected + hidden @ recurrent, cell)
        return (hidden, cell), (gates,)

    def step_back(
        self, d_after: State, kept: State, before: State, after: State, transposed: Tensor
    ) -> tuple[Tensor, State]:
        """As in ``RNNCell``."""
        d_projected, d_cell = lstm_update_back(kept[0], after[1], before[1], *d_after)
        return d_projected, (d_projected @ transposed, d_cell)


class GRUCell(RNNCell):
    """h_t = Z_t h_{t-1} + (1 - Z_t) tanh(... (R_t h_{t-1}) ...); gates Z, R, candidate."""

    def step(self, projected: Tensor, state: State, recurrent: Tensor) -> tuple[State, State]:
        """As in ``RNNCell``."""
        (hidden,) = state
        units = hidden.shape[-1]
        both = _sigmoid(projected[:, : 2 * units] + hidden @ recurrent[:, : 2 * units])
        update_gate, reset_gate = tf.split(both, 2, -1)
        candidate = tf.tanh(
            projected[:, 2 * units :] + (reset_gate * hidden) @ recurrent[:, 2 * units :]
        )
        hidden = update_gate * hidden + (1 - update_gate) * candidate
        return (hidden,), (both, candidate)

    def step_back(
        self, d_after: State, kept: State, before: State, after: State, transposed: Tensor
    ) -> tuple[Tensor, State]:
        """As in ``RNNCell``."""
        (d_hidden,), (both, candidate), (hidden,) = d_after, kept, before
        units = hidden.shape[-1]
        update_gate, reset_gate = tf.split(both, 2, -1)
        d_candidate = d_hidden * (1 - update_gate) * (1 - candidate**2)
        d_read = d_candidate @ transposed[2 * units :]  # of R_t h_{t-1}
        d_gates = tf.concat([d_hidden * (hidden - candidate), d_read * hidden], -1)
        d_both = d_gates * both * (1 - both)
        d_before = d_hidden * update_gate + d_read * reset_gate + d_both @ transposed[: 2 * units]
        return tf.concat([d_both, d_candidate], -1), (d_before,)

    def d_recurrent(self, kept: State, before: State, d_projected: Tensor) -> Tensor:
        """As in ``RNNCell``."""
        units = before[0].shape[-1]
        read = kept[0][:, :, units:] * before[0]
        of_gates = summed_product(before[0], d_projected[:, :, : 2 * units])
        of_candidate = summed_product(read, d_projected[:, :, 2 * units :])
        return tf.concat([of_gates, of_candidate], -1)


def lstm_update(summed: Tensor, cell: Tensor) -> tuple[Tensor, Tensor, Tensor]:
    """The gates (batch, 4 * units), the cell and the hidden state after an LSTM's step.

    summed: (batch, 4 * units), what flows into the gates; cell: (batch, units), before.
    """
    half = tf.repeat(tf.constant([0.5, 0.5, 1.0, 0.5]), cell.shape[-1])
    gates = tf.tanh(summed * half) * half + (1 - half)  # sigmoid(x) = tanh(x / 2) / 2 + 1 / 2
    i, f, g, o = tf.split(gates, 4, -1)
    cell = f * cell + i * g
    return gates, cell, o * tf.tanh(cell)


def lstm_update_back(
    gates: Tensor, cell: Tensor, cell_before: Tensor, d_hidden: Tensor, d_cell: Tensor
) -> tuple[Tensor, Tensor]:
    """Gradients of what flowed into the gates (batch, 4 * units), and of the cell before."""
    i, f, g, o = tf.split(gates, 4, -1)
    tanh_cell = tf.tanh(cell)
    d_cell = d_cell + d_hidden * o * (1 - tanh_cell**2)
    d_gates = tf.concat([d_cell * g, d_cell * cell_before, d_cell * i, d_hidden * tanh_cell], -1)
    # The slope is y (1 - y) for a sigmoid's output y, (1 + y) (1 - y) for a tanh's.
    one_if_tanh = tf.repeat(tf.constant([0.0, 0.0, 1.0, 0.0]), cell.shape[-1])
    return d_gates * (gates + one_if_tanh) * (1 - gates), d_cell * f


def _sigmoid(x: Tensor) -> Tensor:
    """1 / (1 + exp(-x)) by tanh, which XLA computes faster."""
    return 0.5 * tf.tanh(0.5 * x) + 0.5


def summed_product(left: Tensor, right: Tensor) -> Tensor:
    """Sum over time and batch of the outer products; (time, batch, m) and (time, batch, n)."""
    rows = [tf.reshape(a, (-1, a.shape[-1])) for a in (left, right)]
    return tf.matmul(*rows, transpose_a=True)
