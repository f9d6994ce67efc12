"""Tatoeba's English sentences and their French, in parts that share no sentence nor near copy.

Source: tatoeba.org, by way of manythings.org/anki (2017).
"""

from __future__ import annotations

import io
import re
import sys
import zipfile
from collections import defaultdict
from collections.abc import Iterable, Sequence
from functools import lru_cache
from typing import NamedTuple

import numpy as np

from core.data import fetch
from core.data.kept import kept
from core.numeric.language.translation import tokens
from core.numeric.language.translation.tokens import set_plainly, words

FILE = "tatoeba_fra_eng_2017.zip"
MOST_WORDS = 10  # of a sentence that is learned from or scored, in either language
VALIDATION, TEST, LONGER = 1_000, 2_000, 500  # sentences
_CONTRACTIONS = (
    ("won't", "will not"),
    ("can't", "can not"),
    ("cannot", "can not"),
    ("n't", " not"),
    ("'m", " am"),
    ("'re", " are"),
    ("'ll", " will"),
    ("'ve", " have"),
    ("let's", "let us"),
    ("'s", " is"),
    ("'d", " would"),
)


class Pair(NamedTuple):
    """A sentence in both languages."""

    en: str
    fr: str


class Parts(NamedTuple):
    """Pairs to learn from, to choose by, to be judged by; longer: more than MOST_WORDS words."""

    training: tuple[Pair, ...]
    validation: tuple[Pair, ...]
    test: tuple[Pair, ...]
    longer: tuple[Pair, ...]


@lru_cache(maxsize=1)
def tatoeba() -> Parts:
    """The pairs in their parts. Raises Problem if the file is not on this machine."""
    file = fetch.path(FILE)

    def part() -> bytes:
        with zipfile.ZipFile(io.BytesIO(file.read_bytes())) as archive:
            lines = archive.read("fra.txt").decode("utf-8").splitlines()
        parts = parted([Pair(*map(set_plainly, line.split("\t"))) for line in lines])
        return "\n\n".join("\n".join(map("\t".join, pairs)) for pairs in parts).encode()

    text = kept("pairs", [FILE], (tokens, sys.modules[__name__]), part).decode()
    return Parts(
        *(tuple(Pair(*line.split("\t")) for line in p.split("\n")) for p in text.split("\n\n"))
    )


def parted(
    pairs: Sequence[Pair], validation: int = VALIDATION, test: int = TEST, longer: int = LONGER
) -> Parts:
    """Pairs in parts, whole groups of near copies in one of them, drawn always alike.

    Of a group that is judged by, one pair counts. validation, test, longer: how many.
    """
    by_number = defaultdict(list)
    for pair, number in zip(pairs, near_copies(pairs), strict=True):
        by_number[number].append(pair)
    groups = list(by_number.values())
    short, long, training = [], [], []
    for i in np.random.default_rng(0).permutation(len(groups)):
        fitting, others = _by_length(groups[i])
        if fitting and len(short) < validation + test:
            short.append(fitting[0])
        elif others and not fitting and len(long) < longer:
            long.append(others[0])
        else:
            training += fitting
    return Parts(tuple(training), tuple(short[:validation]), tuple(short[validation:]), tuple(long))


def near_copies(pairs: Iterable[Pair]) -> list[int]:
    """The number of each pair's group: pairs that share English or French are in one.

    Sentences are the same here if they differ in case, in marks or in contractions alone.

    >>> near_copies([Pair("I'm in!", "J'en suis."), Pair("I am in.", "Oui."), Pair("No.", "Non.")])
    [0, 0, 1]
    """
    numbers: dict[str, int] = {}
    above: list[int] = []  # a forest of sentences: each knows one of its group, a root itself

    def root(sentence: str) -> int:
        at = numbers.setdefault(sentence, len(numbers))
        if at == len(above):
            above.append(at)
        while above[at] != at:
            above[at] = above[above[at]]
            at = above[at]
        return at

    keys = [(f"en {_key(pair.en, 'en')}", f"fr {_key(pair.fr, 'fr')}") for pair in pairs]
    for english, french in keys:
        above[root(english)] = root(french)
    order: dict[int, int] = {}
    return [order.setdefault(root(english), len(order)) for english, _french in keys]


def _key(text: str, language: str) -> str:
    text = text.lower()
    if language == "en":
        for short, full in _CONTRACTIONS:
            text = text.replace(short, full)
    return " ".join(re.findall(r"[^\W_]+", text))


def _by_length(group: Iterable[Pair]) -> tuple[list[Pair], list[Pair]]:
    """Pairs of at most MOST_WORDS words in both languages, and the others."""
    parts: tuple[list[Pair], list[Pair]] = ([], [])
    for pair in group:
        most = max(len(words(pair.en, "en")), len(words(pair.fr, "fr")))
        parts[most > MOST_WORDS].append(pair)
    return parts
