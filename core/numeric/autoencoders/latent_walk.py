"""Walks between two images, in the pixels or in a code, and how far they lead from real ones."""

import numpy as np


def walk(first: np.ndarray, last: np.ndarray, steps: int) -> np.ndarray:
    """Places on the straight line from first (d,) to last (d,), both included: (steps, d)."""
    shares = np.linspace(0, 1, steps)[:, None]
    return (1 - shares) * first + shares * last


def nearest_mse(images: np.ndarray, known: np.ndarray) -> np.ndarray:
    """Of each image, (n, features), the mean squared error to the nearest known one, float (n,).

    known: (m, features).
    """
    images, known = np.asarray(images, np.float64), np.asarray(known, np.float64)
    squares = (images**2).sum(1)[:, None] + (known**2).sum(1) - 2 * images @ known.T
    return np.maximum(squares.min(1), 0) / images.shape[1]


def pairs_apart(labels: np.ndarray, count: int, seed: int) -> np.ndarray:
    """Pairs of places whose labels (n,) differ, int (count, 2), drawn by ``seed``.

    Where all labels are alike, pairs of different places.
    """
    rng, one_class = np.random.default_rng(seed), len(np.unique(labels)) < 2
    told_apart = np.arange(len(labels)) if one_class else labels
    drawn = rng.integers(0, len(labels), (20 * count, 2))
    apart = drawn[told_apart[drawn[:, 0]] != told_apart[drawn[:, 1]]]
    return apart[:count]
