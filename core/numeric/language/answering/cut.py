"""Sentences and words of a text, each with its place."""

from __future__ import annotations

import re
from typing import NamedTuple

STEM = 6  # letters
_SENTENCE = re.compile(r"[^.!?\n]+(?:[.!?](?!\s+[A-ZÀ-Ý«]|\s*$)[^.!?\n]*)*[.!?]*", re.UNICODE)
_TOKEN = re.compile(r"\w+", re.UNICODE)


class Token(NamedTuple):
    """A word in lower case, and where it stands in its sentence."""

    word: str
    start: int
    end: int

    @property
    def stem(self) -> str:
        """The word's first letters: what most of its forms have in common."""
        return self.word[:STEM]


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
