"""The backward pass of the three recurrent cells, derived by hand.

Each step is the chain rule over the lines of ``cells``, read from the last to the
first: what reaches h_t and c_t goes to the gates, through their slopes to the sums inside them, and
from these to the input, the weights and the state before. Source: Werbos (1990), backpropagation
through time.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np

from core.numeric.recurrent.cells import State, Trace, Weights

_Step = Mapping[str, np.ndarray]  # what a cell held after a step, by name


@dataclass(frozen=True)
class Gradients:
    """The derivatives of a loss with respect to all that a cell read, has and held.

    inputs: (..., time, features). weights: as those of the cell, summed over the batch.
    start: of the state before the sequence, (..., units) each. steps: of everything that the trace
    holds, by the same names, (..., time, units); those of "hidden" and "cell" are total: through
    the output at this step and through all later steps.
    """

    inputs: np.ndarray
    weights: Weights
    start: State
    steps: dict[str, np.ndarray]


class Back(NamedTuple):
    """What one step hands back. sums: dL/d of the sums inside the gates, in Keras's order.

    before: dL/d of the state before, (..., units) each; values: dL/d of what the step held, by
    name.
    """

    sums: np.ndarray
    before: State
    values: dict[str, np.ndarray]


def backward(trace: Trace, d_hidden: np.ndarray) -> Gradients:
    """All gradients of a loss, given its gradient on each step's h_t alone.

    d_hidden: (..., time, units): dL/dh_t through the output at step t, not through later steps;
    for a loss on the last step it is zero before. Raises ValueError if the shape differs.
    """
    hidden = trace.steps["hidden"]
    if d_hidden.shape != hidden.shape:
        raise ValueError(f"d_hidden has shape {d_hidden.shape}, h_t has {hidden.shape}")
    names = list(trace.steps)[: len(trace.start)]
    befores = [trace.before(name) for name in names]
    state: State = tuple(np.zeros_like(array) for array in trace.start)
    sums = []
    steps: dict[str, list[np.ndarray]] = {name: [] for name in trace.steps}
    for t in reversed(range(hidden.shape[-2])):
        step = step_back(
            trace.cell,
            {name: values[..., t, :] for name, values in trace.steps.items()},
            tuple(before[..., t, :] for before in befores),
            trace.weights.recurrent,
            (state[0] + d_hidden[..., t, :], *state[1:]),
            trace.activation,
        )
        for name, values in steps.items():
            values.append(step.values[name])
        sums.append(step.sums)
        state = step.before
    d_sums = np.stack(sums[::-1], axis=-2)
    width = d_sums.shape[-1]
    over_time = {name: np.stack(values[::-1], axis=-2) for name, values in steps.items()}
    return Gradients(
        d_sums @ trace.weights.kernel.T,
        Weights(
            _outer(trace.inputs, d_sums),
            _recurrent_gradient(trace, befores[0], d_sums),
            d_sums.reshape(-1, width).sum(0),
        ),
        state,
        over_time,
    )


def step_back(
    cell: str,
    step: _Step,
    before: State,
    recurrent: np.ndarray,
    state: State,
    activation: str = "tanh",
) -> Back:
    """One step of ``cell`` backwards: the product of dL/d state with the step's Jacobian.

    step: what it held, by name, (..., units); before: the state that it found; recurrent:
    (units, gates * units), or a stack of such that broadcasts as in a matrix product; state: dL/d
    of the state after it, through everything later and this step's output; activation: of the RNN.
    """
    if cell == "rnn":
        return _rnn_back(step, recurrent, state, activation)
    return (_lstm_back if cell == "lstm" else _gru_back)(step, before, recurrent, state)


def _outer(left: np.ndarray, right: np.ndarray) -> np.ndarray:
    """The sum over all axes but the last of the outer products of vectors."""
    return left.reshape(-1, left.shape[-1]).T @ right.reshape(-1, right.shape[-1])


def _recurrent_gradient(trace: Trace, before: np.ndarray, d_sums: np.ndarray) -> np.ndarray:
    if trace.cell != "gru":
        return _outer(before, d_sums)
    gates = 2 * before.shape[-1]
    kept = trace.steps["reset_gate"] * before
    return np.concatenate(
        [_outer(before, d_sums[..., :gates]), _outer(kept, d_sums[..., gates:])], axis=1
    )


def _rnn_back(step: _Step, recurrent: np.ndarray, state: State, activation: str) -> Back:
    (d_hidden,) = state
    d_sum = d_hidden * _SLOPES[activation](step["hidden"])
    return Back(d_sum, (d_sum @ recurrent.mT,), {"hidden": d_hidden})


def _lstm_back(step: _Step, before: State, recurrent: np.ndarray, state: State) -> Back:
    d_hidden, d_cell = state
    i, f, o, g = (step[n] for n in ("input_gate", "forget_gate", "output_gate", "candidate"))
    shown = np.tanh(step["cell"])
    d_cell = d_cell + d_hidden * o * (1 - shown**2)
    d_i, d_f, d_g, d_o = d_cell * g, d_cell * before[1], d_cell * i, d_hidden * shown
    d_sums = np.concatenate(
        [d_i * i * (1 - i), d_f * f * (1 - f), d_g * (1 - g**2), d_o * o * (1 - o)], axis=-1
    )
    return Back(
        d_sums,
        (d_sums @ recurrent.mT, d_cell * f),
        {
            "hidden": d_hidden,
            "cell": d_cell,
            "forget_gate": d_f,
            "input_gate": d_i,
            "output_gate": d_o,
            "candidate": d_g,
        },
    )


def _gru_back(step: _Step, before: State, recurrent: np.ndarray, state: State) -> Back:
    (d_hidden,) = state
    (hidden,) = before
    z, r, g = (step[n] for n in ("update_gate", "reset_gate", "candidate"))
    gates = 2 * z.shape[-1]
    d_z, d_g = d_hidden * (hidden - g), d_hidden * (1 - z)
    d_g_sum = d_g * (1 - g**2)
    d_kept = d_g_sum @ recurrent[..., gates:].mT  # of R_t h_{t-1}
    d_r = d_kept * hidden
    d_gate_sums = np.concatenate([d_z * z * (1 - z), d_r * r * (1 - r)], axis=-1)
    return Back(
        np.concatenate([d_gate_sums, d_g_sum], axis=-1),
        (d_hidden * z + d_kept * r + d_gate_sums @ recurrent[..., :gates].mT,),
        {"hidden": d_hidden, "update_gate": d_z, "reset_gate": d_r, "candidate": d_g},
    )


# The slope of each of ACTIVATIONS, as a function of the value that it gave.
_SLOPES: dict[str, Callable[[np.ndarray], np.ndarray]] = {
    "tanh": lambda hidden: 1 - hidden**2,
    "relu": lambda hidden: (hidden > 0).astype(hidden.dtype),
    "linear": np.ones_like,
}
