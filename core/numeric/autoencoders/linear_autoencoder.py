"""A linear autoencoder that has been trained: two matrices, and the mean that is taken away."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Self

import numpy as np

from core.numeric.autoencoders.autoencoder import Coder


@dataclass(frozen=True, eq=False)
class LinearAutoencoder(Coder):
    """Codes are (x - mean) W_e, reconstructions codes W_d + mean; no biases.

    encoder: W_e, (features, k). decoder: W_d, (k, features). mean: (features,), zeros where nothing
    was centred. Raises ValueError if the shapes do not fit.
    """

    encoder: np.ndarray
    decoder: np.ndarray
    mean: np.ndarray

    def __post_init__(self):
        features, k = self.encoder.shape
        if self.decoder.shape != (k, features) or self.mean.shape != (features,):
            raise ValueError(
                f"an encoder {self.encoder.shape} does not go with a decoder {self.decoder.shape} "
                f"and a mean {self.mean.shape}"
            )

    @classmethod
    def of(cls, about: Mapping[str, Any], weights: Mapping[str, np.ndarray]) -> Self:
        """From ``weights`` as they were stored, to compute with in double precision.

        about: says nothing that the weights do not.
        """
        return cls(**{name: array.astype(np.float64) for name, array in weights.items()})

    @property
    def about(self) -> dict[str, Any]:
        """What its card says of it."""
        return {"latent_dim": self.latent_dim}

    @property
    def latent_dim(self) -> int:
        """The numbers of a code, k."""
        return self.encoder.shape[1]

    @property
    def params(self) -> int:
        """The weights that learned; the mean did not."""
        return self.encoder.size + self.decoder.size

    @property
    def weights(self) -> dict[str, np.ndarray]:
        """The arrays by name: what is stored."""
        return {"encoder": self.encoder, "decoder": self.decoder, "mean": self.mean}

    def encode(self, images: np.ndarray) -> np.ndarray:
        """The codes (n, k) of images (n, features)."""
        return (images - self.mean) @ self.encoder

    def decode(self, codes: np.ndarray) -> np.ndarray:
        """Images (n, features) from codes (n, k)."""
        return codes @ self.decoder + self.mean

    def turned(self, matrix: np.ndarray) -> LinearAutoencoder:
        """The one whose codes are these codes times ``matrix``, (k, k), invertible.

        It reconstructs the same: the decoder takes the turning back. Raises LinAlgError if
        ``matrix`` has no inverse.
        """
        back = np.linalg.inv(matrix)
        return LinearAutoencoder(self.encoder @ matrix, back @ self.decoder, self.mean)

    def sought(self, axes: np.ndarray) -> np.ndarray:
        """What the decoder's space has nearest to each of ``axes``, (m, features): (m, features).

        Where the spaces are the same, these are the axes themselves.
        """
        return axes @ np.linalg.pinv(self.decoder) @ self.decoder

    def turned_to(self, axes: np.ndarray) -> LinearAutoencoder:
        """The one that has its k axes as near as its space allows to ``axes``, (k, features).

        Raises LinAlgError if no turning leads there.
        """
        return self.turned(np.linalg.inv(axes @ np.linalg.pinv(self.decoder)))


def rotation(angle_deg: float, k: int = 2) -> np.ndarray:
    """A matrix (k, k) that turns the plane of the first two of k coordinates, which are rows."""
    turn, angle = np.eye(k), np.radians(angle_deg)
    if k >= 2:
        turn[:2, :2] = [[np.cos(angle), np.sin(angle)], [-np.sin(angle), np.cos(angle)]]
    return turn


def axis_angles_deg(axes: np.ndarray, others: np.ndarray) -> np.ndarray:
    """Of each of ``axes``, (k, features), the angle to its nearest of ``others``, (m, features).

    In degrees, (k,), from 0 to 90: an axis and its negative are the same axis.
    """
    cosines = np.abs(_unit(axes) @ _unit(others).T).max(1)
    return np.degrees(np.arccos(np.clip(cosines, 0, 1)))


def _unit(axes: np.ndarray) -> np.ndarray:
    axes = axes.astype(np.float64)
    return axes / np.maximum(np.linalg.norm(axes, axis=1, keepdims=True), 1e-30)
