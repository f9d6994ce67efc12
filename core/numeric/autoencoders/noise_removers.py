"""The rivals of a denoising network, learned from the same images and the same noise."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Self

import numpy as np

from core.numeric.autoencoders.denoising import (
    LinearDenoiser,
    best_k,
    median_filter,
    pca_denoiser,
    psnr_db,
    wiener_filter,
)
from core.numeric.autoencoders.noise import corrupted
from core.numeric.principal import Components, components

HELD_OUT_STREAM = 17
_WIENER_STREAM, _PCA_STREAM = 19, 23
_MOST_FOR_K = 1000  # images on which PCA's k is chosen
_LEAST_PAIRS, _PAIRS_A_PIXEL = 20_000, 60  # that the Wiener filter learns from
_MOST_COPIES = 1000

Cleaner = Callable[[np.ndarray], np.ndarray]


@dataclass(frozen=True)
class Noise:
    """A kind of noise and its level; what is drawn is seeded.

    kind, level: as in ``core.numeric.autoencoders.noise.corrupted``.
    """

    kind: str
    level: float
    seed: int

    def on(self, pixels: np.ndarray, shape: tuple[int, int], *stream: int) -> np.ndarray:
        """Noisy pixels, float32 (n, features); ``stream`` numbers what is drawn."""
        rng = np.random.default_rng([*stream, self.seed])
        return corrupted(pixels, shape, self.kind, self.level, rng)


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
            "pca_matrix": self.best_pca.matrix.astype(np.float32),
            "pca_shift": self.best_pca.shift.astype(np.float32),
            "wiener_matrix": self.wiener.matrix.astype(np.float32),
            "wiener_shift": self.wiener.shift.astype(np.float32),
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
    found: dict[str, list[float]] = {name: [] for name in ("noisy", *cleaners)}
    for noise in noises:
        noisy = noise.on(clean, shape, HELD_OUT_STREAM)
        found["noisy"].append(psnr_db(clean, noisy))
        for name, cleaner in cleaners.items():
            found[name].append(psnr_db(clean, cleaner(noisy)))
    return {name: np.array(values) for name, values in found.items()}
