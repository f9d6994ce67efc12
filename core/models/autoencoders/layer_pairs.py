"""An autoencoder taken apart into pairs of layers, to be pre-trained one after the other."""

from dataclasses import dataclass
from typing import Any

import keras
import numpy as np

from core.models.autoencoders.autoencoder import Network, in_parts


@dataclass(frozen=True)
class LayerPair:
    """A layer of the encoder and the layer of the decoder that mirrors it.

    model: the two as an autoencoder with one hidden layer, of what the layers below say. It shares
    its layers with the network: what it learns, the network has learned. step: the encoder's part.
    """

    model: keras.Model
    step: keras.Model

    def codes(self, rows: np.ndarray) -> np.ndarray:
        """What the encoder's layer makes of rows (n, ...): the rows of the pair above."""
        return in_parts(self.step, rows)


def layer_pairs(network: Network) -> list[LayerPair]:
    """The pairs from the image to the code: one more than there are hidden layers.

    Each is trained on what the layers below it say, which stand still meanwhile.
    Source: Bengio et al. (2007), Greedy Layer-Wise Training of Deep Networks, NeurIPS 19.
    """
    down = _parts(network.encoder, ends=(keras.layers.Dense, keras.layers.Conv2D))
    up = _parts(network.decoder, starts=(keras.layers.Dense, keras.layers.UpSampling2D))
    pairs: list[LayerPair] = []
    shape = network.encoder.input_shape[1:]
    for encoder, decoder in zip(down, reversed(up), strict=True):
        below = keras.Input(shape)
        code = _through(encoder, below)
        pairs.append(
            LayerPair(keras.Model(below, _through(decoder, code)), keras.Model(below, code))
        )
        shape = code.shape[1:]
    return pairs


def _parts(half: keras.Model, *, starts: tuple = (), ends: tuple = ()) -> list[list[Any]]:
    """A half's layers in a row, parted in front of the kinds ``starts`` and behind ``ends``."""
    parts: list[list[Any]] = [[]]
    for layer in half.layers[1:]:  # the first is its input
        if isinstance(layer, starts) and parts[-1]:
            parts.append([])
        parts[-1].append(layer)
        if isinstance(layer, ends):
            parts.append([])
    return [part for part in parts if part]


def _through(layers: list[Any], x: Any) -> Any:
    for layer in layers:
        x = layer(x)
    return x
