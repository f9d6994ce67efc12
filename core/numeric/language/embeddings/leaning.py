"""To which of two sides words lean in a space, and in the sentences that it was learned from.

It tells of the sentences, not of the world: who stands near whom in these books, and how.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

import numpy as np

from core.numeric.language.embeddings.space import WordSpace, unit

# Men and women: the words of each pair differ in that alone.
MEN_AND_WOMEN = (
    ("homme", "femme"),
    ("il", "elle"),
    ("père", "mère"),
    ("frère", "sœur"),
    ("garçon", "fille"),
    ("monsieur", "madame"),
)


class Leaning(NamedTuple):
    """Where a word stands between two sides.

    kind: the group it was asked in. times: how often it was read. lean: cosine with the direction
    from the first side to the second, -1 to 1.
    """

    word: str
    kind: str
    times: int
    lean: float


def direction(space: WordSpace, pairs: Sequence[tuple[str, str]] = MEN_AND_WOMEN) -> np.ndarray:
    """The direction from the first to the second words of pairs, (d,), of length 1.

    It is the mean difference of the pairs that the space knows. Raises Problem if it knows none.
    Source: Bolukbasi et al. (2016), arXiv:1607.06520.
    """
    known = [pair for pair in pairs if all(word in space.numbers for word in pair)] or pairs
    differences = [space.vector(second) - space.vector(first) for first, second in known]
    return unit(np.mean(differences, axis=0, keepdims=True))[0]


def leanings(
    space: WordSpace,
    words: Mapping[str, Sequence[str]],
    pairs: Sequence[tuple[str, str]] = MEN_AND_WOMEN,
) -> list[Leaning]:
    """How the known words lean, by kind, the one that leans most to the first side first.

    Raises Problem as ``direction`` does.
    """
    to = direction(space, pairs)
    told = []
    for kind, some in words.items():
        for word in some:
            if word in space.numbers:
                number = space.numbers[word]
                lean = float(space.units[number] @ to)
                times = int(space.counts[number]) if len(space.counts) else 0
                told.append(Leaning(word, kind, times, lean))
    return sorted(told, key=lambda one: one.lean)


def spread(space: WordSpace, pairs: Sequence[tuple[str, str]] = MEN_AND_WOMEN) -> float:
    """The standard deviation of the leanings of all words: what is usual."""
    return float((space.units @ direction(space, pairs)).std())


def counted_near(
    counts: Any, numbers: Mapping[str, int], pairs: Sequence[tuple[str, str]] = MEN_AND_WOMEN
) -> np.ndarray:
    """How often each word stands near the first words of pairs and near the second, (words, 2).

    counts: of ``cooccurrences``. numbers: of the words.
    """
    sides = [
        [numbers[word] for word in side if word in numbers] for side in zip(*pairs, strict=True)
    ]
    return np.stack([np.asarray(counts[:, side].sum(1)).ravel() for side in sides], axis=1)


def counted_lean(near: np.ndarray, in_all: np.ndarray) -> np.ndarray:
    """How many times as often words stand near the second side as near the first, in bits (n,).

    near: (n, 2). in_all: of all words together, (2,), whose lean is 0. One is added to each count.
    """
    shares = (near + 1) / in_all
    return np.log2(shares[:, 1] / shares[:, 0])
