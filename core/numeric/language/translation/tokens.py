"""A sentence as words and marks."""

from __future__ import annotations

import re
from collections.abc import Iterable

LANGUAGES = ("en", "fr")
_OTHER = r"\d|[^\w\s]|_"
# English parts do|n't and it|'s, French l'|homme.
_TOKENS = {
    "en": rf"[^\W\d_]+(?=n't\b)|n't\b|'[^\W\d_]+|[^\W\d_]+|{_OTHER}",
    "fr": rf"aujourd'hui|[^\W\d_]+'?|{_OTHER}",
}
_TOKEN = {language: re.compile(rf"(\s?)({one})", re.I) for language, one in _TOKENS.items()}
_GLUE = {
    "en": re.compile(r" (?=n't\b|'|[?!:;.,-])|(?<=-) "),
    "fr": re.compile(r"(?<=\w') | (?=[?!:;.,-])|(?<=-) "),
}
_NEEDLESS_SPACE = re.compile(r"\s+(?=[?!:;.,…»)])|(?<=[«(])\s+")
_FRENCH_SPACE = re.compile(r"(?<=[^\s?!])(?=[?!:;»])|(?<=«)")


def set_plainly(text: str) -> str:
    """A line with straight apostrophes, and no space before a mark.

    >>> set_plainly("Qu’est-ce ?")
    "Qu'est-ce?"
    """
    text = re.sub("[’‘`´]", "'", text.replace("\u200b", ""))
    return _NEEDLESS_SPACE.sub("", " ".join(text.split()))


def set_in(text: str, language: str) -> str:
    r"""A line that was written plainly as it is printed: a capital, and French's no-break spaces.

    >>> set_in("qu'est-ce?", "fr")
    "Qu'est-ce\xa0?"
    """
    text = text[:1].upper() + text[1:]
    return _FRENCH_SPACE.sub("\xa0", text) if language == "fr" else text


def tokens(text: str, language: str) -> list[str]:
    """Words and marks; the space before one stays with it, the first has one, too.

    language: of LANGUAGES.

    >>> tokens("I don't know.", "en")
    [' I', ' do', "n't", ' know', '.']
    """
    found = _TOKEN[language].findall(" " + set_plainly(text))
    return [space + token for space, token in found]


def words(text: str, language: str) -> list[str]:
    """The words of a line in lower case, without marks.

    >>> words("C'est l'été.", "fr")
    ["c'", 'est', "l'", 'été']
    """
    every = (token.strip().lower() for token in tokens(text, language))
    return [token for token in every if any(map(str.isalnum, token))]


def joined(words: Iterable[str], language: str) -> str:
    """Words and marks as a line.

    >>> joined(["c'", "est", "l'", "été", "."], "fr")
    "c'est l'été."
    """
    return _GLUE[language].sub("", " ".join(words))


def names(lines: Iterable[str], language: str) -> frozenset[str]:
    """The words that have a capital inside a sentence more often than not."""
    balance: dict[str, int] = {}
    for line in lines:
        for token in tokens(line, language)[1:]:
            word = token.strip()
            balance[word.lower()] = balance.get(word.lower(), 0) + (1 if word[:1].isupper() else -1)
    return frozenset(word for word, count in balance.items() if count > 0)


def without_first_capital(text: str, names: frozenset[str], language: str) -> str:
    """A line whose first word has its capital only if it is a name."""
    first = tokens(text, language)[:1]
    keeps = not first or first[0].strip().lower() in names
    return text if keeps else text[:1].lower() + text[1:]
