"""A space of words: who is near whom, a - b + c, and axes that two words make."""

from __future__ import annotations

import difflib
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any, NamedTuple

import numpy as np

from core.messages import N_, Problem


class Scored(NamedTuple):
    """A word and its score."""

    word: str
    score: float


@dataclass(frozen=True, eq=False)
class WordSpace:
    """Words, the most frequent first, their vectors, float (words, d), and how often each comes.

    counts: int64 (words,); empty where nobody counted.
    """

    words: tuple[str, ...]
    vectors: np.ndarray
    counts: np.ndarray = field(default_factory=lambda: np.zeros(0, np.int64))

    @classmethod
    def of(cls, about: Mapping[str, Any], weights: Mapping[str, np.ndarray]) -> WordSpace:
        """The space of a card and its weights."""
        counts = np.array(about["word_counts"].split(), np.int64)
        words = tuple(about["word_vectors"].split())
        return cls(words, weights["vectors"].astype(np.float32), counts)

    @property
    def about(self) -> dict[str, Any]:
        """What its card says of it."""
        return {
            "word_vectors": " ".join(self.words),
            "word_counts": " ".join(map(str, self.counts)),
        }

    @property
    def weights(self) -> dict[str, np.ndarray]:
        """Its vectors by name."""
        return {"vectors": self.vectors}

    @property
    def params(self) -> int:
        """How many numbers it has."""
        return self.vectors.size

    @cached_property
    def numbers(self) -> dict[str, int]:
        """The number of each word."""
        return {word: number for number, word in enumerate(self.words)}

    @cached_property
    def units(self) -> np.ndarray:
        """The vectors at length 1, float32 (words, d); a zero vector stays."""
        return unit(self.vectors).astype(np.float32)

    def number(self, word: str) -> int:
        """The number of a word. Raises Problem, with words spelled alike, if it is not here."""
        asked = unicodedata.normalize("NFC", word).strip().lower().replace("’", "'")
        number = self.numbers.get(asked)
        if number is not None:
            return number
        alike = ", ".join(self.alike(asked))
        unknown = N_("The word {word} is not among the {count:,} of this space.")
        with_others = N_(
            "The word {word} is not among the {count:,} of this space; spelled alike: {alike}."
        )
        raise Problem(
            with_others if alike else unknown,
            word=word[:40],
            count=len(self.words),
            alike=alike,
        )

    def alike(self, word: str, count: int = 3) -> list[str]:
        """The words that are spelled most like a word: accents count least."""
        plain = _without_accents(word[:40])
        same = [known for known in self.words if _without_accents(known) == plain]
        near = difflib.get_close_matches(word[:40], self.words, count, 0.7)
        return list(dict.fromkeys(same + near))[:count]

    def vector(self, word: str) -> np.ndarray:
        """A word's vector at length 1, (d,). Raises Problem as ``number`` does."""
        return self.units[self.number(word)]

    def near(self, vector: np.ndarray, count: int, without: Sequence[int] = ()) -> list[Scored]:
        """The words of the largest cosine with a vector (d,), the first the nearest."""
        cosines = self.units @ (vector / max(float(np.linalg.norm(vector)), 1e-12))
        cosines[list(without)] = -np.inf
        best = np.argsort(-cosines, kind="stable")[: min(count, len(cosines) - len(without))]
        return [Scored(self.words[i], float(cosines[i])) for i in best]

    def neighbours(self, word: str, count: int = 10) -> list[Scored]:
        """The nearest words of a word, itself left out. Raises Problem as ``number`` does."""
        number = self.number(word)
        return self.near(self.units[number], count, [number])

    def analogy(
        self, a: str, b: str, c: str, count: int = 10, *, exclude: bool = True
    ) -> list[Scored]:
        """What is to c as b is to a: the words nearest to b - a + c.

        exclude: the question's own words are no answers; else one of them is mostly the first.
        Raises Problem as ``number`` does. Source: Mikolov, Yih & Zweig (2013), NAACL.
        """
        asked = [self.number(word) for word in (a, b, c)]
        first, second, third = self.units[asked]
        return self.near(second - first + third, count, asked if exclude else ())

    def axis(self, low: str, high: str) -> np.ndarray:
        """Where each word stands from ``low`` (0) to ``high`` (1), float (words,).

        Raises Problem as ``number`` does, or if the two are the same.
        """
        start, direction = self.vector(low), self.vector(high) - self.vector(low)
        length = float(direction @ direction)
        if length < 1e-9:
            raise Problem(
                N_("An axis needs two words that differ; both are {word}."), word=low[:40]
            )
        return (self.units - start) @ direction / length

    def path(self, start: str, end: str, steps: int = 7) -> list[Scored]:
        """The word nearest to each of so many points between two words, each word once.

        The score is the cosine with the point. Raises Problem as ``number`` does.
        """
        taken = [self.number(start), self.number(end)]
        first, last = self.units[taken]
        between = []
        for share in np.linspace(0, 1, steps + 2)[1:-1]:
            (nearest,) = self.near((1 - share) * first + share * last, 1, taken)
            taken.append(self.numbers[nearest.word])
            between.append(nearest)
        return between


def _without_accents(word: str) -> str:
    letters = unicodedata.normalize("NFD", word)
    return "".join(letter for letter in letters if not unicodedata.combining(letter))


def unit(vectors: np.ndarray) -> np.ndarray:
    """Vectors (n, d) at length 1; a zero vector stays."""
    return vectors / np.maximum(np.linalg.norm(vectors, axis=1, keepdims=True), 1e-12)


def nearest(units: np.ndarray, count: int) -> tuple[np.ndarray, np.ndarray]:
    """The nearest others of each vector of length 1, (n, d): their numbers and cosines, (n, count).

    Fewer where there are no more.
    """
    cosines = units @ units.T
    np.fill_diagonal(cosines, -np.inf)
    count = min(count, len(units) - 1)
    some = np.argpartition(-cosines, count - 1, axis=1)[:, :count]
    values = np.take_along_axis(cosines, some, 1)
    order = np.argsort(-values, axis=1)
    return np.take_along_axis(some, order, 1), np.take_along_axis(values, order, 1)
