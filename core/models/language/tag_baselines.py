"""A linear tagger: logistic regression on hashed features of each word, one word at a time."""

from collections.abc import Callable, Sequence

import numpy as np
from scipy.sparse import csr_matrix
from sklearn.linear_model import SGDClassifier

from core.numeric.language.tagging.features import bucket_numbers

_BUCKETS = 2**18
_PENALTY = 3e-6  # not tuned
_EPOCHS = 8


def linear_tagger(
    training: Sequence[np.ndarray],
    targets: np.ndarray,
    test: Sequence[np.ndarray],
    seed: int = 0,
    between: Callable[[], None] = lambda: None,
) -> np.ndarray:
    """The tag that it gives each word of ``test``, int (words,).

    training, test: the features of each sentence's words, uint64 (words, features), as of
    ``features.feature_hashes``; targets: the tags of the words of ``training``, int (words,).
    between: called between the steps. Averaged stochastic gradient (Bottou 2010).
    """
    known = _matrix(training)
    between()
    model = SGDClassifier(loss="log_loss", alpha=_PENALTY, average=True, random_state=seed)
    rng = np.random.default_rng([49, seed])
    classes = np.unique(targets)
    for _epoch in range(_EPOCHS):
        order = rng.permutation(len(targets))
        model.partial_fit(known[order], targets[order], classes)
        between()
    return np.asarray(model.predict(_matrix(test)))


def _matrix(sentences: Sequence[np.ndarray]) -> csr_matrix:
    """Which features which word has, (words, buckets)."""
    columns = bucket_numbers(np.concatenate(sentences), _BUCKETS)
    ends = np.arange(0, columns.size + 1, columns.shape[1], dtype=np.int32)
    ones = np.ones(columns.size, np.float32)
    return csr_matrix((ones, columns.ravel(), ends), (len(columns), _BUCKETS))
