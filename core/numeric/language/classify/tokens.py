"""A text as a classifier reads it: words, numbers and marks, in lower case."""

from __future__ import annotations

import re
from typing import NamedTuple

_ELIDED = r"\b(?:[cdjlmnst]|qu|jusqu|lorsqu|puisqu|quoiqu)'(?=\w)"
# A French elision is a word (l' homme); what English leaves out is part of one (isn't).
_TOKEN = re.compile(rf"{_ELIDED}|[^\W\d_]+(?:['-][^\W\d_]+)*|\d+|[^\w\s]", re.IGNORECASE)


class Token(NamedTuple):
    """A word, and where it stands in its text: from ``start`` to before ``end``."""

    word: str
    start: int
    end: int


def tokens(text: str) -> list[Token]:
    """The words and marks of a text.

    >>> [token.word for token in tokens("L'ending isn't bad!")]
    ["l'", 'ending', "isn't", 'bad', '!']
    """
    found = _TOKEN.finditer(_plain(text))
    return [Token(match[0].lower(), match.start(), match.end()) for match in found]


def words(text: str) -> list[str]:
    """The words and marks alone."""
    return [word.lower() for word in _TOKEN.findall(_plain(text))]


def _plain(text: str) -> str:
    return text.replace("’", "'")
