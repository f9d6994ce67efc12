"""How the gradient of a loss flows back through time in the three cells, many networks at once.

Arrays are (sets, batch, ...): sets of weights, and the sequences that each set reads. Products are
the hand-derived ones of ``cell_gradients``, one step of all sets in one call.
Source: Bengio, Simard & Frasconi (1994); Pascanu, Mikolov & Bengio (2013), arXiv:1211.5063.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace

import numpy as np

from core.numeric.recurrent.cell_gradients import Back, backward, step_back
from core.numeric.recurrent.cells import CELLS, State, Weights, cell_with, trace

INITIALISATIONS = ("orthogonal", "glorot", "identity", "normal")


@dataclass(frozen=True)
class Read:
    """What a cell held at each step, ready to be gone through backwards.

    recurrent: (sets, units, gates * units); befores, steps: one entry a step, of arrays
    (sets, batch, units): the state that the step found, and what the step holds by name.
    """

    cell: str
    activation: str
    recurrent: np.ndarray
    befores: list[State]
    steps: list[dict[str, np.ndarray]]

    def back(self, t: int, state: State) -> Back:
        """Step ``t`` backwards, from dL/d of the state after it."""
        return step_back(
            self.cell, self.steps[t], self.befores[t], self.recurrent, state, self.activation
        )

    def first(self) -> "Read":
        """The same of the first sequence of the first set alone."""
        return replace(
            self,
            recurrent=self.recurrent[:1],
            befores=[tuple(part[:1, :1] for part in before) for before in self.befores],
            steps=[{name: part[:1, :1] for name, part in step.items()} for step in self.steps],
        )


def draw_weights(
    cell: str,
    features: int,
    units: int,
    seeds: Sequence[int],
    *,
    initialisation: str = "orthogonal",
    scale: float = 1.0,
    gate_bias: float | None = None,
) -> Weights:
    """Weights as Keras starts them, a set for each seed, behind a first axis.

    initialisation: of the recurrent weights, one of ``INITIALISATIONS``; "orthogonal" and "glorot"
    are Keras's, of the whole matrix (units, gates * units); "identity" and "normal" (of variance
    1 / units) are of each gate's block. scale: multiplies them. gate_bias: of the LSTM's forget
    gate or the GRU's update gate; None is Keras's, 1 and 0.
    """
    width = CELLS[cell].gates * units
    shape = (units, width)
    kernels, recurrents = [], []
    for seed in seeds:
        rng = np.random.default_rng([seed, list(CELLS).index(cell)])
        kernels.append(glorot_uniform(rng, (features, width)))
        recurrents.append(_INITIALISE[initialisation](rng, shape))
    bias = np.zeros((len(kernels), width))
    if cell == "lstm":
        bias[:, units : 2 * units] = 1.0 if gate_bias is None else gate_bias
    elif cell == "gru":
        bias[:, :units] = gate_bias or 0.0
    return Weights(np.stack(kernels), scale * np.stack(recurrents), bias)


def draw_inputs(features: int, length: int, seeds: Sequence[int]) -> np.ndarray:
    """A sequence of standard normal numbers for each seed, (sets, 1, length, features)."""
    return np.stack(
        [np.random.default_rng([seed, 10]).standard_normal((1, length, features)) for seed in seeds]
    )


def draw_readouts(units: int, seeds: Sequence[int]) -> np.ndarray:
    """Weights W of one output o_t = W h_t for each seed, as Keras starts them, (sets, 1, units)."""
    return np.stack(
        [glorot_uniform(np.random.default_rng([seed, 11]), (units, 1)).T for seed in seeds]
    )


def read(cell: str, weights: Weights, inputs: np.ndarray, activation: str = "tanh") -> Read:
    """Every step of each set of weights. inputs: (sets, batch, time, features)."""
    kind = cell_with(cell, activation)
    projected = inputs @ weights.kernel[:, None] + weights.bias[:, None, None]
    shape = (*projected.shape[:2], weights.recurrent.shape[-2])
    state: State = tuple(np.zeros(shape, projected.dtype) for _ in range(kind.states))
    befores, steps = [], []
    with np.errstate(over="ignore", invalid="ignore"):
        for step in kind.steps(projected, state, weights.recurrent):
            befores.append(state)
            steps.append(step._asdict())
            state = step[: kind.states]
    return Read(cell, activation, weights.recurrent, befores, steps)


def gradient_norms(seen: Read, d_last: np.ndarray) -> dict[str, np.ndarray]:
    """|dL/dh_t| and, of an LSTM, |dL/dc_t| for every t: "hidden", "cell" -> (time, sets, batch).

    d_last: dL/dh_T, (sets, batch, units); L depends on the last hidden state alone. Where numbers
    have left the range of floating point, the norms are inf or nan.
    """
    names = list(seen.steps[0])[: CELLS[seen.cell].states]
    states = list(zip(*_backwards(seen, d_last), strict=True))
    return {name: _norm(np.stack(parts[::-1])) for name, parts in zip(names, states, strict=True)}


def gate_path_norms(seen: Read, d_last: np.ndarray) -> np.ndarray:
    """What of the gradient goes along the state alone, by the gate that keeps it, for every t.

    Of an LSTM the norm of dL/dc_T * F_T * ... * F_{t+1}, of a GRU that of dL/dh_T * Z_T * ... *
    Z_{t+1}, (time, sets, batch): without what passes through h, the gates and the candidate.
    """
    gate = {"lstm": "forget_gate", "gru": "update_gate"}[seen.cell]
    state = next(_backwards(seen, d_last))[-1]
    norms = [_norm(state)]
    for step in reversed(seen.steps[1:]):
        state = state * step[gate]
        norms.append(_norm(state))
    return np.stack(norms[::-1])


def relative(norms: np.ndarray) -> np.ndarray:
    """Norms (time, ...) divided by the last one, that of t = T."""
    with np.errstate(divide="ignore", invalid="ignore", over="ignore"):
        return norms / norms[-1]


def horizon_steps(curve: np.ndarray, share: float = 0.01) -> int | None:
    """After how many steps back a curve (time,), 1 at its end, is first below ``share``.

    None if it never is. What is not a number is not below.
    """
    below = np.flatnonzero(curve[::-1] < share)
    return int(below[0]) if len(below) else None


def first_overflow(curves: np.ndarray) -> tuple[int, int]:
    """How many curves (time, sets) leave the range of numbers, and after how many steps back."""
    lost = ~np.isfinite(curves[::-1])
    return int(lost.any(0).sum()), int(np.argmax(lost.any(1)))


def contributions(seen: Read, readout: np.ndarray) -> np.ndarray:
    """How much each step's loss adds to the gradient at each step, of the first set and sequence.

    The loss at every step is the output o_t = W h_t itself: an error of one everywhere.
    readout: W, (units,). Returns |dL_k/dh_t|, (time k, time t), 0 where k < t.
    Source: Cashman, Patterson, Mosca & Chang (2017), RNNbow.
    """
    first, time = seen.first(), len(seen.steps)
    units = len(readout)
    state = tuple(np.zeros((1, time, units)) for _ in range(CELLS[seen.cell].states))
    norms = np.zeros((time, time))
    with np.errstate(over="ignore", invalid="ignore"):
        for t in reversed(range(time)):
            state[0][0, t] += readout
            norms[t:, t] = _norm(state[0][0, t:])
            # Losses before t have no share in what is earlier still: their rows stay empty.
            later = first.back(t, tuple(part[:, t:] for part in state)).before
            state = tuple(np.concatenate([np.zeros((1, t, units)), part], axis=1) for part in later)
    return norms


def gradient_step_norms(
    scales: Sequence[float],
    units: int,
    inputs: np.ndarray,
    seed: int,
    *,
    initialisation: str = "orthogonal",
    activation: str = "tanh",
) -> np.ndarray:
    """The norm of a plain RNN's gradient in all its recurrent layer's weights, (scales,).

    The loss is the mean squared error of the last output against 1 for inputs (batch, time,
    features); the recurrent weights are drawn from ``seed`` and multiplied by each scale.
    """
    readout = draw_readouts(units, [seed])[0, 0]
    drawn = draw_weights("rnn", inputs.shape[-1], units, [seed], initialisation=initialisation)
    kernel, recurrent, bias = (part[0] for part in drawn)
    norms = []
    with np.errstate(over="ignore", invalid="ignore"):
        for scale in scales:
            weights = Weights(kernel, scale * recurrent, bias)
            traced = trace("rnn", inputs, weights, activation=activation)
            hidden = traced.steps["hidden"]
            d_hidden = np.zeros_like(hidden)
            error = hidden[..., -1, :] @ readout - 1
            d_hidden[..., -1, :] = 2 * error[..., None] * readout / error.size
            gradient = backward(traced, d_hidden).weights
            norms.append(_norm(np.concatenate([part.ravel() for part in gradient])))
    return np.array(norms)


def _backwards(seen: Read, d_last: np.ndarray) -> Iterator[State]:
    """dL/d of the state after each step, from the last to the first; the LSTM's c_T included."""
    state = (d_last, *(np.zeros_like(d_last) for _ in range(CELLS[seen.cell].states - 1)))
    with np.errstate(over="ignore", invalid="ignore"):
        for t in reversed(range(len(seen.steps))):
            back = seen.back(t, state)
            names = list(seen.steps[t])[: len(state)]
            yield tuple(back.values[name] for name in names)
            state = back.before


