"""The next value of a series, from windows of it."""

from collections.abc import Callable
from dataclasses import dataclass, field
from functools import cached_property, partial

import numpy as np

from core.experiments.next_value.task import ORIGINS, Pair, Predict, Task
from core.messages import N_, Problem
from core.numeric.sequences.baselines import (
    LinearAutoregression,
    find_period,
    last_value,
    seasonal_drift,
    seasonal_naive,
    windows,
)

HELD_OUT = 0.25  # the last quarter of a series
_LEAST_WINDOWS = 16  # to learn from
_MOST_TESTED = 5000  # values of the held-out part
_LONGEST_PERIOD = 400


@dataclass(frozen=True)
class SeriesTask(Task):
    """The next value of a series from the ``steps`` before; the last quarter is held out.

    values: float (n,). period: of its seasons, 0 to find it on the training part.
    Raises Problem if the series is too short or never changes.
    """

    values: np.ndarray
    steps: int
    longest: int
    change: bool = False
    given_period: int = 0
    features: int = field(default=1, init=False)

    def __post_init__(self):
        needed = -(-(self.steps + _LEAST_WINDOWS) // (1 - HELD_OUT))
        if len(self.values) < needed:
            raise Problem(
                N_(
                    "The series has {given} values; to learn from windows of {window}, with the "
                    "last quarter held out, it needs {needed}. Bring a longer one, or choose a "
                    "shorter window."
                ),
                given=len(self.values),
                window=self.steps,
                needed=int(needed),
            )
        if not self.scale > 0:
            raise Problem(N_("The part of the series to learn from has the same value everywhere."))

    @cached_property
    def cut(self) -> int:
        """Where the held-out part begins."""
        return int(len(self.values) * (1 - HELD_OUT))

    @property
    def end(self) -> int:
        """Where the tested part ends."""
        return min(len(self.values), self.cut + _MOST_TESTED)

    @property
    def horizon(self) -> int:
        """Steps of a forecast: as asked, but not beyond half of the held-out part."""
        return max(1, min(self.longest, (self.end - self.cut) // 2))

    @property
    def learned(self) -> np.ndarray:
        """See ``Task``: those before the held-out part."""
        return self.values[: self.cut]

    @cached_property
    def period(self) -> int:
        """Of the seasonal naive forecast."""
        longest = min(_LONGEST_PERIOD, self.cut // 2)
        if 0 < self.given_period <= self.cut:
            return self.given_period
        return find_period(self.learned, longest)

    @cached_property
    def origins(self) -> np.ndarray:
        """Where the forecasts begin, int (origins,)."""
        last = self.end - self.horizon
        return np.unique(np.linspace(self.cut, last, ORIGINS).astype(int))

    @property
    def tested(self) -> np.ndarray:
        """Places of the held-out values, int (n,)."""
        return np.arange(self.cut, self.end)

    def training(self) -> Pair:
        """See ``Task``."""
        places = np.arange(self.steps, self.cut)
        inputs = self._inputs(places)
        targets = (self.values[places] - self.mean) / self.scale
        if self.change:
            targets = targets - (self.values[places - 1] - self.mean) / self.scale
        return inputs, targets[:, None].astype(np.float32)

    def held_out(self) -> Pair:
        """See ``Task``."""
        return self._inputs(self.tested), self.values[self.tested]

    def forecast(self, predict: Predict) -> np.ndarray:
        """See ``Task``."""
        inputs, values = self.origin_inputs(), []
        for _ in range(self.horizon):
            values.append(self.values_of(inputs, predict(inputs)))
            newest = (values[-1] - self.mean) / self.scale
            inputs = np.concatenate(
                [inputs[:, 1:], newest[:, None, None].astype(np.float32)], axis=1
            )
        return np.stack(values, axis=1)

    def origin_inputs(self) -> np.ndarray:
        """See ``Task``."""
        return self._inputs(self.origins)

    def truth(self) -> np.ndarray:
        """See ``Task``."""
        return self.values[self.origins[:, None] + np.arange(self.horizon)]

    @cached_property
    def baselines(self) -> dict[str, Pair]:
        """See ``Task``; the linear equation looks at as many values as the network."""
        linear = LinearAutoregression.fit(self.learned, self.steps)
        forecasts: dict[str, Callable[..., np.ndarray]] = {
            "last_value": last_value,
            "seasonal_naive": partial(
                seasonal_naive,
                period=self.period,
                drift=seasonal_drift(self.learned, self.period),
            ),
            "linear_ar": linear.forecast,
        }
        return {
            name: (
                forecast(self.values, self.tested, 1)[:, 0],
                forecast(self.values, self.origins, self.horizon),
            )
            for name, forecast in forecasts.items()
        }

    def _inputs(self, places: np.ndarray) -> np.ndarray:
        before = windows(self.values, places, self.steps)
        return ((before - self.mean) / self.scale)[..., None].astype(np.float32)
