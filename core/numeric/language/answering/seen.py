"""A sentence word by word, and its stretches: what is seen before anybody asks."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise

import numpy as np

from core.numeric.language.answering.cut import Token, tokens

LONGEST = 12  # words of a stretch
INNER = 1  # marks in a stretch, at most
_MONTH = re.compile(
    r"janvier|février|mars|avril|mai|juin|juillet|août|septembre|octobre|novembre|décembre"
)
_YEAR = re.compile(r"1\d{3}|20\d\d")
# What a word is, if it is not one of the frequent ones; beyond the sentence there is none.
SHAPES = ("none", "frequent", "year", "month", "number", "digits", "capital", "first", "plain")
NONE, FREQUENT, YEAR_AT, MONTH_AT, NUMBER, DIGITS, CAPITAL, FIRST, PLAIN = range(9)
_LETTERS = "abcdefghijklmnopqrstuvwxyzéàèùç"  # that plain words end in; another counts as the last
MARKS = ("", "'’", "-‐", ",", "(", ")", "«“", "»”", '"', ":;", "–—", "end")
CUTTING = 3  # marks from here on part a sentence


@dataclass(frozen=True, eq=False)
class Seen:
    """A sentence, word by word, as it is before anybody asks.

    code: int (words + 4,), of each word, and of two places before and after; coarse: its shape, the
    same; mark: int (words + 1,), what stands before each word, and after the last.
    """

    text: str
    own: tuple[Token, ...]
    code: np.ndarray
    coarse: np.ndarray
    mark: np.ndarray

    @cached_property
    def ends(self) -> np.ndarray:
        """First and last word of each stretch, int (stretches, 2)."""
        first, last = (grid.ravel() for grid in np.indices((len(self.own), len(self.own))))
        fits = (last >= first) & (last < first + LONGEST)
        fits &= self.cuts[last] - self.cuts[first] <= INNER
        return np.stack([first[fits], last[fits]], 1)

    @cached_property
    def cuts(self) -> np.ndarray:
        """How many marks that part a sentence stand before each word, int (words + 1,)."""
        return np.cumsum(self.mark >= CUTTING)

    def stretch(self, first: int, last: int) -> str:
        """The words from first to last, as they are written."""
        return self.text[self.own[first].start : self.own[last].end]


@dataclass(frozen=True)
class Vocabulary:
    """The most frequent words, which have a code of their own; the others have one of a shape."""

    frequent: tuple[str, ...]

    @cached_property
    def _codes(self) -> dict[str, int]:
        return {word: i for i, word in enumerate(self.frequent)}

    @property
    def size(self) -> int:
        """How many codes there are."""
        return len(self.frequent) + len(SHAPES) + len(_LETTERS) + 1

    def seen(self, text: str) -> Seen:
        """A sentence as the templates see it."""
        own = tokens(text)
        coarse = [self._shape(text, i, token) for i, token in enumerate(own)]
        code = [self._code(token.word, shape) for token, shape in zip(own, coarse, strict=True)]
        edge = [len(self.frequent) + NONE] * 2
        marks = [_mark(text[a.end : b.start]) for a, b in pairwise(own)]
        end = len(MARKS) - 1
        return Seen(
            text,
            tuple(own),
            np.array([*edge, *code, *edge]),
            np.array([NONE, NONE, *coarse, NONE, NONE]),
            np.array([end, *marks, end]),
        )

    def _shape(self, text: str, i: int, token: Token) -> int:
        if token.word in self._codes:
            return FREQUENT
        if any(char.isdigit() for char in token.word):
            if _YEAR.fullmatch(token.word):
                return YEAR_AT
            return NUMBER if token.word.isdigit() else DIGITS
        if _MONTH.fullmatch(token.word):
            return MONTH_AT
        if text[token.start].isupper():
            return CAPITAL if i else FIRST
        return PLAIN

    def _code(self, word: str, shape: int) -> int:
        if shape == FREQUENT:
            return self._codes[word]
        if shape == PLAIN:
            place = _LETTERS.find(word[-1])
            return len(self.frequent) + len(SHAPES) + (place if place >= 0 else len(_LETTERS))
        return len(self.frequent) + shape


def _mark(between: str) -> int:
    """Which of MARKS stands between two words: the last one that does."""
    found = [i for i, marks in enumerate(MARKS[:-1]) if any(mark in between for mark in marks)]
    return max(found, default=0)
