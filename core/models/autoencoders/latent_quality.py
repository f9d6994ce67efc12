"""How well a latent space keeps what belongs together."""

import numpy as np
from sklearn.manifold import TSNE, trustworthiness
from sklearn.neighbors import KNeighborsClassifier
from threadpoolctl import threadpool_limits

NEIGHBOURS = 5
_MOST = 2_000  # points of which all distances are compared
_PERPLEXITY = 30.0


def knn_accuracy(
    codes: np.ndarray, labels: np.ndarray, test_codes: np.ndarray, test_labels: np.ndarray
) -> float:
    """The share of test codes (m, k) whose class is that of most of their five nearest codes.

    codes: (n, k) of what was learned from; labels: (n,), test_labels: (m,).
    """
    nearest = KNeighborsClassifier(NEIGHBOURS).fit(codes, labels)
    return float(nearest.score(test_codes, test_labels))


def trust(rows: np.ndarray, codes: np.ndarray) -> float:
    """Trustworthiness of codes (n, k) of rows (n, features): at most 1, of 2,000 at most.

    Whether neighbours among the codes were neighbours before, five of each.
    Source: Venna & Kaski (2001), ICANN.
    """
    rows, codes = rows[:_MOST], codes[:_MOST]
    neighbours = min(NEIGHBOURS, max(1, (len(rows) - 1) // 2))
    return float(trustworthiness(rows, codes, n_neighbors=neighbours))


def tsne(codes: np.ndarray, seed: int) -> np.ndarray:
    """Codes (n, k) as places in a plane, float32 (n, 2), neighbours near each other; no way back.

    Source: van der Maaten & Hinton (2008), JMLR 9.
    """
    perplexity = min(_PERPLEXITY, (len(codes) - 1) / 3)
    projection = TSNE(perplexity=perplexity, init="pca", random_state=seed)
    with threadpool_limits(1):  # on busy cores several would take seven times as long
        return projection.fit_transform(codes).astype(np.float32)
