"""How the gradient of a loss flows back through time in the three cells, many networks at once.

Arrays are (sets, batch, ...): sets of weights, and the sequences that each set reads. Products are
the hand-derived ones of ``cell_gradients``, one step of all sets in one call.
Source: Bengio, Simard & Frasconi (1994); Pascanu, Mikolov & Bengio (2013), arXiv:1211.5063.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import partial

import numpy as np

from core.numeric.recurrent.cell_gradients import backward, step_back
from core.numeric.recurrent.cells import ACTIVATIONS, CELLS, State, Weights, rnn_step, trace

INITIALISATIONS = ("orthogonal", "glorot", "identity", "normal")
_SWEEPS = 8  # of the singular values' iteration, see there
_NEAR = 16.0  # natural logarithms: within 1e-7 of the largest, a decomposition tells 1e-9 of it
_TINY, _HUGE = 1e-300, 1e30
_ZERO = 1e-13  # of a step's largest: what is smaller is the rounding of a zero


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

    def back(self, t: int, state: State) -> State:
        """dL/d of the state before step ``t``, from dL/d of the state after it."""
        return step_back(
            self.cell, self.steps[t], self.befores[t], self.recurrent, state, self.activation
        ).before


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
        kernels.append(_glorot(rng, (features, width)))
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
    return np.stack([_glorot(np.random.default_rng([seed, 11]), (units, 1)).T for seed in seeds])


def read(cell: str, weights: Weights, inputs: np.ndarray, activation: str = "tanh") -> Read:
    """Every step of each set of weights. inputs: (sets, batch, time, features)."""
    kind = CELLS[cell]
    if cell == "rnn":
        kind = replace(kind, step=partial(rnn_step, activation=ACTIVATIONS[activation]))
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


def largest_singular_value(matrices: np.ndarray) -> np.ndarray:
    """The largest singular value of matrices (..., m, n): how much they can stretch a vector."""
    return np.linalg.norm(matrices, 2, axis=(-2, -1))


def spectral_radius(matrices: np.ndarray) -> np.ndarray:
    """The largest modulus of the eigenvalues of matrices (..., n, n)."""
    return np.abs(np.linalg.eigvals(matrices)).max(-1)


def rnn_bound(recurrent: np.ndarray, steps: int, slope: float = 1.0) -> np.ndarray:
    """An upper bound of |dL/dh_t| / |dL/dh_T| of a plain RNN for 0 to ``steps`` steps back.

    (largest singular value of V times the activation's largest slope) to the power of the steps;
    recurrent: (..., units, units); returns (steps + 1, ...). tanh, ReLU and linear have slope 1.
    Source: Pascanu et al. (2013), section 2.1.
    """
    factor = largest_singular_value(recurrent) * slope
    with np.errstate(over="ignore"):
        return factor ** np.arange(steps + 1).reshape(-1, *np.ones(factor.ndim, int))


def product_singular_values(seen: Read, back: Sequence[int]) -> np.ndarray:
    """Natural logarithms of the singular values of d state_T / d state_t, largest first.

    back: numbers of steps from T back to t, ascending, each at least 1. For the first sequence of
    the first set; returns (len(back), states * units), NaN beyond what has overflowed and -inf for
    those that are zero (a ReLU that is off passes nothing). The product
    of the Jacobians is never multiplied out: what is smaller than its largest singular value by
    1e16 would be rounding noise. It is kept as Q diag(exp(logs)) U, with 1 or -1 on U's diagonal,
    by a QR decomposition a step.
    Source: Benettin et al. (1980) and Dieci, Russell & Van Vleck (1997) for the accumulation.
    """
    kind, units = CELLS[seen.cell], seen.recurrent.shape[-2]
    size = kind.states * units
    first = _first(seen)
    # Any orthogonal start has the same singular values; this one favours no direction.
    basis = np.linalg.qr(np.random.default_rng(0).standard_normal((size, size)))[0]
    logs, upper, wanted = np.zeros(size), np.eye(size), set(back)
    kept: dict[int, tuple[np.ndarray, np.ndarray]] = {}
    rank, ranks = size, []
    for step in range(1, max(back) + 1):
        rows = tuple(basis.T[None, :, n * units : (n + 1) * units] for n in range(kind.states))
        passed = first.back(len(first.steps) - step, rows)
        columns = np.concatenate(passed, -1)[0].T
        if not np.isfinite(columns).all():
            break
        basis, triangle = np.linalg.qr(columns)
        logs, upper = _times(triangle, logs, upper)
        diagonal = np.abs(np.diag(triangle))
        rank = min(rank, int((diagonal > _ZERO * diagonal.max()).sum()))
        if step in wanted:
            kept[step] = (logs, upper)
            ranks.append(rank)
    found = np.full((len(back), size), np.nan)
    if kept:
        places = [i for i, step in enumerate(back) if step in kept]
        found[places] = _log_singular_values(
            *(np.stack(part) for part in zip(*kept.values(), strict=True))
        )
        for place, known in zip(places, ranks, strict=True):
            found[place, known:] = -np.inf
    return found


def contributions(seen: Read, readout: np.ndarray) -> np.ndarray:
    """How much each step's loss adds to the gradient at each step, of the first set and sequence.

    The loss at every step is the output o_t = W h_t itself: an error of one everywhere.
    readout: W, (units,). Returns |dL_k/dh_t|, (time k, time t), 0 where k < t.
    Source: Cashman, Patterson, Mosca & Chang (2017), RNNbow.
    """
    first, time = _first(seen), len(seen.steps)
    units = len(readout)
    state = tuple(np.zeros((1, time, units)) for _ in range(CELLS[seen.cell].states))
    norms = np.zeros((time, time))
    with np.errstate(over="ignore", invalid="ignore"):
        for t in reversed(range(time)):
            state[0][0, t] += readout
            norms[t:, t] = _norm(state[0][0, t:])
            # Losses before t have no share in what is earlier still: their rows stay empty.
            later = first.back(t, tuple(part[:, t:] for part in state))
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
    found = []
    with np.errstate(over="ignore", invalid="ignore"):
        for scale in scales:
            weights = Weights(kernel, scale * recurrent, bias)
            traced = trace("rnn", inputs, weights, activation=activation)
            hidden = traced.steps["hidden"]
            d_hidden = np.zeros_like(hidden)
            error = hidden[..., -1, :] @ readout - 1
            d_hidden[..., -1, :] = 2 * error[..., None] * readout / error.size
            gradient = backward(traced, d_hidden).weights
            found.append(_norm(np.concatenate([part.ravel() for part in gradient])))
    return np.array(found)


def _backwards(seen: Read, d_last: np.ndarray) -> Iterator[State]:
    """dL/d of the state after each step, from the last to the first; the LSTM's c_T included."""
    state = (d_last, *(np.zeros_like(d_last) for _ in range(CELLS[seen.cell].states - 1)))
    with np.errstate(over="ignore", invalid="ignore"):
        for t in reversed(range(len(seen.steps))):
            back = step_back(
                seen.cell,
                seen.steps[t],
                seen.befores[t],
                seen.recurrent,
                state,
                seen.activation,
            )
            names = list(seen.steps[t])[: len(state)]
            yield tuple(back.values[name] for name in names)
            state = back.before


def _first(seen: Read) -> Read:
    return replace(
        seen,
        recurrent=seen.recurrent[:1],
        befores=[tuple(part[:1, :1] for part in before) for before in seen.befores],
        steps=[{name: part[:1, :1] for name, part in step.items()} for step in seen.steps],
    )


def _log_singular_values(logs: np.ndarray, upper: np.ndarray) -> np.ndarray:
    """Of diag(exp(logs)) @ upper, (..., n): in logarithms, largest first.

    Those near the largest by its decomposition, those near the smallest by that of its inverse,
    and what is far from both by sweeps of QR, which converge where values are far apart.
    """
    size = logs.shape[-1]
    for _ in range(_SWEEPS):
        triangles = np.linalg.qr(np.swapaxes(upper, -1, -2))[1]
        logs, upper = _times(triangles, logs, np.eye(size))
    high, low = logs.max(-1, keepdims=True), logs.min(-1, keepdims=True)
    with np.errstate(under="ignore", over="ignore", divide="ignore"):
        large = np.linalg.svd(np.exp(logs - high)[..., None] * upper, compute_uv=False)
        inverse = np.linalg.inv(upper) * np.exp(low - logs)[..., None, :]
        small = 1 / np.linalg.svd(inverse, compute_uv=False)[..., ::-1]
        from_above, from_below = high + np.log(large), low + np.log(small)
    found = -np.sort(-logs, axis=-1)
    found = np.where(from_below < low + _NEAR, from_below, found)
    return np.where(from_above > high - _NEAR, from_above, found)


def _times(triangle, logs, upper):
    """A triangle @ diag(exp(logs)) @ upper in the same form: new logs, new upper part."""
    diagonal = np.diagonal(triangle, axis1=-2, axis2=-1)
    size = np.maximum(np.abs(diagonal), _TINY)
    new_logs = logs + np.log(size)
    # Row i over row i's diagonal, column j against row i's scale: small where the logs descend.
    with np.errstate(over="ignore", invalid="ignore", under="ignore"):
        scaled = triangle / size[..., None]
        scaled = scaled * np.exp(logs[..., None, :] - logs[..., :, None])
        scaled = np.clip(np.nan_to_num(scaled), -_HUGE, _HUGE)
    place = np.arange(logs.shape[-1])
    scaled[..., place, place] = np.where(diagonal < 0, -1.0, 1.0)
    return new_logs, scaled @ upper


def _norm(vectors: np.ndarray) -> np.ndarray:
    """Lengths along the last axis, without the overflow of squares."""
    largest = np.abs(vectors).max(-1, keepdims=True)
    with np.errstate(invalid="ignore", over="ignore"):
        parts = vectors / np.where(largest > 0, largest, 1)
        return largest[..., 0] * np.sqrt((parts**2).sum(-1))


def _glorot(rng, shape) -> np.ndarray:
    limit = np.sqrt(6 / sum(shape))
    return rng.uniform(-limit, limit, shape)


def _orthogonal(rng, shape) -> np.ndarray:
    tall = rng.standard_normal((max(shape), min(shape)))
    q, r = np.linalg.qr(tall)
    q = q * np.sign(np.diag(r))
    return q if q.shape == shape else q.T


def _identity(rng, shape) -> np.ndarray:
    return np.tile(np.eye(shape[0]), shape[1] // shape[0])


def _normal(rng, shape) -> np.ndarray:
    return rng.standard_normal(shape) / np.sqrt(shape[0])


_INITIALISE = {
    "orthogonal": _orthogonal,
    "glorot": _glorot,
    "identity": _identity,
    "normal": _normal,
}


def log10_or_nan(values: np.ndarray) -> np.ndarray:
    """Powers of ten, NaN where there is none: of 0, of what is negative or not finite."""
    with np.errstate(invalid="ignore", divide="ignore"):
        powers = np.log10(values)
    return np.where(np.isfinite(powers), powers, np.nan)
