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
        """The best stretch of each of the best sentences; none where no word is shared."""
        scores = self.scores(question)
        hits = best(scores, count)
        return [self.stretch(question, hit.place, 1.0, weights, hit.score) for hit in hits]

    def stretch(
        self, question: str, place: int, relative: float, weights: np.ndarray, score: float
    ) -> Found:
        """The best stretch of a sentence. relative: its score by that of the best sentence."""
        sentence = self.texts[place]
        own = tokens(sentence)
        ends, table = features(question, sentence, own, relative, self)
        first, last = ends[int((table @ weights).argmax())] if ends else (0, 0)
        start, end = (own[first].start, own[last].end) if own else (0, 0)
        return Found(sentence, start, end, place, score)


def features(
    question: str, sentence: str, own: Sequence[Token], relative: float, search: SentenceSearch
) -> tuple[list[tuple[int, int]], np.ndarray]:
    """Each stretch of a sentence, first and last word, and its features, (stretches, features)."""
    asked = {token.word for token in tokens(question)} - search.frequent
    hits = [i for i, token in enumerate(own) if token.word in asked]
    kind = kind_of(question)
    parts = [_parts(sentence, own, i) for i in range(len(own) + 1)]
    ends, rows = [], []
    for first in range(len(own)):
        for last in range(first, min(first + LONGEST, len(own))):
            if last > first and parts[last]:
                break  # a mark stands between
            ends.append((first, last))
            rows.append(_row(sentence, own, first, last, hits, parts, kind, relative, search))
    return ends, np.array(rows, float).reshape(len(ends), -1)


def _parts(sentence: str, own: Sequence[Token], i: int) -> bool:
    """Whether a mark, or the sentence's end, stands before a word."""
    if i in (0, len(own)):
        return True
    between = sentence[own[i - 1].end : own[i].start]
    return any(mark in between for mark in ',;:()«»"[]!?–—')


def _row(
    sentence: str,
    own: Sequence[Token],
    first: int,
    last: int,
    hits: Sequence[int],
    parts: Sequence[bool],
    kind: str,
    relative: float,
    search: SentenceSearch,
) -> list[float]:
    words = [token.word for token in own[first : last + 1]]
    text = sentence[own[first].start : own[last].end]
    inside = sum(first <= hit <= last for hit in hits)
    distance = min((max(first - hit, hit - last, 0) for hit in hits), default=LONGEST)
    capitals = [sentence[token.start].isupper() for token in own[max(first, 1) : last + 1]]
    length = last - first + 1
    seen = [
        any(char.isdigit() for char in text),
        bool(_YEAR.search(text) or _MONTH.search(text.lower())),
        bool(capitals) and all(capitals),
        any(capitals),
    ]
    return [
        relative,
        inside > 0,
        inside / length,
        min(distance, LONGEST) / LONGEST,
        any(hit == first - 1 for hit in hits),
        any(hit < first for hit in hits),
        parts[first],
        parts[last + 1],
        words[0] in search.frequent,
        words[-1] in search.frequent,
        first > 0 and own[first - 1].word in search.frequent,
        last + 1 < len(own) and own[last + 1].word in search.frequent,
        float(np.mean([search.rarity(word) for word in words])) / LONGEST,
        *(length == n for n in range(1, 5)),
        length / LONGEST,
        *(kind == name and one for name in KINDS for one in seen),
        *((kind == name) * length / LONGEST for name in KINDS),
    ]
