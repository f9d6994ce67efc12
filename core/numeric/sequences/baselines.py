"""Forecasts that any network has to beat: the last value, the last season, a linear equation.

``forecast(values, origins, horizon)``: values is a series, float (n,); origins are the places where
a forecast begins, int (k,): it may look at ``values[:origin]`` and tells the next ``horizon``
values, of which the first is that of ``values[origin]``. Returns float (k, horizon).
"""

from dataclasses import dataclass

import numpy as np


def last_value(values: np.ndarray, origins: np.ndarray, horizon: int) -> np.ndarray:
    """The last value that was seen, again and again."""
    return np.repeat(values[np.asarray(origins) - 1, None], horizon, axis=1).astype(float)


def seasonal_naive(
    values: np.ndarray, origins: np.ndarray, horizon: int, period: int, drift: float = 0.0
) -> np.ndarray:
    """The value of one period before; beyond a period, of the last season that was seen.

    drift: what is added for each period that lies between.
    Raises ValueError if an origin has no whole period before it.
    Source: Hyndman & Athanasopoulos, Forecasting: Principles and Practice, 5.2.
    """
    origins = np.asarray(origins)
    if len(origins) and origins.min() < period:
        raise ValueError(f"a period of {period} does not fit before {origins.min()}")
    ahead = np.arange(horizon)
    return values[origins[:, None] - period + ahead % period] + drift * (1.0 + ahead // period)


def seasonal_drift(training: np.ndarray, period: int) -> float:
    """What a period brings in the mean; 0 where that may be chance or there are no seasons.

    By chance is what lies within two standard errors, as many changes as there are whole periods.
    """
    changes = training[period:] - training[:-period]
    periods = len(changes) // period
    if period < 2 or periods < 2:
        return 0.0
    drift = float(changes.mean())
    return drift if abs(drift) > 2 * float(changes.std()) / np.sqrt(periods - 1) else 0.0


@dataclass(frozen=True)
class LinearRule:
    """An affine rule: inputs, float (n, k), to ``inputs @ weights + constant``, float (n,)."""

    weights: np.ndarray
    constant: float

    @classmethod
    def fit(cls, inputs: np.ndarray, targets: np.ndarray) -> "LinearRule":
        """The rule of least squares; among equals the one of the smallest weights."""
        centre, mean = inputs.mean(0), float(targets.mean())
        weights = np.linalg.lstsq(inputs - centre, targets - mean, rcond=1e-9)[0]
        return cls(weights, mean - float(centre @ weights))

    def __call__(self, inputs: np.ndarray) -> np.ndarray:
        """What the rule says of each row."""
        return inputs @ self.weights + self.constant


@dataclass(frozen=True)
class LinearAutoregression:
    """x_t = c + a_1 x_{t-order} + ... + a_order x_{t-1}, fitted by least squares."""

    rule: LinearRule

    @classmethod
    def fit(cls, training: np.ndarray, order: int) -> "LinearAutoregression":
        """The equation that fits ``training``, float (n,), best, with ``order`` values before."""
        before = windows(training, np.arange(order, len(training)), order)
        return cls(LinearRule.fit(before, training[order:]))

    @property
    def order(self) -> int:
        """How many values it looks back."""
        return len(self.rule.weights)

    def forecast(self, values: np.ndarray, origins: np.ndarray, horizon: int) -> np.ndarray:
        """As all forecasts here; beyond one step it goes on from its own answers."""
        before = windows(values, origins, self.order)
        forecasts = []
        for _ in range(horizon):
            forecasts.append(self.rule(before))
            before = np.column_stack([before[:, 1:], forecasts[-1]])
        return np.stack(forecasts, axis=1)


def windows(values: np.ndarray, origins: np.ndarray, length: int) -> np.ndarray:
    """The ``length`` values before each origin, float (origins, length)."""
    return values[np.asarray(origins)[:, None] - length + np.arange(length)].astype(float)


def rmse(forecast: np.ndarray, truth: np.ndarray, axis: int | None = None) -> np.ndarray:
    """Root of the mean squared error, over everything or over an axis."""
    return np.sqrt(np.mean((forecast - truth) ** 2, axis=axis))


def find_period(training: np.ndarray, longest: int) -> int:
    """The period from 2 to ``longest`` whose seasonal forecast errs least on ``training``.

    The trend does not count: of what a period brought, the mean over all periods is taken off. 1 if
    none errs less than the last value does; the shortest of those that do equally well.
    """
    errors = []
    for period in range(1, longest + 1):
        changes = training[period:] - training[:-period]
        # What is taken off was fitted to as many values as are judged by it.
        errors.append(float(np.var(changes)) * len(changes) / max(1, len(changes) - 1))
    best = min(errors)
    near = best + 1e-9 * float(np.var(training))
    return next(period for period, error in enumerate(errors, 1) if error <= near)
