"""Autoencoders that have been trained, dense or convolutional, in NumPy: to codes and back."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any, Protocol, Self

import numpy as np

from core.numeric.activations import ACTIVATIONS

KERNEL = 3  # rows and columns of a convolution
_AT_ONCE = 512  # images in one product, so that a large set needs little memory


class Coder(Protocol):
    """What a page can look into: to codes (n, latent_dim) from rows (n, features), and back."""

    @property
    def latent_dim(self) -> int:
        """The numbers of a code."""
        ...

    def encode(self, images: np.ndarray) -> np.ndarray:
        """Codes (n, latent_dim) of rows (n, features)."""
        ...

    def decode(self, codes: np.ndarray) -> np.ndarray:
        """Rows (n, features) from codes (n, latent_dim)."""
        ...

    def reconstruct(self, images: np.ndarray) -> np.ndarray:
        """Rows (n, features) after the way through the code and back."""
        return self.decode(self.encode(images))


@dataclass(frozen=True)
class Architecture:
    """What an autoencoder is made of; the decoder mirrors the encoder.

    shape: (height, width) of an image. hidden: from the image to the code, the units of each dense
    layer, or the filters of each convolution, which halves height and width (the decoder doubles
    them by repeating, then convolves). convolutional: which of both. activation: of the hidden
    layers, a name of ``core.numeric.activations``; code_activation: of the code;
    output_activation: of the image. variational: the encoder gives a mean and a logarithm of the
    variance for each number of the code.
    """

    shape: tuple[int, int]
    hidden: tuple[int, ...]
    latent_dim: int
    convolutional: bool = False
    activation: str = "relu"
    code_activation: str = "linear"
    output_activation: str = "sigmoid"
    variational: bool = False

    @classmethod
    def parse(cls, values: Mapping[str, Any]) -> Self:
        """From ``to_dict``, also after JSON."""
        lists = {name: tuple(values[name]) for name in ("shape", "hidden")}
        return cls(**{**values, **lists})

    def to_dict(self) -> dict[str, Any]:
        """The fields as plain values, for JSON."""
        return asdict(self)

    @property
    def features(self) -> int:
        """Pixels of an image."""
        return self.shape[0] * self.shape[1]

    def sizes(self) -> list[tuple[int, int]]:
        """Height and width before each convolution and after the last, (hidden + 1) of them."""
        sizes = [self.shape]
        for _filters in self.hidden if self.convolutional else ():
            height, width = sizes[-1]
            sizes.append((-(-height // 2), -(-width // 2)))
        return sizes


@dataclass(frozen=True, eq=False)
class Autoencoder(Coder):
    """A network of an architecture with its weights.

    weights: "LAYER.kernel" and "LAYER.bias", of the layers encoder_0, ..., code, log_var (where it
    is variational), decoder_0, ..., output; where it is convolutional the decoder begins with the
    dense layer "unfold".
    """

    architecture: Architecture
    weights: Mapping[str, np.ndarray]

    @classmethod
    def of(cls, about: Mapping[str, Any], weights: Mapping[str, np.ndarray]) -> Self:
        """From what its card says and ``weights`` as they were stored."""
        architecture = Architecture.parse(about["autoencoder"])
        return cls(architecture, {n: a.astype(np.float32) for n, a in weights.items()})

    @property
    def about(self) -> dict[str, Any]:
        """What its card says of it."""
        return {"autoencoder": self.architecture.to_dict()}

    @property
    def latent_dim(self) -> int:
        """The numbers of a code, k."""
        return self.architecture.latent_dim

    @property
    def params(self) -> int:
        """How many weights it has."""
        return sum(array.size for array in self.weights.values())

    def encode(self, images: np.ndarray) -> np.ndarray:
        """The codes (n, k) of images (n, features); of a variational one, their means."""
        code = ACTIVATIONS[self.architecture.code_activation]
        return np.concatenate(
            [code(self._dense("code", self._read(part))) for part in _parts(images)]
        )

    def posterior(self, images: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        """Mean and logarithm of the variance, (n, k) each, of a variational one's codes."""
        read = np.concatenate([self._read(part) for part in _parts(images)])
        return self._dense("code", read), self._dense("log_var", read)

    def decode(self, codes: np.ndarray) -> np.ndarray:
        """Images (n, features) from codes (n, k)."""
        return np.concatenate([self._written(part) for part in _parts(codes)])

    def _read(self, images: np.ndarray) -> np.ndarray:
        """What the encoder's last hidden layer says, (n, units)."""
        a = self.architecture
        activate = ACTIVATIONS[a.activation]
        if not a.convolutional:
            for i in range(len(a.hidden)):
                images = activate(self._dense(f"encoder_{i}", images))
            return images
        maps = images.reshape(-1, *a.shape, 1)
        for i in range(len(a.hidden)):
            maps = activate(conv2d(maps, *self._layer(f"encoder_{i}"), stride=2))
        return maps.reshape(len(maps), -1)

    def _written(self, codes: np.ndarray) -> np.ndarray:
        """What the decoder makes of codes (n, k): images (n, features)."""
        a = self.architecture
        activate, output = ACTIVATIONS[a.activation], ACTIVATIONS[a.output_activation]
        if not a.convolutional:
            for i in range(len(a.hidden)):
                codes = activate(self._dense(f"decoder_{i}", codes))
            return output(self._dense("output", codes))
        *larger, smallest = a.sizes()
        flat = activate(self._dense("unfold", codes))
        maps = flat.reshape(len(codes), *smallest, -1)
        last = len(a.hidden) - 1
        for i, size in enumerate(reversed(larger)):
            maps = upsample(maps, size)
            name = "output" if i == last else f"decoder_{i}"
            maps = conv2d(maps, *self._layer(name), stride=1)
            maps = output(maps) if i == last else activate(maps)
        return maps.reshape(len(maps), -1)

    def _dense(self, name: str, given: np.ndarray) -> np.ndarray:
        kernel, bias = self._layer(name)
        return given @ kernel + bias

    def _layer(self, name: str) -> tuple[np.ndarray, np.ndarray]:
        return self.weights[f"{name}.kernel"], self.weights[f"{name}.bias"]


