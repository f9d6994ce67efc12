"""Sequences without labels: of hidden kinds that this project makes, or genes."""

from dataclasses import dataclass
from functools import lru_cache

import numpy as np

from core.data.sequences.known import NUCLEOTIDES, dna, locked
from core.messages import N_

DIGITS = 10
KINDS = (N_("one up"), N_("three down"), N_("two in turn"), N_("three in turn"))
_COUNT, _LENGTH = 1200, 24


@dataclass(frozen=True)
class Unlabelled:
    """Sequences of one length, and what kind each is, which nobody who learns may see.

    ids: int32 (n, steps), index into ``letters``. kinds: int64 (n,), index into ``kind_names``.
    made: whether the project made them up.
    """

    ids: np.ndarray
    letters: tuple[str, ...]
    kinds: np.ndarray
    kind_names: tuple[str, ...]
    made: bool


def unlabelled(name: str, noise: float = 0.0, seed: int = 0) -> Unlabelled:
    """A set by its name: "rules" (made, with ``noise`` and ``seed``) or "splice".

    Raises Problem if the data are not here.
    """
    return rules(noise, seed) if name == "rules" else _genes(name)


@lru_cache(maxsize=4)
def rules(noise: float, seed: int) -> Unlabelled:
    """1,200 sequences of 24 digits, each of one of four kinds, as many of each, in any order.

    The kinds: each digit one higher than the one before, or three lower (after 9 comes 0); two
    digits in turn; three digits in turn. All begin anywhere, and the digits that take turns are
    drawn for each sequence, so that every digit is equally frequent at every step in every kind.
    noise: probability that a digit is replaced by any other.
    """
    rng = np.random.default_rng([13, seed])
    kinds = rng.permutation(np.arange(_COUNT) % len(KINDS))
    t = np.arange(_LENGTH)
    ids = np.empty((_COUNT, _LENGTH), np.int32)
    for row, kind in zip(ids, kinds, strict=True):
        start = rng.integers(DIGITS)
        if kind < 2:
            row[:] = (start + (1, -3)[kind] * t) % DIGITS
        else:
            turns = rng.choice(DIGITS, size=kind, replace=False)
            row[:] = turns[t % kind]
    wrong = rng.random(ids.shape) < noise
    ids[wrong] = (ids[wrong] + rng.integers(1, DIGITS, int(wrong.sum()))) % DIGITS
    return Unlabelled(
        locked(ids, np.int32), tuple("0123456789"), locked(kinds, np.int64), KINDS, made=True
    )


@lru_cache(maxsize=1)
def _genes(name: str) -> Unlabelled:
    genes, letters = dna(name), tuple(NUCLEOTIDES)
    known = [i for i, s in enumerate(genes.sequences) if set(s) <= set(letters)]
    ids = [[letters.index(c) for c in genes.sequences[i]] for i in known]
    return Unlabelled(
        locked(ids, np.int32), letters, genes.labels[known], genes.classes, made=False
    )
