"""A new sequence by the rule of some examples, number after number."""

from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

import numpy as np

from core.data.sequences import number_rules
from core.experiments.next_value.task import BASELINES, ORIGINS, Pair, Predict, Task
from core.numeric.sequences.baselines import LinearRule

_GROUPS, _TEST_GROUPS = 3000, 400


@dataclass(frozen=True)
class GenerationTask(Task):
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

    @property
    def learned(self) -> np.ndarray:
        """See ``Task``."""
        return self.groups(False)

    def training(self) -> Pair:
        """See ``Task``."""
        inputs, truth = self.pairs(False)
        targets = (truth - self.mean) / self.scale
        if self.change:
            targets = targets - inputs[:, -1, 0]
        return inputs, targets[:, None].astype(np.float32)

    def held_out(self) -> Pair:
        """See ``Task``."""
        return self.pairs(True)

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
        """See ``Task``: the numbers after the first, each from those generated before."""
        groups = self.groups(True)
        return self.continued(predict, groups[:, :-1], groups[:, -1, :1])

    def origin_inputs(self) -> np.ndarray:
        """See ``Task``: before the last number of the first held-out sequences."""
        groups = self.groups(True)[:ORIGINS]
        return self.encode(groups[:, :-1], groups[:, -1, :-1])

    def truth(self) -> np.ndarray:
        """See ``Task``."""
        return self.groups(True)[:, -1, 1:].astype(float)

    def rule_of(self, name: str) -> Predict:
        """A baseline as ``predict`` of ``forecast``: it answers as a network would."""
        change = self.change
        return {
            "last_value": lambda x: x[:, -1, :1] * (not change),
            "seasonal_naive": lambda x: x[:, -self.numbers, :1] - (x[:, -1, :1] if change else 0),
            "linear_ar": lambda x: self._linear(x.reshape(len(x), -1).astype(float))[:, None],
        }[name]

    @cached_property
    def _linear(self) -> LinearRule:
        """Of all that the network sees: the numbers, where sequences begin, where they are."""
        inputs, targets = self.training()
        return LinearRule.fit(inputs.reshape(len(inputs), -1).astype(float), targets[:, 0])

    @cached_property
    def baselines(self) -> dict[str, Pair]:
        """See ``Task``; the season is the same place in the example before."""
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
