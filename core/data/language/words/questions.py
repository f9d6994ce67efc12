"""What vectors are asked: pairs that stand in one relation, and words of one category.

The French lists are this project's own.
"""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import NamedTuple

from core.data.language.words import world

_LISTS = Path(__file__).parents[4] / "assets" / "words"


class Questions(NamedTuple):
    """Pairs by relation, words by category."""

    analogies: dict[str, list[tuple[str, str]]]
    categories: dict[str, list[str]]


@cache
def french() -> Questions:
    """The French questions."""
    pairs = {
        kind: [(words[0], words[1]) for words in map(str.split, lines)]
        for kind, lines in _blocks("analogies_fr.txt").items()
    }
    return Questions(
        pairs, {kind: lines[0].split() for kind, lines in _blocks("categories_fr.txt").items()}
    )


@cache
def professions() -> dict[str, list[str]]:
    """What people do, by the gender that French gives the word: masculine, feminine, either."""
    return {kind: lines[0].split() for kind, lines in _blocks("professions_fr.txt").items()}


def of_world() -> Questions:
    """The questions of the invented world."""
    return Questions(world.analogies(), world.categories())


def _blocks(file: str) -> dict[str, list[str]]:
    """The lines under each heading, which begins with a colon."""
    blocks: dict[str, list[str]] = {}
    for line in (_LISTS / file).read_text(encoding="utf-8").splitlines():
        if line.startswith(": "):
            blocks[line.removeprefix(": ")] = []
        elif line:
            blocks[list(blocks)[-1]].append(line)
    return blocks
