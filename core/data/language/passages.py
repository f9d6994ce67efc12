"""A book as short passages, each with its chapter: what is found when one asks for a sentence."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import NamedTuple

from core.data.language import corpora
from core.data.language.words.tokens import words

MOST_WORDS = 40
_HEADING = re.compile(r"(?:CHAP[IT]T?RE|LIVRE|PARTIE|LETTRE|SECTION)\b", re.IGNORECASE)
_BARE = 20  # characters of "CHAPITRE XXIII."
_SENTENCE_END = re.compile(r"(?<=[.!?;»])\s+(?=\S)|(?<=,)\s+(?=\S)")


class Passage(NamedTuple):
    """Some sentences of a book, their words, and the number of the chapter, from 1; 0 before."""

    text: str
    words: tuple[str, ...]
    chapter: int


@lru_cache(maxsize=16)
def passages(name: str) -> tuple[Passage, ...]:
    """The passages of a text that ``core.data.language.corpora`` knows.

    Raises Problem as ``corpora.corpus`` does.
    """
    return cut(corpora.corpus(name))


def cut(text: str, most: int = MOST_WORDS) -> tuple[Passage, ...]:
    """Paragraphs, one a line, as passages of about ``most`` words; headings are none.

    A paragraph is cut where a sentence ends, or if that is too far, behind a comma; a line that
    begins a chapter counts the chapters. Passages of fewer than four words are left out.
    """
    found, chapter, title = [], 0, False
    for line in text.split("\n"):
        if title or _is_heading(line):
            chapter += bool(_HEADING.match(line))
            title = bool(_HEADING.match(line)) and len(line) < _BARE  # stands on the next line
            continue
        for part in _parts(line, most):
            own = tuple(words(part))
            if len(own) >= 4:
                found.append(Passage(part, own, chapter))
    return tuple(found)


def _is_heading(line: str) -> bool:
    if _HEADING.match(line):
        return len(line) < 400
    return line.isupper() and len(line) < 120


def _parts(line: str, most: int) -> list[str]:
    """Pieces of a paragraph that end where a sentence does, about as long as each other."""
    pieces = _SENTENCE_END.split(line)
    sizes = [len(words(piece)) for piece in pieces]
    count = max(1, -(-sum(sizes) // most))
    target, parts, held, size, total = sum(sizes) / count, [], [], 0, 0
    for piece, own in zip(pieces, sizes, strict=True):
        held.append(piece)
        size += own
        total += own
        ends = not piece.endswith(",") or size > 1.3 * target
        if total >= (len(parts) + 1) * target * 0.999 and ends and len(parts) < count - 1:
            parts.append(" ".join(held))
            held, size = [], 0
    return [*parts, " ".join(held)] if held else parts