def _norm(vectors: np.ndarray) -> np.ndarray:
    """Lengths along the last axis, without the overflow of squares."""
    largest = np.abs(vectors).max(-1, keepdims=True)
    with np.errstate(invalid="ignore", over="ignore"):
        parts = vectors / np.where(largest > 0, largest, 1)
        return largest[..., 0] * np.sqrt((parts**2).sum(-1))


def glorot_uniform(rng: np.random.Generator, shape: tuple[int, int]) -> np.ndarray:
    """Uniform within sqrt(6 / (inputs + outputs)) of 0. Source: Glorot & Bengio (2010)."""
    limit = np.sqrt(6 / sum(shape))
    return rng.uniform(-limit, limit, shape)


def orthogonal(rng: np.random.Generator, shape: tuple[int, int]) -> np.ndarray:
    """A matrix with orthogonal rows or columns of length 1. Source: Saxe et al. (2014)."""
    tall = rng.standard_normal((max(shape), min(shape)))
    q, r = np.linalg.qr(tall)
    q = q * np.sign(np.diag(r))
    return q if q.shape == shape else q.T


_INITIALISE: dict[str, Callable[[np.random.Generator, tuple[int, int]], np.ndarray]] = {
    "orthogonal": orthogonal,
    "glorot": glorot_uniform,
    "identity": lambda rng, shape: np.tile(np.eye(shape[0]), shape[1] // shape[0]),
    "normal": lambda rng, shape: rng.standard_normal(shape) / np.sqrt(shape[0]),
}


def log10_or_nan(values: np.ndarray) -> np.ndarray:
    """Powers of ten, NaN where there is none: of 0, of what is negative or not finite."""
    with np.errstate(invalid="ignore", divide="ignore"):
        powers = np.log10(values)
    return np.where(np.isfinite(powers), powers, np.nan)
