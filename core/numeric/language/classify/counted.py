"""Which n-grams a network or naive Bayes has a row for, and the rows of a text."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from core.numeric.language.classify.ngrams import NUMBERS, PADDING, Runs, ngrams_of

_SHIFT = 10  # bits that numbers with the same place to begin at differ in


@dataclass(frozen=True, eq=False)
class Counted:
    """A table of n-grams: the first row is PADDING's, the others are those of ``known``.

    known: int32 (n,), numbers of ``ngrams``, in order.
    """

    runs: Runs
    known: np.ndarray

    @classmethod
    def of(cls, numbers: Sequence[np.ndarray], runs: Runs, least: int) -> Counted:
        """The n-grams that are in ``least`` texts. numbers: each text's, as of ``ngrams_of``."""
        ordered = np.sort(np.concatenate(numbers))
        firsts = np.flatnonzero(np.diff(ordered, prepend=PADDING))
        times = np.diff(firsts, append=len(ordered))
        return cls(runs, ordered[firsts[times >= least]])

    def __len__(self) -> int:
        """How many rows there are."""
        return len(self.known) + 1

    def places(self, numbers: np.ndarray) -> np.ndarray:
        """The row of each n-gram by its number, int32 (n,): PADDING of what is not known."""
        known = np.append(self.known, np.int32(NUMBERS))  # is never looked for
        places = self._begins[numbers >> _SHIFT]
        before = np.flatnonzero(known[places] < numbers)
        while len(before):  # np.searchsorted of many is slower
            places[before] += 1
            before = before[known[places[before]] < numbers[before]]
        return (places + 1) * (known[places] == numbers)

    @cached_property
    def _begins(self) -> np.ndarray:
        """Where in ``known`` the numbers begin that share their first bits, int32."""
        bounds = np.arange(0, NUMBERS, 1 << _SHIFT)
        return np.searchsorted(self.known, bounds).astype(np.int32)

    def found(self, numbers: Sequence[np.ndarray]) -> list[np.ndarray]:
        """The rows of each text's n-grams, those alone that are known."""
        places = self.places(np.concatenate(numbers))
        ends = np.cumsum(list(map(len, numbers)))[:-1]
        return [row[row > PADDING] for row in np.split(places, ends)]

    def rows(self, texts: Sequence[Sequence[str]]) -> list[np.ndarray]:
        """The rows of each text, a list of words."""
        return self.found(ngrams_of(texts, self.runs))

    def of_each(self, words: float, letters: float) -> np.ndarray:
        """One number for the rows of words, another for those of letters: (rows, 1)."""
        first = 1 + np.searchsorted(self.known, self.runs.first_of_letters())
        return np.where(np.arange(len(self)) < first, words, letters)[:, None]
