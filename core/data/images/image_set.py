"""Small grey images, or rows of a table drawn as such, with labels; and which are held out."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from core.data.tables.table import Question
from core.messages import Note

TEST_SHARE = 0.25
_SPLIT_STREAM = 5


@dataclass(frozen=True, eq=False)
class Images:
    """pixels: float32 (n, height * width) in [0, 1]; labels: int (n,), places in class_names.

    shape: (height, width); a table's rows are images of one line. labelled: False where nothing
    tells the images apart, and all are of one class. notes: what was left out of a visitor's file.
    questions: what it leaves open.
    """

    pixels: np.ndarray
    labels: np.ndarray
    shape: tuple[int, int]
    class_names: tuple[str, ...]
    notes: tuple[Note, ...] = ()
    questions: tuple[Question, ...] = ()

    @property
    def labelled(self) -> bool:
        """Whether there are classes to tell apart."""
        return len(self.class_names) > 1

    def split(self, seed: int) -> tuple[np.ndarray, np.ndarray]:
        """Indices to learn from and to test on: a quarter of each class, drawn by ``seed``."""
        return stratified_split(self.labels, seed)


def stratified_split(labels: np.ndarray, seed: int) -> tuple[np.ndarray, np.ndarray]:
    """Indices to learn from and to test on: a quarter of each class, drawn by ``seed``."""
    rng = np.random.default_rng([_SPLIT_STREAM, seed])
    test = []
    for label in np.unique(labels):
        members = rng.permutation(np.flatnonzero(labels == label))
        test.append(members[: max(1, round(TEST_SHARE * len(members)))])
    held_out = np.sort(np.concatenate(test))
    return np.setdiff1d(np.arange(len(labels)), held_out), held_out
