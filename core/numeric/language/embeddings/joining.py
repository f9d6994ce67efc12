"""Several vectors of the same words made into one: what each of them knows is kept."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from core.numeric.language.embeddings.space import unit


def joined(parts: Sequence[tuple[float, np.ndarray]], dim: int) -> np.ndarray:
    """One vector for each word, float32 (words, dim): those that it has, weighted, side by side.

    parts: a weight and vectors (words, d) each, which are taken at length 1. They are reduced to
    ``dim`` principal axes, or as many as there are, which keeps their cosines best: a mean of the
    parts' cosines, weighted by the squares. Source: Yin & Schütze (2016), ACL, arXiv:1508.04257.
    """
    table = np.concatenate([weight * unit(vectors) for weight, vectors in parts], axis=1)
    _, directions = np.linalg.eigh(table.T @ table)
    kept = directions[:, ::-1][:, :dim]
    return (table @ kept).astype(np.float32)
