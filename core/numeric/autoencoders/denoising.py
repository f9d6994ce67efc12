"""What removes noise without a network: the Wiener filter, PCA, a median; and how well it is done.

Source of the Wiener filter: Wiener (1949), Extrapolation, Interpolation and Smoothing; as a
linear estimator learned from pairs: Kay (1993), Estimation Theory, chapter 12.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np

from core.numeric.principal import Components

PEAK = 1.0  # the largest value of a pixel


def psnr_db(wanted: np.ndarray, said: np.ndarray) -> float:
    """Peak signal-to-noise ratio in decibels over all pixels of all images; infinite if equal.

    10 log10(1 / MSE), pixels being in [0, 1]; both (n, features).
    """
    mse = float(np.mean((np.asarray(wanted, np.float64) - said) ** 2))
    return float("inf") if mse == 0 else float(10 * np.log10(PEAK**2 / mse))


@dataclass(frozen=True, eq=False)
class LinearDenoiser:
    """Images noisy @ matrix + shift, clipped to [0, 1]. matrix: (features, features)."""

    matrix: np.ndarray
    shift: np.ndarray

    def clean(self, noisy: np.ndarray) -> np.ndarray:
        """Images (n, features) from noisy ones."""
        return np.clip(noisy @ self.matrix + self.shift, 0, 1)


def wiener_filter(pairs: Iterable[tuple[np.ndarray, np.ndarray]]) -> LinearDenoiser:
    """The affine map with the least squared error over pairs of clean and noisy images.

    pairs: (n, features) each, many times over; there is at least one. Where noisy images do not
    span the space, the smallest such map. No ridge.
    """
    count = 0
    sums: list = [0.0, 0.0, 0.0, 0.0]  # of noisy, of clean, and of their products
    for clean, noisy in pairs:
        count += len(noisy)
        parts = noisy.sum(0, dtype=np.float64), clean.sum(0, dtype=np.float64)
        parts += noisy.T @ noisy, noisy.T @ clean
        sums = [whole + part for whole, part in zip(sums, parts, strict=True)]
    mean_noisy, mean_clean = (some / count for some in sums[:2])
    within = sums[2] / count - np.outer(mean_noisy, mean_noisy)
    across = sums[3] / count - np.outer(mean_noisy, mean_clean)
    matrix = np.linalg.lstsq(within, across, rcond=None)[0]
    return LinearDenoiser(matrix, mean_clean - mean_noisy @ matrix)


def pca_denoiser(pca: Components, k: int) -> LinearDenoiser:
    """The projection on the mean plus the first ``k`` axes, as one map."""
    axes = pca.axes[:k]
    projection = axes.T @ axes
    return LinearDenoiser(projection, pca.mean - pca.mean @ projection)


def best_k(pca: Components, clean: np.ndarray, noisy: np.ndarray) -> int:
    """With how many of its axes PCA brings noisy images (n, features) nearest to the clean ones."""
    codes, axes = pca.project(noisy).astype(np.float32), pca.axes.astype(np.float32)
    said = np.broadcast_to(pca.mean.astype(np.float32), np.shape(noisy)).copy()
    errors = []
    for code, axis in zip(codes.T, axes, strict=True):
        said += np.outer(code, axis)
        errors.append(np.mean((np.clip(said, 0, 1) - clean) ** 2))
    return 1 + int(np.argmin(errors))


def median_filter(noisy: np.ndarray, shape: tuple[int, int]) -> np.ndarray:
    """Each pixel the median of the 3 x 3 around it, the rim repeated outwards; (n, features)."""
    images = np.pad(np.reshape(noisy, (-1, *shape)), ((0, 0), (1, 1), (1, 1)), mode="edge")
    windows = np.lib.stride_tricks.sliding_window_view(images, (3, 3), axis=(1, 2))
    return np.median(windows.reshape(*windows.shape[:3], 9), axis=-1).reshape(len(noisy), -1)
