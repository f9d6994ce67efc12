"""TextRank: the sentences of a text, ranked by how much the others have in common with them."""

from collections.abc import Sequence

import numpy as np

DAMPING = 0.85
_TOLERANCE, _MOST_STEPS = 1e-10, 1_000


def shared_words(sentences: Sequence[Sequence[str]]) -> np.ndarray:
    """The words that each two sentences share, over the logarithms of their lengths, (n, n).

    0 of a sentence with itself, and where both have but one word.
    Source: Mihalcea & Tarau (2004), "TextRank: bringing order into texts", EMNLP.
    """
    sets = [frozenset(words) for words in sentences]
    lengths = np.log([max(1, len(words)) for words in sentences])
    weights = np.array([[len(one & other) for other in sets] for one in sets], float)
    np.fill_diagonal(weights, 0)
    both = lengths[:, None] + lengths
    return np.divide(weights, both, out=np.zeros_like(weights), where=both > 0)


def pagerank(weights: np.ndarray, damping: float = DAMPING) -> np.ndarray:
    """The stationary distribution of who walks along the edges, and now and then jumps, (n,).

    weights: of the edges from each node (row) to each other, >= 0, (n, n); from a node without
    edges one jumps. damping: the share of steps that walk. Found by power iteration.
    Source: Brin & Page (1998), "The anatomy of a large-scale hypertextual web search engine".
    """
    n = len(weights)
    sums = weights.sum(1, keepdims=True)
    walk = np.divide(weights, sums, out=np.full((n, n), 1 / n), where=sums > 0)
    rank = np.full(n, 1 / n)
    for _step in range(_MOST_STEPS):
        last, rank = rank, damping * rank @ walk + (1 - damping) / n
        if np.abs(rank - last).sum() < _TOLERANCE:
            break
    return rank


def ranks(sentences: Sequence[Sequence[str]]) -> np.ndarray:
    """The rank of each sentence, given as its words, (n,); they sum to 1."""
    return pagerank(shared_words(sentences)) if sentences else np.zeros(0)


def highest(rank: np.ndarray, count: int) -> list[int]:
    """The places of the highest ranks, in the order of the text."""
    return sorted(np.argsort(-rank, kind="stable")[:count].tolist())
