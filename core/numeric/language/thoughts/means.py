"""A text as the mean of its words' vectors: plain, or SIF, which counts rare words more."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Self

import numpy as np

from core.numeric.language.embeddings.space import WordSpace, unit
from core.numeric.language.thoughts.bags import Texts

SIF_A = 1e-3  # a word of this share of the text counts half


def smooth_inverse_frequency(shares: np.ndarray, a: float = SIF_A) -> np.ndarray:
    """What words of these shares of the text count, a / (a + p)."""
    return a / (a + shares)


def first_direction(vectors: np.ndarray) -> np.ndarray:
    """The first right singular vector (d,) of vectors (n, d): what most of them share."""
    _, _, axes = np.linalg.svd(vectors, full_matrices=False)
    return axes[0]


def without_direction(vectors: np.ndarray, direction: np.ndarray) -> np.ndarray:
    """Vectors (n, d) minus their part along a direction (d,) of length 1."""
    return vectors - np.outer(vectors @ direction, direction)


@dataclass(frozen=True, eq=False)
class Mean:
    """The mean of the vectors of a text's known words, at length 1; zero if it has none.

    weights: of each word of the space, (words,). common: a direction (d,) that is taken off; zeros
    take nothing. Of a plain mean all weights are 1. SIF: Arora, Liang & Ma (2017), ICLR.
    """

    space: WordSpace
    weights: np.ndarray
    common: np.ndarray
    name: str

    @classmethod
    def plain(cls, space: WordSpace) -> Self:
        """The plain mean."""
        return cls(space, np.ones(len(space.words)), np.zeros(space.vectors.shape[1]), "mean")

    @classmethod
    def sif(cls, space: WordSpace, counts: Sequence[int] | np.ndarray, texts: Texts) -> Self:
        """SIF. counts: of each word of the space, (words,); texts: whose common part is found."""
        known = np.asarray(counts, float)
        weights = smooth_inverse_frequency(known / max(known.sum(), 1.0))
        none = cls(space, weights, np.zeros(space.vectors.shape[1]), "sif")
        return cls(space, weights, first_direction(none.means(texts)), "sif")

    def means(self, texts: Texts) -> np.ndarray:
        """The weighted means before they are scaled, (texts, d)."""
        numbers, vectors = self.space.numbers, self.space.vectors
        means = np.zeros((len(texts), vectors.shape[1]))
        for row, text in enumerate(texts):
            ids = [numbers[word] for word in text if word in numbers]
            if ids:
                means[row] = self.weights[ids] @ vectors[ids] / len(ids)
        return without_direction(means, self.common)

    def kept(self, texts: Texts) -> np.ndarray:
        """Texts that are searched, (texts, d)."""
        return unit(self.means(texts))

    asked = kept
