"""SimpleRNN, LSTM and GRU over time, compiled: Keras's equations and weights, faster on a CPU.

What makes them fast: the input projection of all steps is one product, so is the gradient of each
weight matrix; all steps are one loop compiled by XLA, without an operation to be scheduled between
two products. The way back is derived by hand and reads the gates that the way forward kept.

Time is the first axis here. A state is a tuple of (batch, units): hidden, and the LSTM's cell.
Pieces are put side by side before the arithmetic rather than after it: XLA then makes one loop of
it, on whole vectors.
"""

import os
from collections.abc import Callable, Sequence
from functools import cache
from typing import Any

import tensorflow as tf

from core.models.recurrent.compiled import keep_compiled

# Read when something is compiled for the first time. The third level, XLA's own choice, takes
# longer to compile these loops and makes the LSTM's and the GRU's slower by a tenth.
os.environ.setdefault("XLA_FLAGS", "--xla_backend_optimization_level=2")
keep_compiled()

# Sequences in a batch, of which each half has a thread of its own where there are two: a step's
# product is too small to be shared.
_LARGE = 64

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
        return _summed_product(before[0], d_projected)


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
        of_gates = _summed_product(before[0], d_projected[:, :, : 2 * units])
        of_candidate = _summed_product(read, d_projected[:, :, 2 * units :])
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


