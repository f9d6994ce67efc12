"""The words that vectors are learned of, and how often each is drawn."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np

BREAK = -1  # stands between sentences


@dataclass(frozen=True, eq=False)
class Vocabulary:
    """Words by their number, the most frequent first. counts: int64 (words,)."""

    words: tuple[str, ...]
    counts: np.ndarray

    @classmethod
    def of(
        cls, sentences: Sequence[Sequence[str]], min_count: int, most: int = 50_000
    ) -> Vocabulary:
        """Of the words that come ``min_count`` times, the ``most`` frequent ones."""
        counted = Counter(word for sentence in sentences for word in sentence)
        kept = sorted((-n, word) for word, n in counted.items() if n >= min_count)[:most]
        return cls(tuple(word for _, word in kept), np.array([-n for n, _ in kept], np.int64))

    def __len__(self) -> int:
        return len(self.words)

    @cached_property
    def numbers(self) -> dict[str, int]:
        """The number of each word."""
        return {word: number for number, word in enumerate(self.words)}

    def encode(self, sentences: Sequence[Sequence[str]]) -> np.ndarray:
        """The words' numbers, int32 (length,), a BREAK behind each sentence.

        Words that it does not have are left out.
        """
        numbers, ids = self.numbers, []
        for sentence in sentences:
            ids += [numbers[word] for word in sentence if word in numbers]
            ids.append(BREAK)
        return np.array(ids, np.int32)


def keep_probabilities(counts: np.ndarray, threshold: float) -> np.ndarray:
    """How probably a word is read when it comes, float (words,): frequent ones are skipped.

    counts: (words,). threshold: of a word's share of the text, t; 0 keeps all. It is
    min(1, sqrt(t / f) + t / f) of a word of share f.
    Source: Mikolov et al. (2013), arXiv:1310.4546, in the form of their program.
    """
    if not threshold:
        return np.ones(len(counts))
    ratio = threshold / (counts / counts.sum())
    return np.minimum(1, np.sqrt(ratio) + ratio)


def noise_distribution(counts: np.ndarray, power: float = 0.75) -> np.ndarray:
    """How probably a word is drawn as a negative sample, float (words,): counts ** power.

    Source: Mikolov et al. (2013), arXiv:1310.4546, section 2.2.
    """
    raised = counts.astype(float) ** power
    return raised / raised.sum()
