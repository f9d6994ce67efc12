"""Three ways to spoil images, each by a level from 0 to 1; what comes out is in [0, 1] again."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

import numpy as np

_Generator = np.random.Generator


@dataclass(frozen=True)
class Noise:
    """A kind of noise and its level; what is drawn is seeded.

    kind, level: as in ``corrupted``.
    """

    kind: str
    level: float
    seed: int

    def on(self, pixels: np.ndarray, shape: tuple[int, int], *stream: int) -> np.ndarray:
        """Noisy pixels, float32 (n, features); ``stream`` numbers what is drawn."""
        rng = np.random.default_rng([*stream, self.seed])
        return corrupted(pixels, shape, self.kind, self.level, rng)


def corrupted(
    pixels: np.ndarray, shape: tuple[int, int], kind: str, level: float, rng: _Generator
) -> np.ndarray:
    """Pixels (n, height * width) in [0, 1] after noise of a kind, float32, clipped to [0, 1].

    kind: "gaussian", of the standard deviation ``level``; "salt_pepper", of which ``level`` is the
    share of pixels that become 0 or 1, each as often; "block", a rectangle of 0 somewhere in each
    image whose sides are ``level`` times the image's, one pixel at least. The same state of ``rng``
    gives the same pattern at every level. Raises KeyError for another kind.
    """
    spoilt = _KINDS[kind](np.asarray(pixels, np.float32), shape, level, rng)
    return np.clip(spoilt, 0, 1)


def gaussian(pixels: np.ndarray, shape: object, level: float, rng: _Generator) -> np.ndarray:
    """Normal noise of the standard deviation ``level`` on pixels (n, features)."""
    drawn = rng.standard_normal(pixels.shape, np.float32)
    return pixels + np.float32(level) * drawn


def salt_and_pepper(pixels: np.ndarray, shape: object, level: float, rng: _Generator) -> np.ndarray:
    """A share ``level`` of the pixels (n, features) becomes 0 or 1, each as often."""
    drawn = rng.random(pixels.shape, np.float32)
    spoilt = np.where(drawn < level / 2, np.float32(0), pixels)
    return np.where(drawn >= 1 - level / 2, np.float32(1), spoilt)


def missing_block(
    pixels: np.ndarray, shape: tuple[int, int], level: float, rng: _Generator
) -> np.ndarray:
    """A rectangle of 0 in each image, whose sides are ``level`` times the image's."""
    drawn = rng.random((2, len(pixels), 1), np.float32)
    inside = []
    for side, place in zip(shape, drawn, strict=True):
        length = max(1, round(level * side))
        first = np.floor(place * (side - length + 1))
        inside.append((np.arange(side) >= first) & (np.arange(side) < first + length))
    rows, columns = inside
    missing = (rows[:, :, None] & columns[:, None, :]).reshape(len(pixels), -1)
    return np.where(missing, np.float32(0), pixels)


_KINDS: Mapping[str, Callable[..., np.ndarray]] = {
    "gaussian": gaussian,
    "salt_pepper": salt_and_pepper,
    "block": missing_block,
}
KINDS = tuple(_KINDS)
