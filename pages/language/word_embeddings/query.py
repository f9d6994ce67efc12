"""What somebody asks of a space of words: a word, an analogy, or a path."""

import re
from dataclasses import dataclass

from core.messages import N_, Problem

_SIGNS = re.compile(r"\s*(→|->|>|[-−–+:=])\s*")
_MINUS, _ARROWS = ("-", "−", "–"), ("→", "->", ">")
_FORMS = N_(
    "“{given}” cannot be read: write a word, an analogy (roi - homme + femme), a path (guerre > "
    "paix), or three words or more, of which one is the odd one out."
)


@dataclass(frozen=True)
class Asked:
    """A question. kind: "word", "analogy", "path", or "odd": which word is the odd one out.

    words: of an analogy (a, b, c), where b - a + c is asked for.
    """

    kind: str
    words: tuple[str, ...]

    @property
    def text(self) -> str:
        """As people write it."""
        if self.kind == "analogy":
            a, b, c = self.words
            return f"{b} − {a} + {c}"
        return (" → " if self.kind == "path" else ", ").join(self.words)


def read_question(typed: str) -> Asked:
    """What somebody typed. Raises Problem with a sentence that says what can be read.

    >>> read_question("roi - homme + femme")
    Asked(kind='analogy', words=('homme', 'roi', 'femme'))
    >>> read_question("Guerre > paix").words
    ('guerre', 'paix')
    """
    parts = _SIGNS.split(" ".join(typed.lower().replace("’", "'").split()))
    words, signs = tuple(parts[::2]), tuple(parts[1::2])
    kinds = tuple("-" if s in _MINUS else ">" if s in _ARROWS else s for s in signs)
    if all(words):
        match kinds:
            case ():
                several = tuple(dict.fromkeys(re.split("[ ,;]+", words[0].strip(" ,;"))))
                if len(several) == 1:
                    return Asked("word", several)
                if len(several) > 2:
                    return Asked("odd", several)
            case (">",):
                return Asked("path", words)
            case ("-", "+"):
                return Asked("analogy", (words[1], words[0], words[2]))
            case ("+", "-"):
                return Asked("analogy", (words[2], words[0], words[1]))
            case (":", "=") | (":", ":"):
                return Asked("analogy", words)
    raise Problem(_FORMS, given=typed.strip()[:60])


def read_axes(typed: str) -> tuple[tuple[str, str], ...]:
    """One pair of words, or two, that axes lead from and to. Raises Problem otherwise."""
    words = re.findall(r"[^\W\d_]+(?:'[^\W\d_]+)*", typed.lower().replace("’", "'"))
    match words:
        case [low, high]:
            return ((low, high),)
        case [low, high, first, last]:
            return (low, high), (first, last)
    raise Problem(
        N_("An axis is made of two words, two axes of four; “{given}” has {count}."),
        given=typed.strip()[:60],
        count=len(words),
    )
