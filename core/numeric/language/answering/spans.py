"""Answers cut out of a text without a network: sentences by BM25, stretches by a linear score.

A stretch is some words of a sentence that stand together. Its features say what could be seen
without knowing what a word means: numbers, capitals, length, marks around it, how near the words of
the question are, and what kind of question it is.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

import numpy as np

from core.numeric.language.thoughts.bags import BM25, Counted, Sparse
from core.numeric.language.thoughts.search import best, scores_of

LONGEST = 10  # words of a stretch
_SENTENCE = re.compile(r"[^.!?\n]+(?:[.!?](?!\s+[A-ZÀ-Ý«]|\s*$)[^.!?\n]*)*[.!?]*", re.UNICODE)
_TOKEN = re.compile(r"\w+", re.UNICODE)
_FREQUENT = 60  # of the most frequent words none says what a sentence is about
_MONTH = re.compile(
    r"janvier|février|mars|avril|mai|juin|juillet|août|septembre|octobre|novembre|décembre"
)
_YEAR = re.compile(r"1\d{3}|20\d\d")
_MARKS = frozenset(',;:()«»"[]!?–—')
_KINDS = (
    ("number", re.compile(r"\bcombien\b|\bquel(?:le)? (?:est le )?(?:nombre|pourcentage|prix)\b")),
    ("time", re.compile(r"\bquand\b|\bann[ée]es?\b|\bdate\b|\bsiècle\b|\bjour\b|\bpériode\b")),
    ("person", re.compile(r"\bqui\b")),
    ("place", re.compile(r"\boù\b|\bville\b|\bpays\b|\brégion\b|\blieu\b|\bendroit\b")),
    ("reason", re.compile(r"\bpourquoi\b|\bcomment\b|\braison\b")),
)
KINDS = (*(name for name, _ in _KINDS), "other")


class Token(NamedTuple):
    """A word in lower case, and where it stands in its sentence."""

    word: str
    start: int
    end: int


class Found(NamedTuple):
    """A sentence that may answer, the stretch of it that does, and its place and score."""

    sentence: str
    start: int
    end: int
    place: int
    score: float

    @property
    def answer(self) -> str:
        """The stretch."""
        return self.sentence[self.start : self.end]


def tokens(text: str) -> list[Token]:
    """The words and numbers of a text."""
    return [Token(m[0].lower(), m.start(), m.end()) for m in _TOKEN.finditer(text)]


def sentences(text: str) -> list[tuple[int, str]]:
    """The sentences of a text, each with where it begins.

    >>> sentences("Il pleut. Il a 3.5 ans !")
    [(0, 'Il pleut.'), (10, 'Il a 3.5 ans !')]
    """
    cut = []
    for match in _SENTENCE.finditer(text):
        sentence = match[0].strip()
        if sentence:
            cut.append((match.start() + match[0].index(sentence[0]), sentence))
    return cut


def kind_of(question: str) -> str:
    """What is asked for, of KINDS."""
    text = question.lower()
    return next((name for name, pattern in _KINDS if pattern.search(text)), "other")


@dataclass(frozen=True, eq=False)
class SentenceSearch:
    """Sentences to be searched: ``place`` counts them."""

    texts: tuple[str, ...]

    @cached_property
    def words(self) -> list[list[str]]:
        """The words of each."""
        return [[token.word for token in tokens(text)] for text in self.texts]

    @cached_property
    def method(self) -> BM25:
        """How they are searched."""
        return BM25(Counted.of(self.words))

    @cached_property
    def frequent(self) -> frozenset[str]:
        """The words that say nothing of what a sentence is about."""
        counted = self.method.counted
        order = np.argsort(-counted.having, kind="stable")[:_FREQUENT]
        return frozenset(counted.vocabulary.words[int(i)] for i in order)

    @cached_property
    def _kept(self) -> Sparse:
        return self.method.kept(self.words)

    def scores(self, question: str, places: Sequence[int] | None = None) -> np.ndarray:
        """BM25's score of each sentence, or of those at ``places``, float (sentences,)."""
        kept = self._kept if places is None else self._kept[list(places)]
        asked = [[token.word for token in tokens(question)]]
        return scores_of(self.method.asked(asked), kept)[0].astype(float)

    def rarity(self, word: str) -> float:
        """The inverse document frequency of a word, 0 of one that is unknown."""
        number = self.method.counted.vocabulary.numbers.get(word)
        return 0.0 if number is None else float(self.method.rarity[number])

    def answers(self, question: str, weights: np.ndarray, count: int = 3) -> list[Found]:
        """The best stretch of each of the best sentences; none where no word is shared.

        weights: of the features of a stretch.
        """
        hits = best(self.scores(question), count)
        return [self.stretch(question, hit.place, weights, hit.score) for hit in hits]

    def stretch(self, question: str, place: int, weights: np.ndarray, score: float = 0) -> Found:
        """The best stretch of a sentence."""
        sentence = self.texts[place]
        own = tokens(sentence)
        if not own:
            return Found(sentence, 0, 0, place, score)
        ends, table = features(question, sentence, own, self)
        first, last = ends[int((table @ weights).argmax())]
        return Found(sentence, own[first].start, own[last].end, place, score)


