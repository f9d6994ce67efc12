"""The three recurrent cells, one step and over time, as the course writes them.

A cell's step takes the input's share of its gates, ``projected`` = x_t @ kernel + bias, since that
can be computed for all steps at once, and adds the share of the hidden state, h_{t-1} @ recurrent.

| course               | here and in Keras                                           |
|----------------------|-------------------------------------------------------------|
| U (RNN), W (others)  | kernel (features, gates * units)                            |
| V (RNN), U (others)  | recurrent (units, gates * units)                            |
| gate order           | LSTM: input, forget, candidate, output; GRU: update, reset, candidate |
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from functools import partial
from typing import Any, NamedTuple

import numpy as np

from core.numeric.activations import ACTIVATIONS, sigmoid

State = tuple[np.ndarray, ...]


class RNNStep(NamedTuple):
    """What an RNN holds after a step, (..., units) each."""

    hidden: np.ndarray


class LSTMStep(NamedTuple):
    """What an LSTM holds after a step, (..., units) each: h_t and c_t, then the gates."""

    hidden: np.ndarray
    cell: np.ndarray
    forget_gate: np.ndarray
    input_gate: np.ndarray
    output_gate: np.ndarray
    candidate: np.ndarray


class GRUStep(NamedTuple):
    """What a GRU holds after a step, (..., units) each: h_t, then the gates."""

    hidden: np.ndarray
    update_gate: np.ndarray
    reset_gate: np.ndarray
    candidate: np.ndarray


def rnn_step(
    projected: np.ndarray,
    state: State,
    recurrent: np.ndarray,
    activation: Callable[[np.ndarray], np.ndarray] = np.tanh,
) -> RNNStep:
    """h_t = activation(U x_t + V h_{t-1} + b_h).

    projected: (..., units); state: (hidden,), (..., units); recurrent: (units, units).
    """
    (hidden,) = state
    return RNNStep(activation(projected + hidden @ recurrent))


def lstm_step(projected: np.ndarray, state: State, recurrent: np.ndarray) -> LSTMStep:
    """c_t = F_t c_{t-1} + I_t tanh(...) and h_t = O_t tanh(c_t).

    projected: (..., 4 * units); state: (hidden, cell), (..., units) each;
    recurrent: (units, 4 * units). Source: Hochreiter & Schmidhuber (1997); Gers et al. (2000).
    """
    hidden, cell = state
    units = hidden.shape[-1]
    gates = projected + hidden @ recurrent
    both = sigmoid(gates[..., : 2 * units])
    input_gate, forget_gate = both[..., :units], both[..., units:]
    candidate = np.tanh(gates[..., 2 * units : 3 * units])
    output_gate = sigmoid(gates[..., 3 * units :])
    cell = forget_gate * cell + input_gate * candidate
    return LSTMStep(
        output_gate * np.tanh(cell), cell, forget_gate, input_gate, output_gate, candidate
    )


def gru_step(projected: np.ndarray, state: State, recurrent: np.ndarray) -> GRUStep:
    """h_t = Z_t h_{t-1} + (1 - Z_t) tanh(W_h x_t + U_h (R_t h_{t-1}) + b_h).

    projected: (..., 3 * units); state: (hidden,), (..., units); recurrent: (units, 3 * units).
    This is Keras's ``reset_after=False``. Source: Cho et al. (2014), arXiv:1406.1078.
    """
    (hidden,) = state
    units = hidden.shape[-1]
    both = sigmoid(projected[..., : 2 * units] + hidden @ recurrent[..., : 2 * units])
    update_gate, reset_gate = both[..., :units], both[..., units:]
    candidate = np.tanh(
        projected[..., 2 * units :] + (reset_gate * hidden) @ recurrent[..., 2 * units :]
    )
    hidden = update_gate * hidden + (1 - update_gate) * candidate
    return GRUStep(hidden, update_gate, reset_gate, candidate)


@dataclass(frozen=True)
class Cell:
    """A kind of cell: its step, its gates (blocks of units in the weights), its state's arrays."""

    step: Callable[[np.ndarray, State, np.ndarray], Any]
    gates: int
    states: int

    def zero_state(self, *shape: int) -> State:
        """The state before anything was read: float32 zeros of ``shape``, (..., units)."""
        return tuple(np.zeros(shape, np.float32) for _ in range(self.states))

    def steps(
        self, projected: np.ndarray, state: State, recurrent: np.ndarray
    ) -> Iterator[RNNStep | LSTMStep | GRUStep]:
        """Every step along time. projected: (..., time, gates * units)."""
        for t in range(projected.shape[-2]):
            step = self.step(projected[..., t, :], state, recurrent)
            state = step[: self.states]
            yield step

    def over_time(
        self, projected: np.ndarray, state: State, recurrent: np.ndarray
    ) -> tuple[np.ndarray, State]:
        """The hidden state after every step, (..., time, units), and the last state.

        projected: (..., time, gates * units), time >= 1; state: arrays (..., units).
        """
        hidden = np.empty((*projected.shape[:-1], recurrent.shape[0]), projected.dtype)
        for t, step in enumerate(self.steps(projected, state, recurrent)):
            hidden[..., t, :] = step.hidden
            state = step[: self.states]
        return hidden, state

    def read(
        self, inputs: np.ndarray, weights: "Weights", mask: np.ndarray | None = None
    ) -> tuple[np.ndarray, State]:
        """The hidden state after every step, (batch, time, units), from zeros, and the last state.

        inputs: (batch, time, features). mask: bool (batch, time), False where the state is held.
        Source: keras.layers.RNN.
        """
        projected = inputs @ weights.kernel + weights.bias
        state = self.zero_state(len(inputs), len(weights.recurrent))
        if mask is None:
            return self.over_time(projected, state, weights.recurrent)
        hidden = np.empty((*mask.shape, len(weights.recurrent)), projected.dtype)
        for t in range(inputs.shape[1]):
            new = self.step(projected[:, t], state, weights.recurrent)[: self.states]
            real = mask[:, t, None]
            state = tuple(np.where(real, a, b) for a, b in zip(new, state, strict=True))
            hidden[:, t] = state[0]
        return hidden, state


