"""A cell's steps over time, compiled: faster than Keras's on a CPU.

What makes them fast: the input projection of all steps is one product, so is the gradient of each
weight matrix; all steps are one loop compiled by XLA, without an operation to be scheduled between
two products. The way back is derived by hand and reads the gates that the way forward kept.
"""

import os
from collections.abc import Callable, Sequence
from functools import cache
from typing import Any

import tensorflow as tf

from core.models.recurrent.compiled import keep_compiled
from core.models.recurrent.fast_cells import (
    GRUCell,
    LSTMCell,
    RNNCell,
    State,
    Tensor,
    summed_product,
)

keep_compiled()

# Sequences in a batch, of which each half has a thread of its own where there are two: a step's
# product is too small to be shared.
_LARGE = 64


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
        weights: Sequence[Tensor],
        every: bool,
        mask: Tensor = None,
    ) -> tuple[Tensor, State]:
        """The hidden state after the last step, or every (batch, time, units); the last state.

        inputs: float32 (batch, time, features), its time known; state: (batch, units) each.
        weights: kernel, recurrent weights and bias, in Keras's shapes. mask: bool (batch, time);
        where it is False a step changes nothing. None: nowhere.
        """
        batch = inputs.shape[0] or 0
        if batch < _LARGE or batch % 2 or _threads() < 2:
            return self._together(inputs, state, mask, weights, every)
        halves = []
        for half in (slice(batch // 2), slice(batch // 2, batch)):
            part = None if mask is None else mask[half]
            states = [array[half] for array in state]
            halves.append(self._together(inputs[half], states, part, weights, every))
        (first, first_state), (second, second_state) = halves
        pairs = zip(first_state, second_state, strict=True)
        return tf.concat([first, second], 0), tuple(tf.concat(pair, 0) for pair in pairs)

    def _together(
        self,
        inputs: Tensor,
        state: Sequence[Tensor],
        mask: Tensor,
        weights: Sequence[Tensor],
        every: bool,
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

        outputs: Any = run(inputs, *weights, *state)
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
        d_kernel = summed_product(_swapped(inputs), d_projected)
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
