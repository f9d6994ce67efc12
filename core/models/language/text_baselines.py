"""What classifies texts without a network: logistic regression on words, and on letters."""

from collections.abc import Callable, Sequence

import numpy as np
from scipy.sparse import csr_matrix
from sklearn.feature_extraction.text import TfidfTransformer
from sklearn.linear_model import LogisticRegression

from core.numeric.language.classify.ngrams import NO_RUNS, Runs, ngrams_of

_BUCKETS = 2**18
_KINDS = {"words": Runs((1, 2)), "letters": Runs(NO_RUNS, (2, 4))}
_STRENGTH = 4.0  # C of scikit-learn, the inverse of the penalty; not tuned
_ITERATIONS = 300


def logistic_baselines(
    texts: Sequence[list[str]],
    labels: np.ndarray,
    training: np.ndarray,
    test: np.ndarray,
    between: Callable[[], None] = lambda: None,
    kinds: Sequence[str] = tuple(_KINDS),
    buckets: int = _BUCKETS,
) -> dict[str, float]:
    """The share of ``test`` that each puts into the right class, having seen ``training``.

    texts: the words of each. "logistic_words": on runs of one and two words, "logistic_letters":
    on runs of two to four letters, both weighted by tf-idf. between: called between the steps.
    kinds: which of the two. buckets: columns that the runs are hashed into.
    """
    shares = {}
    for name in kinds:
        parts = []
        for places in (training, test):
            parts.append(_matrix([texts[i] for i in places], _KINDS[name], buckets))
            between()
        weighted = TfidfTransformer(sublinear_tf=True)
        known = csr_matrix(weighted.fit_transform(parts[0]))
        asked = csr_matrix(weighted.transform(parts[1]))
        seen = np.unique(known.indices)  # the others would get no weight, and a long computation
        between()
        model = LogisticRegression(C=_STRENGTH, max_iter=_ITERATIONS, tol=1e-6)
        model.fit(known[:, seen], labels[training])
        between()
        right = model.predict(asked[:, seen]) == labels[test]
        shares[f"logistic_{name}"] = float(np.mean(right))
    return shares


def _matrix(texts: Sequence[list[str]], runs: Runs, buckets: int) -> csr_matrix:
    """Which n-grams stand in which text, (texts, buckets)."""
    rows = ngrams_of(texts, runs, buckets)
    ends = np.cumsum([0, *map(len, rows)], dtype=np.int32)
    columns = np.concatenate(rows)
    return csr_matrix((np.ones(len(columns)), columns, ends), (len(rows), buckets))
