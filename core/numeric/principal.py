"""Principal components, by the singular value decomposition, and angles between subspaces."""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

import numpy as np


class Projection(NamedTuple):
    """Points on the first principal components.

    points: (n, k). explained: the share of the variance of each component, (k,).
    """

    points: np.ndarray
    explained: np.ndarray


@dataclass(frozen=True)
class Components:
    """The first principal components of some data.

    mean: (features,), zeros where nothing was centred. axes: (k, features), orthonormal rows.
    variances: of every component, not the first k alone, the largest first, (rank,).
    """

    mean: np.ndarray
    axes: np.ndarray
    variances: np.ndarray

    def project(self, data: np.ndarray) -> np.ndarray:
        """The codes (n, k) of data (n, features)."""
        return (data - self.mean) @ self.axes.T

    def reconstruct(self, codes: np.ndarray) -> np.ndarray:
        """Data (n, features) from codes (n, k)."""
        return codes @ self.axes + self.mean


def components(data: np.ndarray, k: int, centred: bool = True) -> Components:
    """The first ``k`` principal components of ``data``, (n, features).

    Of each axis the entry that is largest in size is positive. centred: else the best subspace
    through the origin (the singular vectors of the data as they are).
    """
    mean = data.mean(0, dtype=np.float64) if centred else np.zeros(data.shape[1])
    _, values, axes = np.linalg.svd(data - mean, full_matrices=False)
    axes = axes[:k]
    largest = np.abs(axes).argmax(1)
    axes = axes * np.sign(axes[np.arange(len(axes)), largest])[:, None]
    return Components(mean, axes, values**2 / len(data))


def project(data: np.ndarray, k: int = 2) -> Projection:
    """The rows of ``data``, (n, features), on their first ``k`` principal components."""
    pca = components(data, k)
    total = max(float(pca.variances.sum()), 1e-30)
    return Projection(pca.project(data), pca.variances[:k] / total)


def plane(points: np.ndarray, before: np.ndarray | None = None) -> np.ndarray:
    """The first two principal components of points (n, features), float32 (n, 2).

    Their signs are those that agree with ``before`` (n, 2).
    """
    places = project(points).points
    if before is not None:
        places = places * np.where((places * before).sum(0) < 0, -1, 1)
    return places.astype(np.float32)


def principal_angles_deg(first: np.ndarray, second: np.ndarray) -> np.ndarray:
    """The angles between two subspaces, in degrees, the largest first, (k,).

    first, second: (features, k), whose columns span them. Small angles are taken from their sines,
    which keep more digits. Source: Björck & Golub (1973), Mathematics of Computation 27.
    """
    ours, theirs = (np.linalg.qr(span.astype(np.float64))[0] for span in (first, second))
    overlap = ours.T @ theirs
    cosines = np.linalg.svd(overlap, compute_uv=False)
    sines = np.linalg.svd(theirs - ours @ overlap, compute_uv=False)
    by_cosine = np.arccos(np.clip(cosines, 0, 1))[::-1]
    by_sine = np.arcsin(np.clip(sines, 0, 1))
    return np.degrees(np.where(by_sine < np.pi / 4, by_sine, by_cosine))


def lost_shares(variances: np.ndarray) -> np.ndarray:
    """The share of the variance that 0, 1, ..., n components lose, (n + 1,), from 1 down to 0.

    variances: of every component, the largest first, (n,).
    """
    kept = np.cumsum(variances, dtype=np.float64)
    return 1 - np.concatenate([[0.0], kept / max(float(kept[-1]), 1e-30)])


def errors_by_components(pca: Components, data: np.ndarray) -> np.ndarray:
    """The mean squared error of data (n, features) with 0, 1, ..., k components: float (k + 1,)."""
    rest = data - pca.mean
    squares = np.mean(pca.project(data) ** 2, axis=0)
    left = np.mean(np.sum(rest**2, axis=1)) - np.concatenate([[0.0], np.cumsum(squares)])
    return np.maximum(left, 0) / data.shape[1]
