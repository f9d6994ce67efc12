"""A sentence that somebody typed, in the words that a tagger was taught with.

The French treebank keeps "l'" and "-il" as words and takes "du" apart into "de le"; the novels have
the apostrophe for a word of its own, and keep "dit-il" whole.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

_ABBREVIATED = r"\b(?:MM?|Mr|Dr|St|Mgr)\."
_NUMBER = r"\d+(?:[.,]\d+)*"
_ELIDED = r"\b(?:[cdjlmnst]|qu|jusqu|lorsqu|puisqu|quoiqu)'(?=\w)"
_PRONOUN = r"(?:t-)?(?:je|tu|ils?|elles?|on|nous|vous|ce|ci|là|moi|toi|les?|la|lui|leur|y|en)\b"
_CLITIC = f"-{_PRONOUN}"
_LETTERS = r"[^\W\d_]+"
_MARK = r"\.\.\.|[^\w\s]|_"
_HYPHENED = rf"{_LETTERS}(?:-{_LETTERS})*"
_BEFORE_CLITIC = rf"{_LETTERS}(?:-(?!{_PRONOUN}){_LETTERS})*"
_WHOLE = r"aujourd'hui|quelqu'une?|presqu'île"
_TREEBANK = re.compile(
    "|".join([_ABBREVIATED, _WHOLE, _ELIDED, _NUMBER, _CLITIC, _BEFORE_CLITIC, _MARK]),
    re.IGNORECASE,
)
_NOVEL = re.compile("|".join([_ABBREVIATED, _NUMBER, _HYPHENED, _MARK]), re.IGNORECASE)
_ENGLISH = re.compile(
    "|".join([rf"[#@]?{_LETTERS}(?:['-]{_LETTERS})*", _NUMBER, _MARK]), re.IGNORECASE
)
_CONTRACTED = {"du": ("de", "le"), "au": ("à", "le"), "aux": ("à", "les")}
_STYLES = {"sequoia": _TREEBANK, "novels": _NOVEL, "newspapers": _NOVEL, "invented": _TREEBANK}


def typed_words(sentence: str, data: str) -> list[str]:
    """The words and marks of a sentence, as the corpus ``data`` would have them.

    >>> typed_words("Dit-il du bien de l'été ?", "sequoia")
    ['Dit', '-il', 'de', 'le', 'bien', 'de', "l'", 'été', '?']
    >>> typed_words("Dit-il du bien de l'été ?", "novels")
    ['Dit-il', 'du', 'bien', 'de', 'l', "'", 'été', '?']
    """
    found = _STYLES.get(data, _ENGLISH).findall(sentence.replace("’", "'"))
    if data != "sequoia":
        return found
    out: list[str] = []
    for word in found:
        parts = _CONTRACTED.get(word.lower(), (word,))
        first = parts[0].capitalize() if word[0].isupper() and parts[0] != word else parts[0]
        out += [first, *parts[1:]]
    return out


def as_typed(words: Sequence[str], data: str) -> str:
    """Words of the corpus ``data`` as one would type them, so that ``typed_words`` has them again.

    >>> as_typed(["Dit", "-il", "de", "l'", "été", "?"], "sequoia")
    "Dit-il de l'été ?"
    """
    joined = " ".join(words)
    if _STYLES.get(data) is not _TREEBANK:
        return joined
    return re.sub(r" (-\w)", r"\1", re.sub(r"(\w') (?=\w)", r"\1", joined))
