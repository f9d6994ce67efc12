"""A text as words: what a vector is learned of."""

from __future__ import annotations

import re

# A vowel that is left out ends a word (l'homme), but for words that are written so as a whole.
_WORD = re.compile(r"aujourd'hui|quelqu'une?s?|presqu'île|[^\W\d_]+", re.IGNORECASE)


def words(line: str) -> list[str]:
    """The words of a line in lower case: runs of letters.

    >>> words("Qu'est-ce, aujourd'hui, que l'homme?")
    ['qu', 'est', 'ce', "aujourd'hui", 'que', 'l', 'homme']
    """
    return _WORD.findall(line.replace("’", "'").lower())


def spans(line: str) -> list[tuple[int, int, str]]:
    """The words of a line, and where each begins and ends in it.

    >>> spans("Qu'est-ce")
    [(0, 2, 'qu'), (3, 6, 'est'), (7, 9, 'ce')]
    """
    found = _WORD.finditer(line.replace("’", "'"))
    return [(match.start(), match.end(), match[0].lower()) for match in found]


def sentences(text: str) -> list[list[str]]:
    """The words of each line that has any."""
    return [line for line in map(words, text.split("\n")) if line]
