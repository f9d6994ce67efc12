"""A Keras network as what codes images and decodes codes, in NumPy arrays."""

from dataclasses import dataclass

import keras
import numpy as np

from core.models.autoencoders.autoencoder import Network

_AT_ONCE = 500  # rows in one product, so that a large set needs little memory


@dataclass(frozen=True)
class Coding:
    """The two halves of a network as they are now, a ``Coder`` of ``core.numeric.autoencoders``.

    With convolutions it is many times as fast as the same in NumPy.
    """

    network: Network

    @property
    def latent_dim(self) -> int:
        """The numbers of a code."""
        return self.network.architecture.latent_dim

    def encode(self, images: np.ndarray) -> np.ndarray:
        """Codes (n, latent_dim) of images (n, features)."""
        return in_parts(self.network.encoder, images)

    def decode(self, codes: np.ndarray) -> np.ndarray:
        """Images (n, features) from codes (n, latent_dim)."""
        return in_parts(self.network.decoder, codes)


def in_parts(model: keras.Model, rows: np.ndarray) -> np.ndarray:
    """What a model makes of rows (n, ...), a part after the other: (n, ...)."""
    parts = [rows[at : at + _AT_ONCE] for at in range(0, len(rows), _AT_ONCE)]
    return np.concatenate([np.asarray(model(part, training=False)) for part in parts])
