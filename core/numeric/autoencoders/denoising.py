"""What removes noise without a network: the Wiener filter, PCA, a median; and how well it is done.

Source of the Wiener filter: Wiener (1949), Extrapolation, Interpolation and Smoothing; as a
linear estimator learned from pairs: Kay (1993), Estimation Theory, chapter 12.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Self

import numpy as np

from core.numeric.autoencoders.noise import Noise
from core.numeric.principal import Components, components

PEAK = 1.0  # the largest value of a pixel
HELD_OUT_STREAM = 17
_WIENER_STREAM, _PCA_STREAM = 19, 23
_MOST_FOR_K = 1000  # images on which PCA's k is chosen
_LEAST_PAIRS, _PAIRS_A_PIXEL = 20_000, 60  # that the Wiener filter learns from
_MOST_COPIES = 1000

Cleaner = Callable[[np.ndarray], np.ndarray]


def psnr_db(wanted: np.ndarray, outputs: np.ndarray) -> float:
    """Peak signal-to-noise ratio in decibels over all pixels of all images; infinite if equal.

    10 log10(1 / MSE), pixels being in [0, 1]; both (n, features).
    """
    mse = float(np.mean((np.asarray(wanted, np.float64) - outputs) ** 2))
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
    denoised = np.broadcast_to(pca.mean.astype(np.float32), np.shape(noisy)).copy()
    errors = []
    for code, axis in zip(codes.T, axes, strict=True):
        denoised += np.outer(code, axis)
        errors.append(np.mean((np.clip(denoised, 0, 1) - clean) ** 2))
    return 1 + int(np.argmin(errors))


def median_filter(noisy: np.ndarray, shape: tuple[int, int]) -> np.ndarray:
    """Each pixel the median of the 3 x 3 around it, the rim repeated outwards; (n, features)."""
    images = np.pad(np.reshape(noisy, (-1, *shape)), ((0, 0), (1, 1), (1, 1)), mode="edge")
    windows = np.lib.stride_tricks.sliding_window_view(images, (3, 3), axis=(1, 2))
    return np.median(windows.reshape(*windows.shape[:3], 9), axis=-1).reshape(len(noisy), -1)


@dataclass(frozen=True, eq=False)
class Removers:
    """The best PCA, the Wiener filter and the median of 3 x 3, for images of (height, width).

    k: the components that the best PCA keeps.
    """

    best_pca: LinearDenoiser
    wiener: LinearDenoiser
    shape: tuple[int, int]
    k: int

    @property
    def cleaners(self) -> dict[str, Cleaner]:
        """By name, what makes images (n, features) in [0, 1] of noisy ones."""
        return {
            "best_pca": self.best_pca.clean,
            "wiener": self.wiener.clean,
            "median": lambda noisy: median_filter(noisy, self.shape),
        }

    def arrays(self) -> dict[str, np.ndarray]:
        """What was learned, float32, by name."""
        return {
            f"{name}_{part}": getattr(linear, part).astype(np.float32)
            for name, linear in (("pca", self.best_pca), ("wiener", self.wiener))
            for part in ("matrix", "shift")
        }

    @classmethod
    def of(cls, arrays: Mapping[str, np.ndarray], shape: tuple[int, int], k: int) -> Self:
        """From ``arrays``, as they were told."""
        pca, wiener = (
            LinearDenoiser(arrays[f"{name}_matrix"], arrays[f"{name}_shift"])
            for name in ("pca", "wiener")
        )
        return cls(pca, wiener, shape, k)


def learn_removers(
    learned: np.ndarray, pca: Components, shape: tuple[int, int], noise: Noise
) -> Removers:
    """From clean images (n, features), all their components, and noisy copies of them.

    The k of the best PCA is the one that brings noisy copies of the images that it was learned
    from nearest to the clean ones.
    """
    some = learned[:_MOST_FOR_K]
    k = best_k(pca, some, noise.on(some, shape, _PCA_STREAM))
    return Removers(pca_denoiser(pca, k), learn_wiener(learned, shape, noise), shape, k)


def every_component(learned: np.ndarray) -> Components:
    """PCA of images (n, features), all of its axes."""
    return components(learned.astype(np.float64), learned.shape[1])


def learn_wiener(learned: np.ndarray, shape: tuple[int, int], noise: Noise) -> LinearDenoiser:
    """The Wiener filter for a noise, from several noisy copies of clean images (n, features)."""
    pairs = max(_LEAST_PAIRS, _PAIRS_A_PIXEL * learned.shape[1])
    copies = min(_MOST_COPIES, -(-pairs // len(learned)))
    return wiener_filter(
        (learned, noise.on(learned, shape, _WIENER_STREAM, copy)) for copy in range(copies)
    )


def by_level(
    cleaners: Mapping[str, Cleaner],
    clean: np.ndarray,
    shape: tuple[int, int],
    noises: Sequence[Noise],
) -> dict[str, np.ndarray]:
    """PSNR in dB, (noises,), of each cleaner, and of the noisy images themselves as "noisy"."""
    noisy = [noise.on(clean, shape, HELD_OUT_STREAM) for noise in noises]
    methods = {"noisy": lambda images: images, **cleaners}
    return {
        name: np.array([psnr_db(clean, cleaner(images)) for images in noisy])
        for name, cleaner in methods.items()
    }
