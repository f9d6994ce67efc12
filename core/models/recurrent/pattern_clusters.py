"""A network that learns to continue sequences, and groups made of its hidden states."""

from typing import Any

import keras
import numpy as np
from scipy.optimize import linear_sum_assignment
from sklearn.cluster import KMeans
from sklearn.metrics import adjusted_rand_score

from core.models.recurrent.stack import build_stack
from core.numeric.recurrent.stack.layers import Stack

_STARTS = 5  # of k-means


def build_continuer(stack: Stack, steps: int, letters: int) -> tuple[keras.Model, keras.Model]:
    """One-hot (batch, steps, letters) to logits of the letter after each step, of that shape.

    The second model shares the weights and gives the hidden states, (batch, steps, units).
    """
    model = build_stack(stack, (steps, letters))
    return model, keras.Model(model.inputs[0], model.layers[0].output)


def clustered(points: np.ndarray, clusters: int, seed: int) -> np.ndarray:
    """k-means of points (n, features): the cluster of each, int (n,)."""
    restarts: Any = _STARTS  # scikit-learn declares it as the default that it has, a word
    means = KMeans(clusters, n_init=restarts, random_state=seed)
    return means.fit_predict(points.astype(np.float64))


def nearest_first(points: np.ndarray, clusters: np.ndarray, most: int) -> np.ndarray:
    """The members closest to the middle of each cluster, int (clusters, most); -1 where too few."""
    nearest = np.full((clusters.max() + 1, most), -1)
    for cluster in range(len(nearest)):
        members = np.flatnonzero(clusters == cluster)
        distance = np.linalg.norm(points[members] - points[members].mean(0), axis=1)
        closest = members[np.argsort(distance, kind="stable")][:most]
        nearest[cluster, : len(closest)] = closest
    return nearest


def renamed(clusters: np.ndarray, before: np.ndarray | None, count: int) -> np.ndarray:
    """The clusters under the numbers of those of ``before`` with which they share most members.

    Without ``before``, by size.
    """
    if before is None:
        order = np.argsort(-np.bincount(clusters, minlength=count), kind="stable")
        return np.argsort(order)[clusters]
    shared = np.zeros((count, count))
    np.add.at(shared, (clusters, before), 1)
    _, names = linear_sum_assignment(-shared)
    return names[clusters]


def agreement(clusters: np.ndarray, kinds: np.ndarray) -> float:
    """The adjusted Rand index: 1 for the same groups, about 0 for chance.

    Source: Hubert & Arabie (1985), doi:10.1007/BF01908075.
    """
    return float(adjusted_rand_score(kinds, clusters))
