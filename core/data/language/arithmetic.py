"""Additions, subtractions and products as questions with answers, and which are held out.

A question is two operands, none negative, and an operation; its text is "12+345". Whether it is
held out is decided by a hash of the unordered pair of its operands, for each operation apart: if
"12+345" is held out, so is "345+12".
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

OPERATIONS = "+-*"
HELD_OUT = {"+": 0.1, "-": 0.1, "*": 0.2}
"""The share of the unordered pairs that is held out."""
_TRAINING_STREAM, _TEST_STREAM = 1, 0
_DRAWS = 40  # times the questions asked for, until it is believed that there are no more

# Steele, Lea & Flood (2014), "Fast splittable pseudorandom number generators", figure 17.
_GOLDEN, _MIX_1, _MIX_2 = 0x9E3779B97F4A7C15, 0xBF58476D1CE4E5B9, 0x94D049BB133111EB


@dataclass(frozen=True)
class Questions:
    """Questions as arrays: the operands, int64 (n,), and the operation, one character (n,)."""

    first: np.ndarray
    operation: np.ndarray
    second: np.ndarray

    def __len__(self) -> int:
        return len(self.first)

    def __getitem__(self, which: slice | np.ndarray) -> Questions:
        return Questions(self.first[which], self.operation[which], self.second[which])

    def results(self) -> np.ndarray:
        """The true answers, int64 (n,)."""
        first, second = self.first, self.second
        return self._by_operation(first + second, first - second, first * second)

    def texts(self) -> list[str]:
        """The questions as they are asked: "12+345"."""
        triples = zip(
            self.first.tolist(), self.operation.tolist(), self.second.tolist(), strict=True
        )
        return [f"{first}{operation}{second}" for first, operation, second in triples]

    def answers(self) -> list[str]:
        """The true answers as texts."""
        return [str(result) for result in self.results().tolist()]

    def held_out(self) -> np.ndarray:
        """Which of them nobody trains on, bool (n,)."""
        low = np.minimum(self.first, self.second).astype(np.uint64)
        high = np.maximum(self.first, self.second).astype(np.uint64)
        kind = self._by_operation(0, 1, 2).astype(np.uint64)
        with np.errstate(over="ignore"):  # the hash counts modulo 2^64
            hashed = _mixed(_mixed(_mixed(kind) + low) + high)
        share = (hashed >> np.uint64(11)).astype(float) / 2**53
        return share < self._by_operation(HELD_OUT["+"], HELD_OUT["-"], HELD_OUT["*"])

    def carries(self) -> np.ndarray:
        """How often a column of a sum carries, or borrows in a difference, int (n,).

        A product counts as none: its carries are not those of one column after the other.
        """
        larger = np.maximum(self.first, self.second)
        smaller = np.minimum(self.first, self.second)
        count = carry = np.zeros(len(self), np.int64)
        while larger.any():
            larger, one = np.divmod(larger, 10)
            smaller, other = np.divmod(smaller, 10)
            sums, differences = one + other + carry, one - other - carry
            carry = self._by_operation(sums > 9, differences < 0, 0)
            count = count + carry
        return count

    def lengths(self) -> np.ndarray:
        """Digits of both operands, int (n, 2)."""
        return np.stack([digits(self.first), digits(self.second)], 1)

    def _by_operation(
        self,
        of_sum: np.ndarray | float,
        of_difference: np.ndarray | float,
        of_product: np.ndarray | float,
    ) -> np.ndarray:
        """Of each question what belongs to its operation, (n,)."""
        cases = [self.operation == "+", self.operation == "-"]
        return np.select(cases, [of_sum, of_difference], of_product)


def digits(numbers: np.ndarray) -> np.ndarray:
    """How many digits numbers have that are not negative, int; 0 has one."""
    powers = 10 ** np.arange(1, 19, dtype=np.int64)
    return 1 + np.searchsorted(powers, numbers, side="right")


def longest_factor(longest: int) -> int:
    """Digits of a product's operands where those of a sum have up to ``longest``: one less."""
    return max(1, longest - 1)


def draw(rng: np.random.Generator, count: int, operations: str, longest: int) -> Questions:
    """Questions at random: operation and both numbers of digits equally often each.

    operations: characters of OPERATIONS. longest: digits of an operand, at most; of a product's,
    ``longest_factor``.
    """
    operation = np.array(list(operations))[rng.integers(0, len(operations), count)]
    most = np.where(operation == "*", longest_factor(longest), longest)
    first, second = (
        rng.integers(0, 10 ** rng.integers(1, most + 1, dtype=np.int64)) for _ in range(2)
    )
    return Questions(first, operation, second)


def training_batch(seed: int, update: int, count: int, operations: str, longest: int) -> Questions:
    """The fresh questions of one update, none of them held out."""
    rng = np.random.default_rng([_TRAINING_STREAM, seed, update])
    drawn = draw(rng, 2 * count + 100, operations, longest)
    return drawn[~drawn.held_out()][:count]


def distinct(
    rng: np.random.Generator, count: int, operations: str, longest: int, held_out: bool
) -> Questions:
    """At most ``count`` questions, no two of them the same, that are held out or that are not."""
    drawn = joined([draw(rng, max(1000, count), operations, longest) for _ in range(_DRAWS)])
    drawn = drawn[drawn.held_out() == held_out]
    rows = np.stack([drawn.first, drawn.second, drawn.operation.view(np.int32)])
    first_places = np.unique(rows, axis=1, return_index=True)[1]
    return drawn[np.sort(first_places)[:count]]


def joined(parts: Sequence[Questions]) -> Questions:
    """Several sets of questions as one."""
    return Questions(
        np.concatenate([part.first for part in parts]),
        np.concatenate([part.operation for part in parts]),
        np.concatenate([part.second for part in parts]),
    )


def places(seed: int, update: int, count: int, of: int) -> np.ndarray:
    """Which of a fixed set's questions an update learns from, int (count,).

    The set is read in an order of its own each time through.
    """
    at = np.arange(update * count, (update + 1) * count)
    reading, place = np.divmod(at, of)
    order = np.empty(count, np.int64)
    for i in np.unique(reading).tolist():
        rng = np.random.default_rng([_TRAINING_STREAM, seed, i])
        order[reading == i] = rng.permutation(of)[place[reading == i]]
    return order


def test_set(count: int, operations: str, longest: int) -> Questions:
    """Held-out questions, the same ones whatever the seed of a run."""
    return distinct(np.random.default_rng([_TEST_STREAM]), count, operations, longest, True)


def training_set(seed: int, count: int, operations: str, longest: int) -> Questions:
    """A fixed set to train on, for who wants no fresh questions."""
    rng = np.random.default_rng([_TRAINING_STREAM, seed])
    return distinct(rng, count, operations, longest, False)


def all_questions(operation: str, longest: int) -> Questions:
    """Every question of an operation whose operands have at most ``longest`` digits."""
    numbers = np.arange(10**longest)
    first, second = (part.ravel() for part in np.meshgrid(numbers, numbers, indexing="ij"))
    return Questions(first, np.full(len(first), operation), second)


def _mixed(x: np.ndarray) -> np.ndarray:
    x = x + np.uint64(_GOLDEN)
    x = (x ^ (x >> np.uint64(30))) * np.uint64(_MIX_1)
    x = (x ^ (x >> np.uint64(27))) * np.uint64(_MIX_2)
    return x ^ (x >> np.uint64(31))
