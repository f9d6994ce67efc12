"""The stretches of a sentence that may answer a question, and what can be seen of each.

A stretch is some words of a sentence that stand together. What is seen needs no knowledge of what a
word means: the words at its ends and beside it, capitals, numbers, marks, its length, how near the
words of the question are, and what kind of question it is. Each template sees one of several
values, so a stretch has one feature of each template; its score is the sum of their weights.

Source: the features of Rajpurkar et al. (2016), arXiv:1606.05250, section 5, without a parser.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise

import numpy as np

from core.numeric.language.answering.cut import Token, tokens

LONGEST = 12  # words of a stretch
SENTENCES = 3  # of which the best stretch is sought
_INNER = 1  # marks in a stretch
_STEPS = 8  # of a share
_KINDS = (
    ("number", r"\bcombien\b|\bquel(?:le)? (?:est le )?(?:nombre|pourcentage|prix|score)\b"),
    ("time", r"\bquand\b|\bann[ée]es?\b|\bdate\b|\bsiècle\b|\bjour\b|\bpériode\b"),
    ("name", r"\bnoms?\b|\bs['’ ]?appel\w*|\bappel\w+\b|\bnomm\w+\b|\bsurnom\w*\b"),
    ("person", r"\bqui\b"),
    ("place", r"\boù\b|\bville\b|\bpays\b|\brégion\b|\blieu\b|\bendroit\b"),
    ("reason", r"\bpourquoi\b|\bcomment\b|\braison\b"),
    ("which", r"\bquels?\b|\bquelles?\b"),
)
_PATTERNS = tuple((name, re.compile(pattern)) for name, pattern in _KINDS)
KINDS = (*(name for name, _ in _KINDS), "other")
_MONTH = re.compile(
    r"janvier|février|mars|avril|mai|juin|juillet|août|septembre|octobre|novembre|décembre"
)
_YEAR = re.compile(r"1\d{3}|20\d\d")
# What a word is, if it is not one of the frequent ones; beyond the sentence there is none.
_SHAPES = ("none", "frequent", "year", "month", "number", "digits", "capital", "first", "plain")
_NONE, _FREQUENT, _YEAR_AT, _MONTH_AT, _NUMBER, _DIGITS, _CAPITAL, _FIRST, _PLAIN = range(9)
_LETTERS = "abcdefghijklmnopqrstuvwxyzéàèùç"  # that plain words end in; another counts as the last
_MARKS = ("", "'’", "-‐", ",", "(", ")", "«“", "»”", '"', ":;", "–—", "end")
_CUTTING = 3  # marks from here on part a sentence
_NEAR = np.array([0, 1, 2, 3, 4, 4, 5, 5, 5, 6, 6, 6, 6, 6, 6, 6])  # distances, in steps
_FAR = 7  # step of what is farther, or not there


def kind_of(question: str) -> str:
    """What is asked for, of KINDS."""
    text = question.lower()
    return next((name for name, pattern in _PATTERNS if pattern.search(text)), "other")


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
        inner = np.cumsum(self.mark >= _CUTTING)
        fits = (last >= first) & (last < first + LONGEST) & (inner[last] - inner[first] <= _INNER)
        return np.stack([first[fits], last[fits]], 1)

    def stretch(self, first: int, last: int) -> str:
        """The words from first to last, as they are written."""
        return self.text[self.own[first].start : self.own[last].end]


@dataclass(frozen=True, eq=False)
class Templates:
    """Features of stretches, counted from 0 to ``count``.

    frequent: words that have a code of their own, the most frequent first; those that come in front
    of ``light`` say nothing of what a sentence is about. rarity: of a stem, above 0.
    """

    frequent: tuple[str, ...]
    light: int
    rarity: Mapping[str, float]

    @cached_property
    def _codes(self) -> dict[str, int]:
        return {word: i for i, word in enumerate(self.frequent)}

    @cached_property
    def _lightest(self) -> frozenset[str]:
        return frozenset(self.frequent[: self.light])

    def seen(self, text: str) -> Seen:
        """A sentence as the templates see it."""
        own = tokens(text)
        coarse = [self._shape(text, i, token) for i, token in enumerate(own)]
        code = [self._code(token.word, shape) for token, shape in zip(own, coarse, strict=True)]
        edge = [len(self.frequent) + _NONE] * 2
        marks = [_mark(text[a.end : b.start]) for a, b in pairwise(own)]
        end = len(_MARKS) - 1
        return Seen(
            text,
            tuple(own),
            np.array([*edge, *code, *edge]),
            np.array([_NONE, _NONE, *coarse, _NONE, _NONE]),
            np.array([end, *marks, end]),
        )

    def _shape(self, text: str, i: int, token: Token) -> int:
        if token.word in self._codes:
            return _FREQUENT
        if any(char.isdigit() for char in token.word):
            if _YEAR.fullmatch(token.word):
                return _YEAR_AT
            return _NUMBER if token.word.isdigit() else _DIGITS
        if _MONTH.fullmatch(token.word):
            return _MONTH_AT
        if text[token.start].isupper():
            return _CAPITAL if i else _FIRST
        return _PLAIN

    def _code(self, word: str, shape: int) -> int:
        if shape == _FREQUENT:
            return self._codes[word]
        if shape == _PLAIN:
            place = _LETTERS.find(word[-1])
            return len(self.frequent) + len(_SHAPES) + (place if place >= 0 else len(_LETTERS))
        return len(self.frequent) + shape

    def asked(self, question: str) -> dict[str, float]:
        """The stems of a question's words that say what it is about, each with its rarity."""
        most = max(self.rarity.values(), default=1.0)
        return {
            token.stem: self.rarity.get(token.stem, most)
            for token in tokens(question)
            if token.word not in self._lightest and len(token.word) > 1
        }

    def features(self, question: str, seen: Seen, rank: int, likeness: float) -> np.ndarray:
        """The feature of each template for each stretch, int (stretches, templates).

        rank: of the sentence among those that are searched, the best 0; likeness: its score, a
        share of the best one's.
        """
        kinds, kind = len(KINDS), KINDS.index(kind_of(question))
        stems = self.asked(question)
        first, last = seen.ends.T
        length = last - first + 1
        is_asked = np.array([token.stem in stems for token in seen.own], int)
        weight = np.array([stems.get(token.stem, 0.0) for token in seen.own])

        def inside(values: np.ndarray) -> np.ndarray:
            sums = np.concatenate([[0], np.cumsum(values)])
            return sums[last + 1] - sums[first]

        def steps(share: np.ndarray) -> np.ndarray:
            return np.clip(share * _STEPS, 0, _STEPS - 1).astype(int)

        own, mark = seen.coarse[2:-2], seen.mark
        capitals = inside(np.isin(own, (_CAPITAL, _FIRST)))
        digits = inside(np.isin(own, (_YEAR_AT, _NUMBER, _DIGITS))) > 0
        dated = inside(np.isin(own, (_YEAR_AT, _MONTH_AT))) > 0
        shape = ((capitals > 0).astype(int) + (capitals == length)) * 4 + digits * 2 + dated
        within = np.minimum(inside(is_asked), 2)
        cuts = np.cumsum(mark >= _CUTTING)
        before, after, parted = _nearest(is_asked, cuts, first, last)
        met = steps((weight.sum() - inside(weight)) / max(sum(stems.values()), 1e-9))
        # two places stand before the first word
        (l1, f, e, r1), (l1_is, f_is, e_is, r1_is), (l2_is, r2_is) = (
            [array[at] for at in places]
            for array, places in (
                (seen.code, (first + 1, first + 2, last + 2, last + 3)),
                (seen.coarse, (first + 1, first + 2, last + 2, last + 3)),
                (seen.coarse, (first, last + 4)),
            )
        )
        opens, closes = mark[first], mark[last + 1]
        values = (
            *(code * kinds + kind for code in (l1, f, e, r1)),
            f,
            e,
            l1 * len(_MARKS) + opens,
            r1 * len(_MARKS) + closes,
            l1 * len(_SHAPES) + l2_is,
            r1 * len(_SHAPES) + r2_is,
            (l1_is * len(_MARKS) + opens) * len(_SHAPES) + f_is,
            (r1_is * len(_MARKS) + closes) * len(_SHAPES) + e_is,
            (f_is * len(_SHAPES) + e_is) * kinds + kind,
            (length - 1) * kinds + kind,
            shape * kinds + kind,
            (cuts[last] - cuts[first]) * kinds + kind,
            (within * 2 + (within == length)) * kinds + kind,
            before * (_FAR + 1) + after,
            before * kinds + kind,
            after * kinds + kind,
            parted,
            met * kinds + kind,
            np.full(len(first), rank),
            np.full(len(first), steps(np.array(likeness))),
        )
        starts = np.cumsum([0, *self._sizes])
        return np.stack([v + start for v, start in zip(values, starts[:-1], strict=True)], 1)

    @property
    def count(self) -> int:
        """How many features there are."""
        return sum(self._sizes)

    @cached_property
    def _sizes(self) -> tuple[int, ...]:
        """How many values each template has, in the order of ``features``."""
        words = len(self.frequent) + len(_SHAPES) + len(_LETTERS) + 1
        kinds, shapes, marks, near = len(KINDS), len(_SHAPES), len(_MARKS), _FAR + 1
        return (
            *[words * kinds] * 4,
            *[words] * 2,
            *[words * marks] * 2,
            *[words * shapes] * 2,
            *[shapes * marks * shapes] * 2,
            shapes * shapes * kinds,
            LONGEST * kinds,
            12 * kinds,
            (_INNER + 1) * kinds,
            6 * kinds,
            near * near,
            *[near * kinds] * 2,
            9,
            _STEPS * kinds,
            SENTENCES,
            _STEPS,
        )


