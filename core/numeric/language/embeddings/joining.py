"""Several vectors of the same words made into one: what each of them knows is kept."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from core.numeric.language.embeddings.space import unit


def without_the_top(vectors: np.ndarray, axes: int) -> np.ndarray:
    """Vectors (words, d) without their mean and their first principal axes.

    What all words share tells none of them apart. Source: Mu & Viswanath (2018), ICLR,
    arXiv:1702.01417.
    """
    centred = vectors - vectors.mean(0)
    if not axes:
        return centred
    _, directions = np.linalg.eigh(centred.T @ centred)
    top = directions[:, -axes:]
    return centred - centred @ top @ top.T


def joined(parts: Sequence[tuple[float, np.ndarray]], dim: int, power: float = 1.0) -> np.ndarray:
    """One vector (words, dim) for each word: its vectors at length 1, weighted, side by side.

    parts: a weight and vectors (words, d) each. They are reduced to ``dim`` principal axes (or as
    many as there are), of singular value ** ``power``; 1 keeps the cosines as well as can be.
    Source: Yin & Schuetze (2016), ACL, arXiv:1508.04257.
    """
    table = np.concatenate([weight * unit(vectors) for weight, vectors in parts], axis=1)
    squares, directions = np.linalg.eigh(table.T @ table)
    kept = slice(None, -min(dim, table.shape[1]) - 1, -1)
    scale = np.sqrt(np.maximum(squares[kept], 1e-12)) ** (power - 1)
    return (table @ directions[:, kept] * scale).astype(np.float32)
