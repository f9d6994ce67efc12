"""What vectors are asked: pairs in one relation, words of one category, pairs that people judged.

The lists of assets/words are this project's own; English pairs are Google's (Mikolov et al. 2013,
arXiv:1301.3781), English judgements those of WordSim-353 (Finkelstein et al. 2002), where they are
on this machine.
"""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import NamedTuple

from core.data import fetch
from core.data.language.words import world

_GOOGLE, _WORDSIM = "google_analogies.txt", "wordsim353.txt"
_LISTS = Path(__file__).parents[4] / "assets" / "words"


class Questions(NamedTuple):
    """Pairs by relation, words by category, and how like people found pairs of words, 0 to 10."""

    analogies: dict[str, list[tuple[str, str]]]
    categories: dict[str, list[str]]
    judged: list[tuple[str, str, float]] = []  # noqa: RUF012  # of a tuple, which nobody fills


@cache
def french() -> Questions:
    """The French questions."""
    pairs = {
        kind: [(words[0], words[1]) for words in map(str.split, lines)]
        for kind, lines in _blocks("analogies_fr.txt").items()
    }
    return Questions(pairs, _words_by_kind("categories_fr.txt"))


@cache
def english() -> Questions:
    """The English questions: of Google's the relations between words, of which pairs are known."""
    pairs, judged = {}, []
    if fetch.available(_GOOGLE):
        for kind, lines in _by_heading(fetch.path(_GOOGLE).read_text("utf-8")).items():
            words = [line.lower().split() for line in lines]
            both = [(row[i], row[i + 1]) for row in words for i in (0, 2)]
            pairs[kind] = list(dict.fromkeys(both))
    if fetch.available(_WORDSIM):
        rows = (line.split("\t") for line in fetch.path(_WORDSIM).read_text("utf-8").splitlines())
        judged = [(first.lower(), second.lower(), float(like)) for first, second, like in rows]
    return Questions(pairs, _words_by_kind("categories_en.txt"), judged)


@cache
def professions() -> dict[str, list[str]]:
    """What people do, by the gender that French gives the word: masculine, feminine, either."""
    return _words_by_kind("professions_fr.txt")


def of_world() -> Questions:
    """The questions of the invented world."""
    return Questions(world.analogies(), world.categories())


def _words_by_kind(file: str) -> dict[str, list[str]]:
    return {kind: lines[0].split() for kind, lines in _blocks(file).items()}


def _blocks(file: str) -> dict[str, list[str]]:
    return _by_heading((_LISTS / file).read_text(encoding="utf-8"))


def _by_heading(text: str) -> dict[str, list[str]]:
    """The lines under each heading, which begins with a colon."""
    blocks: dict[str, list[str]] = {}
    for line in text.splitlines():
        if line.startswith(": "):
            blocks[line.removeprefix(": ")] = []
        elif line:
            blocks[list(blocks)[-1]].append(line)
    return blocks
