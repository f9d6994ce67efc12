"""What a request is for: the intent of the example that is most like it, or none that is known."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple, Self

import numpy as np

from core.numeric.language.embeddings.vocabulary import Vocabulary
from core.numeric.language.thoughts.bags import Texts, bags

_STEM = 5  # letters: enough to tell words apart, too few to tell their endings apart


class Match(NamedTuple):
    """The intent of an example, its place among them, and its cosine with the request."""

    intent: str
    place: int
    score: float


@dataclass(frozen=True, eq=False)
class IntentMatcher:
    """Examples of requests, as words, each with its intent, compared by the cosine of their words.

    A word weighs log(intents / intents whose examples have it), so that one which all of them have
    says nothing of any; a word that no example has weighs as much as one that a single intent has.
    """

    examples: Texts
    intents: tuple[str, ...]
    vocabulary: Vocabulary
    rarity: np.ndarray
    _rows: np.ndarray

    @classmethod
    def of(cls, examples: Texts, intents: Sequence[str]) -> Self:
        """Of examples, and the intent of each."""
        stems = [_stems(words) for words in examples]
        vocabulary = Vocabulary.of(stems, 1, 50_000)
        counts = bags(stems, vocabulary).toarray() > 0
        names = sorted(set(intents))
        having = sum(counts[[i == name for i in intents]].any(0).astype(float) for name in names)
        rarity = np.log(len(names) / np.maximum(having, 1))
        rows = counts * rarity
        lengths = np.linalg.norm(rows, axis=1, keepdims=True)
        return cls(examples, tuple(intents), vocabulary, rarity, rows / np.maximum(lengths, 1e-12))

    def nearest(self, request: Sequence[str], count: int = 1) -> list[Match]:
        """The examples that are most like a request, given as words, the likest first."""
        stems = set(_stems(request))
        row = (bags([list(stems)], self.vocabulary).toarray()[0] > 0) * self.rarity
        unknown = sum(stem not in self.vocabulary.numbers for stem in stems)
        length = np.sqrt((row**2).sum() + unknown * np.log(len(set(self.intents))) ** 2)
        scores = self._rows @ row / max(length, 1e-12)
        order = np.argsort(-scores, kind="stable")[:count]
        return [Match(self.intents[i], int(i), float(scores[i])) for i in order]

    def left_out(self) -> tuple[np.ndarray, np.ndarray]:
        """Each example asked of the others: its highest cosine, and whether the intent is right.

        float and bool (examples,); an example's own words are not counted either.
        """
        scores, right = [], []
        for i, words in enumerate(self.examples):
            rest = [j for j in range(len(self.examples)) if j != i]
            others = IntentMatcher.of(
                [self.examples[j] for j in rest], [self.intents[j] for j in rest]
            )
            match = others.nearest(words)[0]
            scores.append(match.score)
            right.append(match.intent == self.intents[i])
        return np.array(scores), np.array(right)


def shares_by_threshold(
    scores: np.ndarray, right: np.ndarray, strangers: np.ndarray, thresholds: np.ndarray
) -> dict[str, np.ndarray]:
    """Of each threshold, below which one says that one has not understood, shares (thresholds,).

    "right" and "wrong": of the requests, those that are answered so; "refused": of the strangers.
    scores, right: of requests, as of ``left_out``; strangers: cosines of what has no intent.
    """
    answered = scores >= thresholds[:, None]
    return {
        "right": (answered & right).mean(1),
        "wrong": (answered & ~right).mean(1),
        "refused": (strangers < thresholds[:, None]).mean(1),
    }


def _stems(words: Sequence[str]) -> list[str]:
    return [word[:_STEM] for word in words]
