"""A text as pieces to learn from, and what is drawn for each."""

import numpy as np

from core.numeric.language.embeddings.vocabulary import (
    BREAK,
    keep_probabilities,
    noise_distribution,
)

PIECE = 64  # words of a piece, the ends of sentences included
DRAWN = 32  # negative samples of a piece, which its words share


def pieces(ids: np.ndarray, counts: np.ndarray, threshold: float, seed: list[int]) -> np.ndarray:
    """The text of an epoch in pieces, int32 (pieces, PIECE), in an order drawn by ``seed``.

    ids: (length,), a BREAK between sentences. counts, threshold: as for ``keep_probabilities``;
    words that are skipped are not there. The last piece is filled up with BREAK.
    """
    rng = np.random.default_rng(seed)
    keep = np.append(keep_probabilities(counts, threshold), 1.0)  # the last is that of BREAK
    kept = ids[rng.random(len(ids)) < keep[ids]]
    rows = np.full(max(1, -(-len(kept) // PIECE)) * PIECE, BREAK, np.int32)
    rows[: len(kept)] = kept
    return rng.permutation(rows.reshape(-1, PIECE))


def fewest_pieces(ids: np.ndarray, counts: np.ndarray, threshold: float) -> int:
    """How many pieces an epoch has at least; it has more in all but one of some million.

    ids, counts, threshold: as for ``pieces``. How many words are kept is a sum of independent
    draws: six standard deviations below its mean. Where nothing is skipped it is exact.
    """
    keep = np.append(keep_probabilities(counts, threshold), 1.0)[ids]
    kept = keep.sum() - 6 * np.sqrt((keep * (1 - keep)).sum())
    return max(1, int(np.ceil(kept / PIECE)))


def with_draws(
    rows: np.ndarray, counts: np.ndarray, window: int, seed: list[int]
) -> tuple[np.ndarray, np.ndarray]:
    """How far the window of each word reaches, 1 to ``window``, and the negatives of each piece.

    rows: (pieces, PIECE). Returns int32 (pieces, PIECE) and (pieces, DRAWN).
    """
    rng = np.random.default_rng([35, *seed])
    reach = rng.integers(1, window + 1, rows.shape).astype(np.int32)
    edges = np.cumsum(noise_distribution(counts))
    noise = np.searchsorted(edges, rng.random((len(rows), DRAWN)) * edges[-1])
    return reach, noise.astype(np.int32)
