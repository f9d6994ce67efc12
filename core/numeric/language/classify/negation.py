"""English words after a negation, told apart from the same words without one."""

from collections.abc import Sequence

_NEGATIONS = frozenset(
    ("not", "no", "never", "nothing", "nobody", "none", "neither", "nor", "without", "cannot")
)
_ENDS = frozenset(("but", "and"))


def negated(text: Sequence[str]) -> list[str]:
    """The words of a text, and after a negation other words, up to a mark, "but" or "and".

    Source: Pang, Lee & Vaithyanathan (2002), arXiv:cs/0205070, section 4.

    >>> negated(["it", "isn't", "so", "good", ",", "but", "good", "fun"])
    ['it', "isn't", 'not so', 'not good', ',', 'but', 'good', 'fun']
    """
    read, is_negated = [], False
    for word in text:
        if word in _ENDS or not word[0].isalnum():
            is_negated = False
        read.append(f"not {word}" if is_negated else word)
        if word in _NEGATIONS or word.endswith("n't"):
            is_negated = True
    return read