CELLS = {
    "rnn": Cell(rnn_step, gates=1, states=1),
    "lstm": Cell(lstm_step, gates=4, states=2),
    "gru": Cell(gru_step, gates=3, states=1),
}


def cell_with(cell: str, activation: str) -> Cell:
    """The cell of that name; of the RNN with an activation, a key of ``ACTIVATIONS``."""
    if cell != "rnn":
        return CELLS[cell]
    return replace(CELLS[cell], step=partial(rnn_step, activation=ACTIVATIONS[activation]))


class Weights(NamedTuple):
    """A cell's weights in Keras's order and shapes (``layer.get_weights()``).

    kernel: (features, gates * units); recurrent: (units, gates * units); bias: (gates * units,).
    """

    kernel: np.ndarray
    recurrent: np.ndarray
    bias: np.ndarray


@dataclass(frozen=True)
class Trace:
    """All that a cell held while it read a sequence.

    inputs: (..., time, features); start: the state before it, (..., units) each;
    steps: what the cell's step returns, over time: "hidden", "forget_gate" ... ->
    (..., time, units).
    """

    cell: str
    weights: Weights
    activation: str
    inputs: np.ndarray
    start: State
    steps: dict[str, np.ndarray]

    def before(self, name: str) -> np.ndarray:
        """A state ("hidden" or "cell") as each step found it, (..., time, units)."""
        start = self.start[list(self.steps).index(name)]
        values = self.steps[name]
        return np.concatenate([start[..., None, :], values[..., :-1, :]], axis=-2)


def trace(
    cell: str,
    inputs: np.ndarray,
    weights: Weights,
    *,
    activation: str = "tanh",
    start: State | None = None,
) -> Trace:
    """Reads ``inputs``, (..., time, features), and keeps every gate of every step.

    activation: of the RNN, a key of ``core.numeric.activations.ACTIVATIONS``; the others have
    tanh. start: zeros if None.
    Raises ValueError for a sequence of no steps.
    """
    if not inputs.shape[-2]:
        raise ValueError("a sequence has at least one step")
    kind = cell_with(cell, activation)
    projected = inputs @ weights.kernel + weights.bias
    if start is None:
        shape = (*inputs.shape[:-2], weights.recurrent.shape[0])
        start = tuple(np.zeros(shape, projected.dtype) for _ in range(kind.states))
    steps = list(kind.steps(projected, start, weights.recurrent))
    over_time = {
        name: np.stack([getattr(step, name) for step in steps], axis=-2)
        for name in steps[0]._fields
    }
    return Trace(cell, weights, activation, inputs, start, over_time)
