"""Are vectors of sentences good: the nearest one's intent, a linear probe, what belongs nowhere."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
from scipy.stats import rankdata

from core.numeric.language.thoughts.search import Matrix, scores_of

_AT_ONCE = 250  # texts in one product
_RIDGE = 1e-2  # of the probe, times how many it learns from


def nearest(
    asked: Matrix, kept: Matrix, between: Callable[[], object] = lambda: None
) -> tuple[np.ndarray, np.ndarray]:
    """The place of the best text for each that is asked, int (n,), and its score, float (n,)."""
    places, scores = [], []
    for at in range(0, asked.shape[0], _AT_ONCE):
        some = scores_of(asked[at : at + _AT_ONCE], kept)
        places.append(some.argmax(1))
        scores.append(some.max(1))
        between()
    return np.concatenate(places), np.concatenate(scores)


def probe_accuracy(
    known: np.ndarray, classes: np.ndarray, asked: np.ndarray, truth: np.ndarray
) -> float:
    """How often a linear map learned of vectors (n, d) and classes (n,) tells those of others.

    By ridge regression of the one-hot classes on the standardised vectors, which has a closed form.
    """
    mean, spread = known.mean(0), np.maximum(known.std(0), 1e-9)
    inputs = ((known - mean) / spread).astype(np.float64)
    targets = np.eye(int(max(classes.max(), truth.max())) + 1)[classes]
    offset = targets.mean(0)
    gram = inputs.T @ inputs + _RIDGE * len(inputs) * np.eye(inputs.shape[1])
    weights = np.linalg.solve(gram, inputs.T @ (targets - offset))
    told = ((asked - mean) / spread) @ weights + offset
    return float((told.argmax(1) == truth).mean())


def auc(inside: np.ndarray, outside: np.ndarray) -> float:
    """How often a score of ``inside`` (n,) is above one of ``outside`` (m,); ties count half."""
    ranks = rankdata(np.concatenate([inside, outside]))[: len(inside)]
    n, m = len(inside), len(outside)
    return float((ranks.sum() - n * (n + 1) / 2) / (n * m))


def neighbour_auc(scores: np.ndarray) -> float:
    """How often a passage is more like the next one than like one from elsewhere; chance is 0.5.

    scores: of each passage of a book with each, (n, n), n > 3. Elsewhere is neither the passage
    nor one beside it; ties count half.
    """
    shares = []
    for i in range(len(scores) - 1):
        others = np.delete(scores[i], [j for j in (i - 1, i, i + 1) if j >= 0])
        true = scores[i, i + 1]
        shares.append(((others < true) + 0.5 * (others == true)).mean())
    return float(np.mean(shares))
