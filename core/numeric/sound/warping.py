"""Dynamic time warping: how far two sequences are apart, whatever their pace."""

from collections.abc import Sequence

import numpy as np


def warped_distances(some: Sequence[np.ndarray], others: Sequence[np.ndarray]) -> np.ndarray:
    """The distance of each of ``some`` from each of ``others``, float64 (some, others).

    some, others: sequences, float (time, features) each, of any lengths. A distance is the least
    sum of Euclidean distances along a path from both beginnings to both ends, which goes on by one
    step in either sequence or in both, over the steps of both sequences.
    Source: Sakoe & Chiba (1978), "Dynamic programming algorithm optimization for spoken word
    recognition", without weights of slopes.
    """
    lengths, other_lengths = ([len(one) for one in sequences] for sequences in (some, others))
    rows, columns = _padded(some), _padded(others)
    squares = (columns**2).sum(-1)  # (time, others)
    last = np.array(other_lengths) - 1
    total = np.full((len(columns), len(some), len(others)), np.inf)
    apart = np.empty((len(some), len(others)))
    for i, row in enumerate(rows):
        norms = (row**2).sum(-1)[:, None]
        diagonal = np.full(apart.shape, np.inf)
        for j, column in enumerate(columns):
            here = np.sqrt(np.maximum(norms + squares[j] - 2 * row @ column.T, 0))
            above = total[j].copy()
            if i or j:
                here += np.minimum(np.minimum(above, diagonal), total[j - 1] if j else np.inf)
            total[j], diagonal = here, above
        for place in (place for place, length in enumerate(lengths) if length == i + 1):
            apart[place] = total[last, place, np.arange(len(others))]
    return apart / np.add.outer(lengths, other_lengths)


def nearest(some: Sequence[np.ndarray], known: Sequence[np.ndarray], size: int = 50) -> np.ndarray:
    """Which of ``known`` is nearest to each of ``some``, int (some,); ``size`` at a time."""
    parts = [
        warped_distances(some[at : at + size], known).argmin(1) for at in range(0, len(some), size)
    ]
    return np.concatenate(parts)


def _padded(sequences: Sequence[np.ndarray]) -> np.ndarray:
    """Zeros after the shorter ones, (time, sequences, features)."""
    padded = np.zeros((max(map(len, sequences)), len(sequences), sequences[0].shape[1]))
    for place, one in enumerate(sequences):
        padded[: len(one), place] = one
    return padded
