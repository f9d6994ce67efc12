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


def sentences(text: str) -> list[list[str]]:
    """The words of each line that has any."""
    return [line for line in map(words, text.split("\n")) if line]