def features(
    question: str, sentence: str, own: Sequence[Token], search: SentenceSearch
) -> tuple[np.ndarray, np.ndarray]:
    """Each stretch of a sentence, first and last word, int (n, 2), and its features, (n, features).

    A mark ends a stretch. own: the sentence's words, at least one.
    """
    count = len(own)
    cut = np.array([_is_cut(sentence, own, i) for i in range(count + 1)])
    section = np.cumsum(cut[:-1])
    first, last = (grid.ravel() for grid in np.indices((count, count)))
    fits = (last >= first) & (last < first + LONGEST) & (section[first] == section[last])
    first, last = first[fits], last[fits]
    asked = {token.word for token in tokens(question)} - search.frequent
    words = [token.word for token in own]
    is_asked = np.array([word in asked for word in words])
    frequent = np.array([word in search.frequent for word in words])
    rarity = np.array([search.rarity(word) for word in words])
    has_capital = np.array([i > 0 and sentence[t.start].isupper() for i, t in enumerate(own)])
    has_digit = np.array([any(char.isdigit() for char in word) for word in words])
    is_date = np.array([bool(_YEAR.fullmatch(w) or _MONTH.fullmatch(w)) for w in words])
    length = last - first + 1

    def inside(values: np.ndarray) -> np.ndarray:
        sums = np.concatenate([[0], np.cumsum(values)])
        return sums[last + 1] - sums[first]

    hits = np.flatnonzero(is_asked)
    distance = np.full(len(first), LONGEST)
    if len(hits):
        gaps = np.maximum(first[:, None] - hits, hits - last[:, None])
        distance = np.clip(gaps.min(1), 0, LONGEST)
    before, after = np.concatenate([[False], frequent]), np.concatenate([frequent, [False]])
    seen = np.stack(
        [
            inside(has_digit) > 0,
            inside(is_date) > 0,
            inside(has_capital) == length,
            inside(has_capital) > 0,
            length / LONGEST,
        ],
        1,
    )
    kind = np.array([kind_of(question) == name for name in KINDS], float)
    table = [
        inside(is_asked) > 0,
        inside(is_asked) / length,
        distance / LONGEST,
        np.concatenate([[False], is_asked])[first],
        first > (hits[0] if len(hits) else count),
        cut[first],
        cut[last + 1],
        frequent[first],
        frequent[last],
        before[first],
        after[last + 1],
        inside(rarity) / length / LONGEST,
        *(length == n for n in range(1, 5)),
    ]
    crossed = (kind[None, :, None] * seen[:, None]).reshape(len(first), -1)
    rows = np.concatenate([np.stack(table, 1).astype(float), crossed], 1)
    return np.stack([first, last], 1), rows


def _is_cut(sentence: str, own: Sequence[Token], i: int) -> bool:
    """Whether a mark, or the sentence's end, stands before a word."""
    if i in (0, len(own)):
        return True
    between = sentence[own[i - 1].end : own[i].start]
    return any(mark in between for mark in _MARKS)