def _mark(between: str) -> int:
    """Which of _MARKS stands between two words: the last one that does."""
    found = [i for i, marks in enumerate(_MARKS[:-1]) if any(mark in between for mark in marks)]
    return max(found, default=0)


def _nearest(
    is_asked: np.ndarray, cuts: np.ndarray, first: np.ndarray, last: np.ndarray
) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """How near the words of the question are, in steps before and after; whether marks part them.

    The third is 3 times how many marks (at most 2) stand before, and those after.
    """
    count = len(is_asked)
    at = np.arange(count)
    latest = np.maximum.accumulate(np.where(is_asked > 0, at, -1))
    next_one = np.minimum.accumulate(np.where(is_asked > 0, at, count)[::-1])[::-1]
    b = np.concatenate([[-1], latest])[first]
    a = np.concatenate([next_one, [count]])[last + 1]
    most = len(_NEAR) - 1
    before = np.where(b < 0, _FAR, _NEAR[np.minimum(first - b, most)])
    after = np.where(a == count, _FAR, _NEAR[np.minimum(a - last, most)])
    marks_before = np.where(b < 0, 2, np.minimum(cuts[first] - cuts[np.maximum(b, 0)], 2))
    marks_after = np.where(a == count, 2, np.minimum(cuts[a] - cuts[last], 2))
    return before, after, marks_before * 3 + marks_after
