"""Bits per character of a long text, many parts of it read at once.

Each part but the first begins with a warm-up on what stands before it, which is not scored: by then
the state is, to within rounding, the one that the whole text would have led to.
"""

from __future__ import annotations

import itertools
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING

import numpy as np

from core.numeric.threads import one_blas_thread

if TYPE_CHECKING:
    from core.numeric.language.language_model import LanguageModel

WARM_UP = 1_000  # characters: the mean is then within 1e-5 bits
_LEAST = 2 * WARM_UP  # characters of a part, so that most of what is read is scored
_MOST, _FEWEST = 32, 3  # parts; more bring little: each step reads the weights once for all of them
_CHUNK = 64  # characters of each part that are read at once: bounds the memory


def parts_of(characters: int) -> int:
    """In how many parts a text of so many characters is best read; 1 if it is too short."""
    parts = min(_MOST, characters // _LEAST)
    return parts if parts >= _FEWEST else 1


def total_bits(
    model: LanguageModel,
    ids: np.ndarray,
    parts: int,
    heard: Callable[[float], object],
    threads: int = 1,
) -> float:
    """Bits that a text costs, read in ``parts`` of WARM_UP characters or more.

    ids: int (1 + time,), of START and the text. heard: is told what share is done, now and then,
    in one of the ``threads``.
    """
    length = -(-(len(ids) - 1) // parts)
    # Behind the end, what is not there is read as 0 and not scored.
    whole = np.concatenate([ids, np.zeros(parts * length + 1 - len(ids), ids.dtype)])
    groups = np.array_split(np.arange(parts) * length, threads)

    def read(group: int) -> float:
        tell = heard if group == 0 else lambda _share: None
        return _bits_of(model, whole, len(ids), groups[group], length, tell)

    # One BLAS thread in each of ours: those of BLAS wait for each other where cores are busy.
    with one_blas_thread(), ThreadPoolExecutor(threads) as pool:
        return float(sum(pool.map(read, range(threads))))


def _bits_of(
    model: LanguageModel,
    whole: np.ndarray,
    end: int,
    starts: np.ndarray,
    length: int,
    heard: Callable[[float], object],
) -> float:
    """Bits of the parts that begin at ``starts``, as far as ``end``."""
    state, bits = model.initial_state(len(starts)), 0.0
    for first, last in _chunks(-WARM_UP, length):
        places = starts[:, None] + np.arange(first, last)
        log_probs, state = model.over_time(whole[np.maximum(places, 0)], state)
        if last == 0:  # the first part has nothing before it
            keeps = (starts > 0)[:, None]
            state = tuple(tuple(array * keeps for array in layer) for layer in state)
        if first >= 0:
            there = places + 1 < end
            bits += model.costs(log_probs[there], whole[places + 1][there]).sum()
        heard((last + WARM_UP) / (length + WARM_UP))
    return bits


def _chunks(first: int, last: int) -> list[tuple[int, int]]:
    """Ranges from first to last, one of which ends at 0."""
    edges = [*range(first, 0, _CHUNK), *range(0, last, _CHUNK), last]
    return list(itertools.pairwise(edges))