class OverTime:
    """A cell's steps over a sequence, with a gradient of its own."""

    def __init__(self, cell: RNNCell):
        self._cell = cell
        self._forwards = tf.function(self._steps, autograph=False, jit_compile=True)
        self._backwards = tf.function(self._steps_back, autograph=False, jit_compile=True)

    def __call__(
        self,
        inputs: Tensor,
        state: Sequence[Tensor],
        kernel: Tensor,
        recurrent: Tensor,
        bias: Tensor,
        every: bool,
        mask: Tensor = None,
    ) -> tuple[Tensor, State]:
        """The hidden state after the last step, or every (batch, time, units); the last state.

        inputs: float32 (batch, time, features), its time known; state: (batch, units) each.
        mask: bool (batch, time); where it is False a step changes nothing. None: nowhere.
        """
        weights = kernel, recurrent, bias
        batch = inputs.shape[0] or 0
        if batch < _LARGE or batch % 2 or _threads() < 2:
            return self._together(inputs, state, *weights, every, mask)
        halves = [
            self._together(
                inputs[half],
                [part[half] for part in state],
                *weights,
                every,
                None if mask is None else mask[half],
            )
            for half in (slice(batch // 2), slice(batch // 2, batch))
        ]
        (first, first_state), (second, second_state) = halves
        pairs = zip(first_state, second_state, strict=True)
        return tf.concat([first, second], 0), tuple(tf.concat(pair, 0) for pair in pairs)

    def _together(
        self,
        inputs: Tensor,
        state: Sequence[Tensor],
        kernel: Tensor,
        recurrent: Tensor,
        bias: Tensor,
        every: bool,
        mask: Tensor,
    ) -> tuple[Tensor, State]:
        read: Any = None
        if mask is not None:  # float32 (time, batch, 1)
            read = tf.expand_dims(tf.cast(tf.transpose(mask), tf.float32), -1)

        @tf.custom_gradient
        def run(*arguments: Tensor) -> tuple[State, Callable[..., State]]:
            # Else a tape outside looks into the compiled loop, which it cannot.
            inputs, kernel, recurrent, bias, *first = map(tf.stop_gradient, arguments)
            first = tuple(first)
            hiddens, last, kept, states = self._forwards(
                inputs, kernel, recurrent, bias, first, read
            )

            def gradient(*d_outputs: Tensor) -> State:
                d_hiddens = d_outputs[0] if every else None
                d_last = d_outputs[-len(first) :]
                d_projected, d_kernel, d_recurrent, d_bias, d_first = self._backwards(
                    inputs, recurrent, first, kept, states, d_hiddens, d_last, read
                )
                # Out here, where it is left out if nobody asks for it.
                d_inputs = _swapped(tf.tensordot(d_projected, kernel, [[2], [1]]))
                return d_inputs, d_kernel, d_recurrent, d_bias, *d_first

            return (hiddens, *last) if every else tuple(last), gradient

        outputs: Any = run(inputs, kernel, recurrent, bias, *state)
        return outputs[0], tuple(outputs[-len(state) :])

    def _steps(
        self,
        inputs: Tensor,
        kernel: Tensor,
        recurrent: Tensor,
        bias: Tensor,
        first: State,
        read: Tensor,
    ) -> tuple[Tensor, State, State, State]:
        projected = tf.tensordot(_swapped(inputs), kernel, 1) + bias
        time = projected.shape[0]
        state, kept = self._cell.step(projected[0], first, recurrent)  # for the shapes
        arrays = [_array(time, value.shape) for value in (*state, *kept)]

        def body(t: Tensor, state: State, arrays: list[Any]) -> tuple[Tensor, State, list[Any]]:
            before = state
            state, kept = self._cell.step(projected[t], state, recurrent)
            if read is not None:
                pairs = zip(state, before, strict=True)
                state = tuple(read[t] * new + (1 - read[t]) * old for new, old in pairs)
            written = zip(arrays, (*state, *kept), strict=True)
            return t + 1, state, [array.write(t, value) for array, value in written]

        _, last, arrays = tf.while_loop(
            lambda t, *_: t < time, body, (0, first, arrays), maximum_iterations=time
        )
        stacked = tuple(array.stack() for array in arrays)
        states, kept = stacked[: len(first)], stacked[len(first) :]
        return _swapped(states[0]), last, kept, states

    def _steps_back(
        self,
        inputs: Tensor,
        recurrent: Tensor,
        first: State,
        kept: State,
        states: State,
        d_hiddens: Tensor,
        d_last: State,
        read: Tensor,
    ) -> tuple[Tensor, Tensor, Tensor, Tensor, State]:
        before = tuple(
            tf.concat([one[None], many[:-1]], 0) for one, many in zip(first, states, strict=True)
        )
        d_each = None if d_hiddens is None else _swapped(d_hiddens)
        transposed = tf.transpose(recurrent)
        time = states[0].shape[0]

        def body(t: Tensor, d_state: State, d_projected: Any) -> tuple[Tensor, State, Any]:
            if d_each is not None:
                d_state = (d_state[0] + d_each[t], *d_state[1:])
            kept_t, before_t, after_t = (
                tuple(array[t] for array in arrays) for arrays in (kept, before, states)
            )
            passed = None
            if read is not None:  # what flows past a step that changed nothing
                passed = tuple((1 - read[t]) * d for d in d_state)
                d_state = tuple(read[t] * d for d in d_state)
            here, d_state = self._cell.step_back(d_state, kept_t, before_t, after_t, transposed)
            if passed is not None:
                d_state = tuple(d + past for d, past in zip(d_state, passed, strict=True))
            return t - 1, d_state, d_projected.write(t, here)

        array = _array(time, (first[0].shape[0], recurrent.shape[1]))
        _, d_first, array = tf.while_loop(
            lambda t, *_: t >= 0, body, (time - 1, tuple(d_last), array), maximum_iterations=time
        )
        d_projected = array.stack()
        d_kernel = _summed_product(_swapped(inputs), d_projected)
        d_recurrent = self._cell.d_recurrent(kept, before, d_projected)
        return d_projected, d_kernel, d_recurrent, tf.reduce_sum(d_projected, (0, 1)), d_first


def _threads() -> int:
    """How many operations TensorFlow may compute side by side."""
    return int(os.environ.get("TF_NUM_INTEROP_THREADS") or os.cpu_count() or 1)


@cache
def over_time(cell: str, activation: str) -> OverTime:
    """The compiled steps of "rnn", "lstm" or "gru", shared by all layers of their kind."""
    if cell == "rnn":
        return OverTime(RNNCell(activation))
    return OverTime({"lstm": LSTMCell, "gru": GRUCell}[cell]())


def _swapped(sequences: Tensor) -> Tensor:
    """(batch, time, features) to (time, batch, features), or the other way."""
    return tf.transpose(sequences, (1, 0, 2))


def _array(time: int, shape: Sequence[int]) -> tf.TensorArray:
    return tf.TensorArray(tf.float32, time, element_shape=shape)


def _summed_product(left: Tensor, right: Tensor) -> Tensor:
    """Sum over time and batch of the outer products; (time, batch, m) and (time, batch, n)."""
    rows = [tf.reshape(a, (-1, a.shape[-1])) for a in (left, right)]
    return tf.matmul(*rows, transpose_a=True)
