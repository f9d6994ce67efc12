"""How much a cell's Jacobians, and their product along a sequence, can stretch a gradient."""

from collections.abc import Sequence

import numpy as np

from core.numeric.recurrent.cells import CELLS
from core.numeric.recurrent.gradient_flow import Read

_SWEEPS = 8  # of the singular values' iteration, see there
_NEAR = 16.0  # natural logarithms: within 1e-7 of the largest, a decomposition tells 1e-9 of it
_TINY, _HUGE = 1e-300, 1e30
_ZERO = 1e-13  # of a step's largest: what is smaller is the rounding of a zero


def largest_singular_value(matrices: np.ndarray) -> np.ndarray:
    """The largest singular value of matrices (..., m, n): how much they can stretch a vector."""
    return np.linalg.norm(matrices, 2, axis=(-2, -1))


def spectral_radius(matrices: np.ndarray) -> np.ndarray:
    """The largest modulus of the eigenvalues of matrices (..., n, n)."""
    return np.abs(np.linalg.eigvals(matrices)).max(-1)


def rnn_bound(recurrent: np.ndarray, steps: int) -> np.ndarray:
    """An upper bound of |dL/dh_t| / |dL/dh_T| of a plain RNN for 0 to ``steps`` steps back.

    The largest singular value of V, times the largest slope of tanh, ReLU or linear, which is 1, to
    the power of the steps; recurrent: (..., units, units); returns (steps + 1, ...).
    Source: Pascanu et al. (2013), section 2.1.
    """
    factor = largest_singular_value(recurrent)
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
    first = seen.first()
    # Any orthogonal start has the same singular values; this one favours no direction.
    basis = np.linalg.qr(np.random.default_rng(0).standard_normal((size, size)))[0]
    logs, upper, wanted = np.zeros(size), np.eye(size), set(back)
    kept: dict[int, tuple[np.ndarray, np.ndarray]] = {}
    rank, ranks = size, []
    for step in range(1, max(back) + 1):
        rows = tuple(basis.T[None, :, n * units : (n + 1) * units] for n in range(kind.states))
        passed = first.back(len(first.steps) - step, rows).before
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
    values = np.full((len(back), size), np.nan)
    if kept:
        places = [i for i, step in enumerate(back) if step in kept]
        values[places] = _log_singular_values(
            *(np.stack(part) for part in zip(*kept.values(), strict=True))
        )
        for place, known in zip(places, ranks, strict=True):
            values[place, known:] = -np.inf
    return values


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
    swept = -np.sort(-logs, axis=-1)
    values = np.where(from_below < low + _NEAR, from_below, swept)
    return np.where(from_above > high - _NEAR, from_above, values)


def _times(
    triangle: np.ndarray, logs: np.ndarray, upper: np.ndarray
) -> tuple[np.ndarray, np.ndarray]:
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
