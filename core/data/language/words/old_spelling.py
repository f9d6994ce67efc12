"""Words of the eighteenth century in the spelling of later books, so that two forms are one word.

étoit is était, enfans is enfants, frere is frère: where later books have the new form alone.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

_LEAST = 2  # times that later books have the new form
_CHANGES = (("oi", "ai"), ("tems", "temps"), ("y", "i"))
_ACCENTS = {"e": "éèê", "é": "èê", "ê": "é", "a": "âà", "i": "î", "o": "ô", "u": "ûù", "û": "u"}


def modern(word: str, later: Counter[str]) -> str:
    """The word as later books spell it, or itself.

    later: how often each word stands in later books. The most frequent new form counts.
    """
    if later[word] >= _LEAST:
        return word
    forms = {form for form in _forms(word) if later[form] >= _LEAST}
    return max(forms, key=lambda form: (later[form], form), default=word)


def _forms(word: str) -> list[str]:
    """What a word may be in the new spelling: one or two of the old ways undone."""
    once = [form for form in _changed(word) if form != word]
    return once + [form for first in once for form in _changed(first)]


def _changed(word: str) -> list[str]:
    forms = [word.replace(old, new) for old, new in _CHANGES]
    if word.endswith("ns"):
        forms.append(f"{word[:-1]}ts")
    last = len(word.removesuffix("s")) - 1  # where a new accent makes another word: aime, aimé
    for at, letter in enumerate(word[:last]):
        forms += [word[:at] + new + word[at + 1 :] for new in _ACCENTS.get(letter, "")]
    return forms


def modernised(sentences: Sequence[Sequence[str]], later: Counter[str]) -> list[list[str]]:
    """Sentences with each word as ``modern`` gives it."""
    spelled = {word: modern(word, later) for word in {w for line in sentences for w in line}}
    return [[spelled[word] for word in line] for line in sentences]
