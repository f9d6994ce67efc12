"""The stretches of a sentence that may answer a question, and what can be seen of each.

A stretch is some words of a sentence that stand together. What is seen needs no knowledge of what a
word means: the words at its ends and beside it, capitals, numbers, marks, its length, how near the
words of the question are, and what kind of question it is. Each template sees one of several
values, so a stretch has one feature of each template; its score is the sum of their weights.

Source: the features of Rajpurkar et al. (2016), arXiv:1606.05250, section 5, without a parser.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from core.numeric.language.answering.cut import tokens
from core.numeric.language.answering.kinds import KINDS, kind_of
from core.numeric.language.answering.seen import (
    CAPITAL,
    DIGITS,
    FIRST,
    INNER,
    LONGEST,
    MARKS,
    MONTH_AT,
    NUMBER,
    SHAPES,
    YEAR_AT,
    Seen,
    Vocabulary,
)

SENTENCES = 3  # of which the best stretch is sought
_STEPS = 8  # of a share
_NEAR = np.array([0, 1, 2, 3, 4, 4, 5, 5, 5, 6, 6, 6, 6, 6, 6, 6])  # distances, in steps
_FAR = 7  # step of what is farther, or not there


@dataclass(frozen=True, eq=False)
class Templates:
    """Features of stretches, counted from 0 to ``count``.

    light: words that say nothing of what a sentence is about. rarity: of a stem, above 0.
    """

    vocabulary: Vocabulary
    light: frozenset[str]
    rarity: Mapping[str, float]

    def asked(self, question: str) -> dict[str, float]:
        """The stems of a question's words that say what it is about, each with its rarity."""
        most = max(self.rarity.values(), default=1.0)
        return {
            token.stem: self.rarity.get(token.stem, most)
            for token in tokens(question)
            if token.word not in self.light and len(token.word) > 1
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
        capitals = inside(np.isin(own, (CAPITAL, FIRST)))
        digits = inside(np.isin(own, (YEAR_AT, NUMBER, DIGITS))) > 0
        dated = inside(np.isin(own, (YEAR_AT, MONTH_AT))) > 0
        shape = ((capitals > 0).astype(int) + (capitals == length)) * 4 + digits * 2 + dated
        within = np.minimum(inside(is_asked), 2)
        before, after, parted = _nearest(is_asked, seen.cuts, first, last)
        met = steps((weight.sum() - inside(weight)) / max(sum(stems.values()), 1e-9))
        around = (first + 1, first + 2, last + 2, last + 3)  # two places stand before the words
        left, start, end, right = (seen.code[at] for at in around)
        left_is, start_is, end_is, right_is = (seen.coarse[at] for at in around)
        opens, closes = mark[first], mark[last + 1]
        shapes, marks = len(SHAPES), len(MARKS)
        values = (
            *(code * kinds + kind for code in (left, start, end, right)),
            start,
            end,
            left * marks + opens,
            right * marks + closes,
            left * shapes + seen.coarse[first],
            right * shapes + seen.coarse[last + 4],
            (left_is * marks + opens) * shapes + start_is,
            (right_is * marks + closes) * shapes + end_is,
            (start_is * shapes + end_is) * kinds + kind,
            (length - 1) * kinds + kind,
            shape * kinds + kind,
            (seen.cuts[last] - seen.cuts[first]) * kinds + kind,
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
        words = self.vocabulary.size
        kinds, shapes, marks, near = len(KINDS), len(SHAPES), len(MARKS), _FAR + 1
        return (
            *[words * kinds] * 4,
            *[words] * 2,
            *[words * marks] * 2,
            *[words * shapes] * 2,
            *[shapes * marks * shapes] * 2,
            shapes * shapes * kinds,
            LONGEST * kinds,
            12 * kinds,
            (INNER + 1) * kinds,
            6 * kinds,
            near * near,
            *[near * kinds] * 2,
            9,
            _STEPS * kinds,
            SENTENCES,
            _STEPS,
        )


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
