"""What a network for the next value learns from: windows of a series, or sequences by a rule.

Both kinds of data offer the same, values in the data's own unit:

| member                      | what it is                                                       |
|-----------------------------|------------------------------------------------------------------|
| steps, features, horizon    | of the network's input; steps of a forecast                      |
| mean, scale                 | of the numbers to learn from: value = mean + scale * number      |
| training()                  | inputs (n, steps, features) and scaled targets (n, 1), float32   |
| held_out()                  | inputs as in ``training`` and the true next values, float (n,)   |
| values_of(inputs, outputs)  | a network's outputs (n, 1) for inputs as values, float (n,)      |
| forecast(predict)           | by a network that goes on from its own answers, (origins, horizon) |
| origin_inputs()             | what some forecasts begin with, (some, steps, features)          |
| truth()                     | what came after each origin, (origins, horizon)                  |
| baseline(name)              | its answers on the held-out inputs, (n,), and its forecasts      |
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from functools import cached_property, partial
from typing import Any

import numpy as np

from core.data.sequences import number_rules
from core.messages import N_, Problem
from core.numeric.sequences import baselines

BASELINES = ("last_value", "seasonal_naive", "linear_ar")
HELD_OUT = 0.25  # the last quarter of a series
ORIGINS = 40  # places where a forecast of several steps begins
_LEAST_WINDOWS = 16  # to learn from
_MOST_TESTED = 5000  # values of the held-out part
_LONGEST_PERIOD = 400
_GROUPS, _TEST_GROUPS = 3000, 400
Predict = Callable[[np.ndarray], np.ndarray]
Pair = tuple[np.ndarray, np.ndarray]


@dataclass(frozen=True)
class SeriesTask:
    """The next value of a series from the ``steps`` before; the last quarter is held out.

    values: float (n,). period: of its seasons, 0 to find it on the training part.
    change: the network tells the change from the last value instead of the value.
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

    @cached_property
    def mean(self) -> float:
        """Of the training part, which is all that the network's scale is made from."""
        return float(self.values[: self.cut].mean())

    @cached_property
    def scale(self) -> float:
        """Standard deviation of the training part."""
        return float(self.values[: self.cut].std())

    @cached_property
    def period(self) -> int:
        """Of the seasonal naive forecast."""
        longest = min(_LONGEST_PERIOD, self.cut // 2)
        if 0 < self.given_period <= self.cut:
            return self.given_period
        return baselines.find_period(self.values[: self.cut], longest)

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
        """See the module."""
        places = np.arange(self.steps, self.cut)
        inputs = self._inputs(places)
        targets = (self.values[places] - self.mean) / self.scale
        if self.change:
            targets = targets - (self.values[places - 1] - self.mean) / self.scale
        return inputs, targets[:, None].astype(np.float32)

    def held_out(self) -> Pair:
        """See the module."""
        return self._inputs(self.tested), self.values[self.tested]

    def values_of(self, inputs: np.ndarray, outputs: np.ndarray) -> np.ndarray:
        """See the module."""
        scaled = outputs[:, 0] + (inputs[:, -1, 0] if self.change else 0)
        return self.mean + self.scale * scaled.astype(float)

    def forecast(self, predict: Predict) -> np.ndarray:
        """See the module."""
        inputs, values = self.origin_inputs(), []
        for _ in range(self.horizon):
            values.append(self.values_of(inputs, predict(inputs)))
            newest = (values[-1] - self.mean) / self.scale
            inputs = np.concatenate(
                [inputs[:, 1:], newest[:, None, None].astype(np.float32)], axis=1
            )
        return np.stack(values, axis=1)

    def origin_inputs(self) -> np.ndarray:
        """See the module."""
        return self._inputs(self.origins)

    def truth(self) -> np.ndarray:
        """See the module."""
        return self.values[self.origins[:, None] + np.arange(self.horizon)]

    def baseline(self, name: str) -> Pair:
        """See the module; the linear equation looks at as many values as the network."""
        return self._baselines[name]

    @cached_property
    def _baselines(self) -> dict[str, Pair]:
        linear = baselines.LinearAutoregression.fit(self.values[: self.cut], self.steps)
        forecasts: dict[str, Callable[..., np.ndarray]] = {
            "last_value": baselines.last_value,
            "seasonal_naive": partial(baselines.seasonal_naive, period=self.period),
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
        before = baselines.windows(self.values, places, self.steps)
        return ((before - self.mean) / self.scale)[..., None].astype(np.float32)


@dataclass(frozen=True)
class GenerationTask:
    """A new sequence by the rule of some examples, from its first number on.

    The input is the examples' numbers and those of the new sequence so far, zeros before them.
    Features: the scaled number, 1 where a sequence begins, 1 where there is a number. The held-out
    sequences follow rules that are never learned from.
    """

    family: str
    examples: int
    numbers: int
    seed: int
    change: bool = False
    features: int = field(default=3, init=False)

    @property
    def steps(self) -> int:
        """Numbers of the examples, and those of the new one but its last."""
        return (self.examples + 1) * self.numbers - 1

    @property
    def horizon(self) -> int:
        """Numbers that are generated."""
        return self.numbers - 1

    @cached_property
    def mean(self) -> float:
        """Of the numbers to learn from."""
        return float(self.groups(False).mean())

    @cached_property
    def scale(self) -> float:
        """Standard deviation of the numbers to learn from."""
        return float(self.groups(False).std())

    def training(self) -> Pair:
        """See the module."""
        inputs, truth = self.pairs(False)
        targets = (truth - self.mean) / self.scale
        if self.change:
            targets = targets - inputs[:, -1, 0]
        return inputs, targets[:, None].astype(np.float32)

    def held_out(self) -> Pair:
        """See the module."""
        return self.pairs(True)

    def values_of(self, inputs: np.ndarray, outputs: np.ndarray) -> np.ndarray:
        """See the module."""
        scaled = outputs[:, 0] + (inputs[:, -1, 0] if self.change else 0)
        return self.mean + self.scale * scaled.astype(float)

    def encode(self, examples: np.ndarray, begun: np.ndarray) -> np.ndarray:
        """Inputs (n, steps, 3) of examples (n, examples, numbers) and what is begun, (n, some)."""
        known = np.concatenate([examples.reshape(len(examples), -1), begun], axis=1)
        inputs = np.zeros((len(known), self.steps, 3), np.float32)
        first = self.steps - known.shape[1]
        inputs[:, first:, 0] = (known - self.mean) / self.scale
        inputs[:, first :: self.numbers, 1] = 1
        inputs[:, first:, 2] = 1
        return inputs

    def continued(self, predict: Predict, examples: np.ndarray, begun: np.ndarray) -> np.ndarray:
        """What is generated after ``begun``, rounded to whole numbers on the way, float."""
        numbers = begun.astype(float)
        while numbers.shape[1] < self.numbers:
            inputs = self.encode(examples, numbers)
            numbers = np.column_stack([numbers, np.rint(self.values_of(inputs, predict(inputs)))])
        return numbers[:, begun.shape[1] :]

    def forecast(self, predict: Predict) -> np.ndarray:
        """See the module: the numbers after the first, each from those generated before."""
        groups = self.groups(True)
        return self.continued(predict, groups[:, :-1], groups[:, -1, :1])

    def origin_inputs(self) -> np.ndarray:
        """See the module: before the last number of the first held-out sequences."""
        groups = self.groups(True)[:ORIGINS]
        return self.encode(groups[:, :-1], groups[:, -1, :-1])

    def truth(self) -> np.ndarray:
        """See the module."""
        return self.groups(True)[:, -1, 1:].astype(float)

    def baseline(self, name: str) -> Pair:
        """See the module; the season is the same place in the example before."""
        return self._baselines[name]

    def rule_of(self, name: str) -> Predict:
        """A baseline as ``predict`` of ``forecast``: it answers as a network would."""
        change = self.change
        return {
            "last_value": lambda x: x[:, -1, :1] * (not change),
            "seasonal_naive": lambda x: x[:, -self.numbers, :1] - (x[:, -1, :1] if change else 0),
            "linear_ar": lambda x: self._linear(x.reshape(len(x), -1).astype(float))[:, None],
        }[name]

    @cached_property
    def _linear(self) -> baselines.LinearRule:
        """Of all that the network sees: the numbers, where sequences begin, where they are."""
        inputs, targets = self.training()
        return baselines.LinearRule.fit(
            inputs.reshape(len(inputs), -1).astype(float), targets[:, 0]
        )

    @cached_property
    def _baselines(self) -> dict[str, Pair]:
        held_out = self.held_out()[0]
        return {
            name: (
                self.values_of(held_out, self.rule_of(name)(held_out)),
                self.forecast(self.rule_of(name)),
            )
            for name in BASELINES
        }

    @cached_property
    def _made(self) -> dict[bool, np.ndarray]:
        return {
            held_out: number_rules.sequences_by_rule(
                self.family, held_out, count, self.examples, self.numbers, self.seed
            )
            for held_out, count in ((False, _GROUPS), (True, _TEST_GROUPS))
        }

    def groups(self, held_out: bool) -> np.ndarray:
        """Sequences, int (groups, examples + 1, numbers); the last of a group is to be told."""
        return self._made[held_out]

    def pairs(self, held_out: bool) -> Pair:
        """Inputs and the numbers that come next, float (n,), after each beginning of a group."""
        groups = self.groups(held_out)
        pairs: list[Any] = [
            (self.encode(groups[:, :-1], groups[:, -1, :known]), groups[:, -1, known])
            for known in range(1, self.numbers)
        ]
        inputs, truth = (np.concatenate(part) for part in zip(*pairs, strict=True))
        return inputs, truth.astype(float)


Task = SeriesTask | GenerationTask


def test_rmse(task: Task, name: str) -> float:
    """What a baseline errs by on the held-out values."""
    return float(baselines.rmse(task.baseline(name)[0], task.held_out()[1]))


test_rmse.__test__ = False  # type: ignore[attr-defined]  # to pytest it looks like a test