def _parts(rows: np.ndarray) -> list[np.ndarray]:
    rows = np.asarray(rows, np.float32)
    return [rows[at : at + _AT_ONCE] for at in range(0, max(1, len(rows)), _AT_ONCE)]


def conv2d(maps: np.ndarray, kernel: np.ndarray, bias: np.ndarray, stride: int) -> np.ndarray:
    """Maps (n, ceil(height / stride), ceil(width / stride), filters): padding "same".

    maps: (n, height, width, channels). kernel: (rows, columns, channels, filters).
    bias: (filters,).
    """
    rows, columns, channels, filters = kernel.shape
    pads = [_padding(maps.shape[1 + i], (rows, columns)[i], stride) for i in range(2)]
    padded = np.pad(maps, ((0, 0), *pads, (0, 0)))
    windows = np.lib.stride_tricks.sliding_window_view(padded, (rows, columns), axis=(1, 2))
    windows = windows[:, ::stride, ::stride]  # (n, height, width, channels, rows, columns)
    n, height, width = windows.shape[:3]
    flat = windows.transpose(0, 1, 2, 4, 5, 3).reshape(n * height * width, -1)
    convolved = flat @ kernel.reshape(rows * columns * channels, filters) + bias
    return convolved.reshape(n, height, width, filters)


def upsample(maps: np.ndarray, size: tuple[int, int]) -> np.ndarray:
    """Every pixel twice in each direction, cut to ``size``: maps (n, height, width, channels)."""
    return maps.repeat(2, axis=1).repeat(2, axis=2)[:, : size[0], : size[1]]


def _padding(size: int, kernel: int, stride: int) -> tuple[int, int]:
    """Zeros before and behind an axis: as TensorFlow shares them out, the odd one goes behind."""
    total = max((-(-size // stride) - 1) * stride + kernel - size, 0)
    return total // 2, total - total // 2
