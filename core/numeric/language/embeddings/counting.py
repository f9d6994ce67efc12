"""Word vectors without a network: counted neighbours, and spelling."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import numpy as np
from scipy.sparse import csr_matrix

from core.numeric.language.embeddings.vocabulary import BREAK

_SMOOTHING = 0.75  # of the contexts' frequencies, as the negative samples are drawn
_OVERSAMPLED, _ITERATIONS = 16, 2
_ROWS = 2_000  # of a matrix in one product
Between = Callable[[], object]
Sparse = Any  # a csr_matrix, whose types do not know its shape


def cooccurrences(
    ids: np.ndarray, words: int, window: int, between: Between = lambda: None
) -> Sparse:
    """How often two words stand near each other, float32 (words, words), symmetric.

    ids: (length,), a BREAK between sentences, over which nothing is counted. A pair d places apart
    counts (window + 1 - d) / window: as often as word2vec's drawn window reaches it.
    """
    sentence = np.cumsum(ids == BREAK)
    total = csr_matrix((words, words), dtype=np.float32)
    for distance in range(1, window + 1):
        left, right = ids[:-distance], ids[distance:]
        near = (left >= 0) & (right >= 0) & (sentence[:-distance] == sentence[distance:])
        weight = np.full(int(near.sum()), (window + 1 - distance) / window, np.float32)
        total = total + csr_matrix((weight, (left[near], right[near])), (words, words))
        between()
    return csr_matrix(total + total.T)


def ppmi(counts: Sparse) -> Sparse:
    """Positive pointwise mutual information, max(0, log p(w, c) / (p(w) p(c))), in nats.

    counts: (words, contexts). The contexts' frequencies are raised to 0.75 first.
    Source: Levy, Goldberg & Dagan (2015), TACL 3.
    """
    table = counts.tocoo()
    rows = np.asarray(counts.sum(1), float).ravel()
    smoothed = np.asarray(counts.sum(0), float).ravel() ** _SMOOTHING
    context = smoothed / smoothed.sum()
    values = np.log(table.data / (rows[table.row] * context[table.col]))
    kept = values > 0
    return csr_matrix((values[kept], (table.row[kept], table.col[kept])), counts.shape)


def svd_vectors(
    matrix: Sparse, dim: int, seed: int = 0, between: Between = lambda: None
) -> np.ndarray:
    """The first ``dim`` left singular vectors times the roots of their values, (rows, dim).

    By random projections: Halko, Martinsson & Tropp (2011), SIAM Review 53. Axes that the matrix
    does not have are zero.
    """
    wanted = min(dim + _OVERSAMPLED, *matrix.shape)
    transposed = csr_matrix(matrix.T)
    basis = np.random.default_rng([33, seed]).standard_normal((matrix.shape[1], wanted))
    for _ in range(_ITERATIONS):
        basis = np.linalg.qr(_product(matrix, basis, between))[0]
        basis = np.linalg.qr(_product(transposed, basis, between))[0]
    between()
    left, values, _ = np.linalg.svd(_product(matrix, basis, between), full_matrices=False)
    vectors = np.zeros((matrix.shape[0], dim), np.float32)
    kept = min(dim, wanted)
    vectors[:, :kept] = left[:, :kept] * np.sqrt(values[:kept])
    return vectors


def _product(matrix: Sparse, dense: np.ndarray, between: Between) -> np.ndarray:
    parts = []
    for at in range(0, matrix.shape[0], _ROWS):
        parts.append(matrix[at : at + _ROWS] @ dense)
        between()
    return np.concatenate(parts)


def spelling_vectors(
    words: Sequence[str], dim: int, seed: int = 0, between: Between = lambda: None
) -> np.ndarray:
    """Vectors of what words look like: their pieces of 2 to 5 letters, weighted by rarity.

    <roi> has "<r", "ro", "oi", "i>", "<ro", ... Returns (words, dim): the pieces of each word
    reduced by ``svd_vectors``. Pieces as in Bojanowski et al. (2017), TACL 5.
    """
    columns: dict[str, int] = {}
    places, pieces = [], []
    for number, word in enumerate(words):
        marked = f"<{word}>"
        for size in range(2, 6):
            for at in range(len(marked) - size + 1):
                places.append(number)
                pieces.append(columns.setdefault(marked[at : at + size], len(columns)))
    having = np.bincount(pieces, minlength=len(columns))
    weights = np.log(len(words) / having)[pieces] + 1e-3
    shape = (len(words), len(columns))
    return svd_vectors(csr_matrix((weights, (places, pieces)), shape), dim, seed, between)
