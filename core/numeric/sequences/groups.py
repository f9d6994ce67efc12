"""What the members of a group of sequences share."""

from typing import NamedTuple

import numpy as np

_LAGS = (2, 3, 4, 5, 6)


def transitions(ids: np.ndarray, letters: int) -> np.ndarray:
    """How often a letter (column) follows another (row), float (letters, letters), rows sum to 1.

    ids: int (n, steps). A row of a letter that never comes is 0.
    """
    counts = np.zeros((letters, letters))
    np.add.at(counts, (ids[:, :-1].ravel(), ids[:, 1:].ravel()), 1)
    return counts / np.maximum(1, counts.sum(1, keepdims=True))


def composition(ids: np.ndarray, letters: int) -> np.ndarray:
    """The share of each letter, float (letters,)."""
    return np.bincount(ids.ravel(), minlength=letters) / max(1, ids.size)


def returns(ids: np.ndarray, lag: int) -> float:
    """The share of letters that are the same as ``lag`` steps before."""
    return float(np.mean(ids[:, lag:] == ids[:, :-lag]))


class Trait(NamedTuple):
    """What sets a group apart: a kind, its value, how common it is inside and outside.

    kind: "shift", the next digit is ``value`` higher, modulo the number of digits; "return", a
    letter comes back after ``value`` steps; "letter", letter ``value`` is more frequent.
    """

    kind: str
    value: int
    inside: float
    outside: float


def trait(ids: np.ndarray, members: np.ndarray, letters: int, *, cyclic: bool) -> Trait:
    """The trait in which a group differs most from the rest.

    ids: int (n, steps); members: bool (n,), some but not all. cyclic: whether the letters are
    digits, so that a shift means something.
    """
    own, rest = ids[members], ids[~members]
    inside, outside = composition(own, letters), composition(rest, letters)
    traits = [Trait("letter", i, float(inside[i]), float(outside[i])) for i in range(letters)]
    traits += [Trait("return", lag, returns(own, lag), returns(rest, lag)) for lag in _LAGS]
    if cyclic:
        steps = [np.diff(some, axis=1) % letters for some in (own, rest)]
        for shift in range(1, letters):
            shares = [float(np.mean(step == shift)) for step in steps]
            traits.append(Trait("shift", shift, *shares))
    return max(traits, key=lambda t: t.inside - t.outside)
