"""Answers cut out of a text without a network: sentences by BM25, stretches by a linear score."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import NamedTuple

import numpy as np

from core.numeric.language.answering.cut import tokens
from core.numeric.language.answering.seen import Seen, Vocabulary
from core.numeric.language.answering.stretches import SENTENCES, Templates
from core.numeric.language.thoughts.bags import BM25, Counted, Sparse
from core.numeric.language.thoughts.search import best, scores_of

_LIGHT = 60  # of the most frequent words none says what a sentence is about
_FREQUENT = 150  # words that have features of their own


class Found(NamedTuple):
    """A sentence that may answer, the stretch of it that does, its place and its likeness (BM25).

    weight: of the stretch, the higher the better.
    """

    sentence: str
    start: int
    end: int
    place: int
    score: float
    weight: float

    @property
    def answer(self) -> str:
        """The stretch."""
        return self.sentence[self.start : self.end]


@dataclass(frozen=True, eq=False)
class SentenceSearch:
    """Sentences to be searched: ``place`` counts them."""

    texts: tuple[str, ...]
    _seen: dict[int, Seen] = field(default_factory=dict, repr=False)

    @cached_property
    def stems(self) -> list[list[str]]:
        """The stems of each one's words."""
        return [[token.stem for token in tokens(text)] for text in self.texts]

    @cached_property
    def method(self) -> BM25:
        """How they are searched."""
        return BM25(Counted.of(self.stems))

    @cached_property
    def _frequent(self) -> tuple[str, ...]:
        counted = Counted.of([[token.word for token in tokens(text)] for text in self.texts])
        order = np.argsort(-counted.having, kind="stable")[:_FREQUENT]
        return tuple(counted.vocabulary.words[int(i)] for i in order)

    @cached_property
    def templates(self) -> Templates:
        """What is seen of a stretch."""
        numbers = self.method.counted.vocabulary.numbers
        rarity = {stem: float(self.method.rarity[number]) for stem, number in numbers.items()}
        light = frozenset(self._frequent[:_LIGHT])
        return Templates(Vocabulary(self._frequent), light, rarity)

    @cached_property
    def _kept(self) -> Sparse:
        return self.method.kept(self.stems)

    def seen(self, place: int) -> Seen:
        """A sentence as the templates see it."""
        if place not in self._seen:
            self._seen[place] = self.templates.vocabulary.seen(self.texts[place])
        return self._seen[place]

    def scores(self, question: str) -> np.ndarray:
        """BM25's score of each sentence, float (sentences,)."""
        asked = [[token.stem for token in tokens(question)]]
        return scores_of(self.method.asked(asked), self._kept)[0].astype(float)

    def stretches(
        self, question: str, places: Sequence[int], scores: np.ndarray
    ) -> list[tuple[int, np.ndarray]]:
        """Of each of some sentences, the likest first: its place, and its stretches' features."""
        most = max(float(scores[list(places)].max()), 1e-9)
        return [
            (place, self.templates.features(question, self.seen(place), rank, scores[place] / most))
            for rank, place in enumerate(places)
            if self.seen(place).own
        ]

    def answers(self, question: str, weights: np.ndarray) -> list[Found]:
        """The best stretch of each of the likest sentences, the best first.

        None, where no sentence has a word of the question. weights: of the features.
        """
        scores = self.scores(question)
        places = [hit.place for hit in best(scores, SENTENCES)]
        return self.answers_in(question, weights, places, scores) if places else []

    def answers_in(
        self, question: str, weights: np.ndarray, places: Sequence[int], scores: np.ndarray
    ) -> list[Found]:
        """The best stretch of each of some sentences, the best first.

        places: of the sentences, the likest first; scores: of all sentences.
        """
        found = []
        for place, table in self.stretches(question, places, scores):
            seen, weight = self.seen(place), weights[table].sum(1)
            first, last = seen.ends[int(weight.argmax())]
            start, end = seen.own[first].start, seen.own[last].end
            found.append(
                Found(seen.text, start, end, place, float(scores[place]), float(weight.max()))
            )
        return sorted(found, key=lambda one: -one.weight)
