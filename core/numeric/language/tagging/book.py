"""What a book shows of a word at its other places: no label is looked at, only how it is written.

A name is never in small letters; before a person stands "madame", before a town "à". Where a
sentence stands alone it is its own book. Source: Ratinov & Roth (2009), context aggregation.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence

import numpy as np

from core.numeric.language.hashing import word_hash

NOTES = 6  # numbers of a word
_BEFORE, _AFTER = 3, 2  # most frequent neighbours that count
_STARTS = frozenset(".!?…;:-—–«»\"'") | {"..."}  # behind which a capital says nothing
_NONE = word_hash("\x03")


class BookNotes:
    """How the words of some sentences are written, and what stands beside those with a capital."""

    def __init__(self, sentences: Iterable[Sequence[str]]):
        self._small: Counter[str] = Counter()
        self._capital: Counter[str] = Counter()
        self._before: defaultdict[str, Counter[str]] = defaultdict(Counter)
        self._after: defaultdict[str, Counter[str]] = defaultdict(Counter)
        self._known: dict[str, np.ndarray] = {}
        for sentence in sentences:
            self._read(sentence)

    def of(self, sentence: Sequence[str]) -> np.ndarray:
        """NOTES hashes of each word, uint64 (words, NOTES)."""
        return np.stack([self._of_word(word) for word in sentence])

    def _read(self, sentence: Sequence[str]) -> None:
        for at, word in enumerate(sentence):
            small = word.lower()
            if word[:1].islower():
                self._small[small] += 1
            elif word[:1].isupper():
                after = sentence[at + 1].lower() if at + 1 < len(sentence) else ""
                self._after[small][after] += 1
                if at and sentence[at - 1] not in _STARTS:
                    self._capital[small] += 1
                    self._before[small][sentence[at - 1].lower()] += 1

    def _of_word(self, word: str) -> np.ndarray:
        if word not in self._known:
            self._known[word] = self._noted(word)
        return self._known[word]

    def _noted(self, word: str) -> np.ndarray:
        small = word.lower()
        is_capital = word[:1].isupper()
        numbers = np.full(NOTES, _NONE, np.uint64)
        numbers[0] = word_hash(f"{is_capital} {self._written(small)}")
        if is_capital:
            for start, beside, most in (
                (1, self._before, _BEFORE),
                (1 + _BEFORE, self._after, _AFTER),
            ):
                for at, (neighbour, _count) in enumerate(beside[small].most_common(most)):
                    numbers[start + at] = word_hash(f"{start} {neighbour}")
        return numbers

    def _written(self, small: str) -> str:
        """How often inside sentences a word has a capital: never, seldom, often, always, unseen."""
        few, many = self._small[small], self._capital[small]
        if not few + many:
            return "unseen"
        if not many or not few:
            return "always" if many else "never"
        return "seldom" if many < 3 * few else "often"
