"""Autoencoders in Keras, dense or convolutional, plain or variational."""

from dataclasses import dataclass
from typing import Any

import keras
import numpy as np

from core.models.seeds import glorot
from core.numeric.autoencoders.autoencoder import KERNEL, Architecture, Coder

_AT_ONCE = 500  # rows in one product, so that a large set needs little memory


@dataclass(frozen=True)
class Network(Coder):
    """An autoencoder and its two halves, which share its layers.

    encoder: images (batch, features) -> codes (batch, latent_dim), of a variational one
    [means, logarithms of variances]. decoder: codes -> images. whole: images -> images; of a
    variational one [images, noise (batch, latent_dim)] -> [images, means, logarithms of variances],
    the code being mean + noise * standard deviation. It is a ``Coder`` of
    ``core.numeric.autoencoders``: with convolutions many times as fast as the same in NumPy.
    """

    architecture: Architecture
    whole: keras.Model
    encoder: keras.Model
    decoder: keras.Model

    @property
    def latent_dim(self) -> int:
        """The numbers of a code."""
        return self.architecture.latent_dim

    def encode(self, images: np.ndarray) -> np.ndarray:
        """Codes (n, latent_dim) of images (n, features)."""
        return in_parts(self.encoder, images)

    def decode(self, codes: np.ndarray) -> np.ndarray:
        """Images (n, features) from codes (n, latent_dim)."""
        return in_parts(self.decoder, codes)


def build_autoencoder(architecture: Architecture, *, seed: int = 0) -> Network:
    """A network of float32 whose kernels are drawn by Glorot's rule from ``seed``, biases 0."""
    encoder = _encoder(architecture, seed)
    decoder = _decoder(architecture, seed + len(architecture.hidden) + 2)
    images = keras.Input((architecture.features,))
    if not architecture.variational:
        whole = keras.Model(images, decoder(encoder(images)), name="autoencoder")
        return Network(architecture, whole, encoder, decoder)
    noise: Any = keras.Input((architecture.latent_dim,))
    mean, log_var = encoder(images)
    code: Any = mean + noise * keras.ops.exp(0.5 * log_var)
    whole = keras.Model([images, noise], [decoder(code), mean, log_var], name="autoencoder")
    return Network(architecture, whole, encoder, decoder)


def named_weights(network: Network) -> dict[str, np.ndarray]:
    """The weights by the names of ``core.numeric.autoencoders.autoencoder.Autoencoder``."""
    return {
        f"{layer.name}.{part}": np.asarray(weight)
        for half in (network.encoder, network.decoder)
        for layer in half.layers
        for part, weight in zip(("kernel", "bias"), layer.get_weights(), strict=False)
    }


def in_parts(model: keras.Model, rows: np.ndarray) -> np.ndarray:
    """What a model makes of rows (n, ...), a part after the other: (n, ...)."""
    parts = [rows[at : at + _AT_ONCE] for at in range(0, len(rows), _AT_ONCE)]
    return np.concatenate([np.asarray(model(part, training=False)) for part in parts])


def _encoder(a: Architecture, seed: int) -> keras.Model:
    images = keras.Input((a.features,))
    x: Any = images
    if a.convolutional:
        x = keras.layers.Reshape((*a.shape, 1))(x)
    for i, size in enumerate(a.hidden):
        layer = _conv if a.convolutional else _dense
        more = {"strides": 2} if a.convolutional else {}
        x = layer(f"encoder_{i}", size, a.activation, seed + i, **more)(x)
    if a.convolutional:
        x = keras.layers.Flatten()(x)
    seed += len(a.hidden)
    code = _dense("code", a.latent_dim, a.code_activation, seed)(x)
    if not a.variational:
        return keras.Model(images, code, name="encoder")
    log_var = _dense("log_var", a.latent_dim, "linear", seed + 1)(x)
    return keras.Model(images, [code, log_var], name="encoder")


def _decoder(a: Architecture, seed: int) -> keras.Model:
    codes = keras.Input((a.latent_dim,))
    x: Any = codes
    if not a.convolutional:
        for i, size in enumerate(reversed(a.hidden)):
            x = _dense(f"decoder_{i}", size, a.activation, seed + i)(x)
        output = _dense("output", a.features, a.output_activation, seed + len(a.hidden))
        return keras.Model(codes, output(x), name="decoder")
    *larger, (height, width) = a.sizes()
    filters = [*a.hidden[::-1][1:], 1]
    x = _dense("unfold", height * width * a.hidden[-1], a.activation, seed)(x)
    x = keras.layers.Reshape((height, width, a.hidden[-1]))(x)
    for i, ((rows, columns), size) in enumerate(zip(reversed(larger), filters, strict=True)):
        x = keras.layers.UpSampling2D(2)(x)
        surplus = ((0, x.shape[1] - rows), (0, x.shape[2] - columns))
        if surplus != ((0, 0), (0, 0)):
            x = keras.layers.Cropping2D(surplus)(x)
        last = i == len(filters) - 1
        name = "output" if last else f"decoder_{i}"
        activation = a.output_activation if last else a.activation
        x = _conv(name, size, activation, seed + i + 1)(x)
    return keras.Model(codes, keras.layers.Flatten()(x), name="decoder")


def _dense(name: str, units: int, activation: str, seed: int) -> Any:
    return keras.layers.Dense(
        units, activation=activation, kernel_initializer=glorot(seed), name=name
    )


def _conv(name: str, filters: int, activation: str, seed: int, strides: int = 1) -> Any:
    return keras.layers.Conv2D(
        filters,
        KERNEL,
        strides=strides,
        padding="same",
        activation=activation,
        kernel_initializer=glorot(seed),
        name=name,
    )
