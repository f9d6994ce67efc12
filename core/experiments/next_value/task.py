"""What a network for the next value learns from, whatever the data."""

from abc import ABC, abstractmethod
from collections.abc import Callable
from functools import cached_property

import numpy as np

from core.numeric.sequences.baselines import rmse

BASELINES = ("last_value", "seasonal_naive", "linear_ar")
ORIGINS = 40  # places where a forecast of several steps begins
Predict = Callable[[np.ndarray], np.ndarray]
Pair = tuple[np.ndarray, np.ndarray]


class Task(ABC):
    """Inputs and the values that come next, in the data's own unit.

    Each kind also has steps and features, of the network's input, and horizon, steps of a forecast.
    change: the network tells the change from the last value instead of the value.
    """

    change: bool

    @property
    @abstractmethod
    def learned(self) -> np.ndarray:
        """The values to learn from, which are all that the network's scale is made from."""

    @cached_property
    def mean(self) -> float:
        """Of the values to learn from: value = mean + scale * number."""
        return float(self.learned.mean())

    @cached_property
    def scale(self) -> float:
        """Standard deviation of the values to learn from."""
        return float(self.learned.std())

    @cached_property
    @abstractmethod
    def baselines(self) -> dict[str, Pair]:
        """Of each of BASELINES its answers on the held-out inputs, (n,), and its forecasts."""

    @abstractmethod
    def training(self) -> Pair:
        """Inputs (n, steps, features) and scaled targets (n, 1), float32."""

    @abstractmethod
    def held_out(self) -> Pair:
        """Inputs as in ``training`` and the true next values, float (n,)."""

    @abstractmethod
    def forecast(self, predict: Predict) -> np.ndarray:
        """By a network that goes on from its own answers, (origins, horizon)."""

    @abstractmethod
    def origin_inputs(self) -> np.ndarray:
        """What some forecasts begin with, (some, steps, features)."""

    @abstractmethod
    def truth(self) -> np.ndarray:
        """What came after each origin, (origins, horizon)."""

    def values_of(self, inputs: np.ndarray, outputs: np.ndarray) -> np.ndarray:
        """A network's outputs (n, 1) for inputs as values, float (n,)."""
        scaled = outputs[:, 0] + (inputs[:, -1, 0] if self.change else 0)
        return self.mean + self.scale * scaled.astype(float)

    def baseline_rmse(self, name: str) -> float:
        """What a baseline errs by on the held-out values."""
        return float(rmse(self.baselines[name][0], self.held_out()[1]))
