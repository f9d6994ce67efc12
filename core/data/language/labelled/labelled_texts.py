"""Texts with a class each, and what of them is learned from and what is tested on."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np

from core.messages import Note

TEST_SHARE = 0.2


@dataclass(frozen=True)
class LabelledTexts:
    """Texts and the class of each.

    labels: int64 (n,), index into ``classes``. groups: int64 (n,), the book that a text is from,
    index into ``group_names``; empty where there are none. test_groups: the books that are held
    out. made: whether the project made them up. notes: what was left out, and what to know.
    """

    texts: list[str]
    labels: np.ndarray
    classes: tuple[str, ...]
    groups: np.ndarray = field(default_factory=lambda: np.zeros(0, np.int64))
    group_names: tuple[str, ...] = ()
    test_groups: tuple[int, ...] = ()
    made: bool = False
    notes: tuple[Note, ...] = ()

    def split(self, seed: int, by_group: bool = True) -> tuple[np.ndarray, np.ndarray]:
        """Indices to learn from and to test on, drawn by ``seed``, no index in both.

        By books, where there are any: all texts of a held-out book are tested on, as many of each
        class as of the class that has fewest. Else a fifth of each class.
        """
        rng = np.random.default_rng([41, seed])
        if by_group and len(self.groups):
            held_out = np.isin(self.groups, self.test_groups)
            members = [
                np.flatnonzero(held_out & (self.labels == c)) for c in range(len(self.classes))
            ]
            least = min(map(len, members))
            test = [np.sort(rng.permutation(some)[:least]) for some in members]
            return np.flatnonzero(~held_out), np.sort(np.concatenate(test))
        test = []
        for label in range(len(self.classes)):
            members = rng.permutation(np.flatnonzero(self.labels == label))
            test.append(members[: max(1, round(TEST_SHARE * len(members)))])
        chosen = np.sort(np.concatenate(test))
        return np.setdiff1d(np.arange(len(self.labels)), chosen), chosen


def without_repeats(texts: Sequence[str], labels: Sequence[int]) -> tuple[list[str], np.ndarray]:
    """Each text once, with the class that it had first: what is learned is not tested on."""
    first: dict[str, int] = {}
    for text, label in zip(texts, labels, strict=True):
        first.setdefault(text, label)
    return list(first), np.array(list(first.values()), np.int64)
