"""Groups of words that lie in one direction: k-means on the sphere."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

_ROUNDS = 25


class Groups(NamedTuple):
    """Which group each word is in, int (n,), and the middle of each, at length 1, (k, d)."""

    of: np.ndarray
    middles: np.ndarray


def spherical_groups(units: np.ndarray, count: int, seed: int = 0) -> Groups:
    """``count`` groups of vectors of length 1, (n, d), each vector in that of the nearest middle.

    The first middles are vectors that are drawn far from those before, as k-means++ does. Groups
    come in the order of their size, the largest first; none is empty while n >= count.
    Source: Dhillon & Modha (2001), Machine Learning 42.
    """
    rng = np.random.default_rng([36, seed])
    middles = _first_middles(units, min(count, len(units)), rng)
    of = np.zeros(len(units), int)
    for _ in range(_ROUNDS):
        cosines = units @ middles.T
        now = cosines.argmax(1)
        _fill_empty(now, cosines, len(middles))
        if (now == of).all():
            break
        of = now
        sums = np.stack([units[of == group].sum(0) for group in range(len(middles))])
        middles = sums / np.maximum(np.linalg.norm(sums, axis=1, keepdims=True), 1e-12)
    order = np.argsort(-np.bincount(of, minlength=len(middles)), kind="stable")
    return Groups(np.argsort(order)[of], middles[order])


def typical(units: np.ndarray, groups: Groups, group: int, count: int) -> list[int]:
    """The numbers of the ``count`` vectors of a group that are nearest to its middle."""
    own = np.flatnonzero(groups.of == group)
    return own[np.argsort(-(units[own] @ groups.middles[group]))][:count].tolist()


def _first_middles(units: np.ndarray, count: int, rng: np.random.Generator) -> np.ndarray:
    chosen = [int(rng.integers(len(units)))]
    away = 1 - units @ units[chosen[0]]
    for _ in range(count - 1):
        weights = np.maximum(away, 0) + 1e-12
        chosen.append(int(rng.choice(len(units), p=weights / weights.sum())))
        away = np.minimum(away, 1 - units @ units[chosen[-1]])
    return units[chosen].copy()


def _fill_empty(of: np.ndarray, cosines: np.ndarray, count: int) -> None:
    """Move the worst fitting vector of the largest group into each group that has none."""
    for group in range(count):
        if not (of == group).any():
            largest = np.flatnonzero(of == np.bincount(of, minlength=count).argmax())
            of[largest[cosines[largest, of[largest]].argmin()]] = group
