"""An LSTM autoencoder that has been trained, in NumPy: signals to codes and back."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Self

import numpy as np

from core.numeric.autoencoders.autoencoder import Coder
from core.numeric.recurrent.cells import CELLS, Weights
from core.numeric.threads import one_blas_thread


@dataclass(frozen=True, eq=False)
class LSTMAutoencoder(Coder):
    """A network of ``core.models.autoencoders.lstm_autoencoder`` with its weights.

    samples: of a signal. frame: samples that a step reads and writes. backwards: whether the
    decoder writes the last frame first. weights: "encoder/0", "/1", "/2" are kernel, recurrent
    kernel and bias, "/3" to "/5" those of a second encoder that reads from the end, if there is
    one; "code/0" and "/1"; "decoder/0" to "/2"; "output/0" and "/1".
    Raises ValueError if the weights are not those of such frames.
    """

    samples: int
    frame: int
    backwards: bool
    weights: Mapping[str, np.ndarray]

    def __post_init__(self):
        read, written = self.weights["encoder/0"].shape[0], self.weights["output/0"].shape[1]
        if self.samples % self.frame or (read, written) != (self.frame, self.frame):
            raise ValueError(
                f"frames of {self.frame} in {self.samples} samples do not go with weights that "
                f"read {read} and write {written}"
            )

    @classmethod
    def of(cls, about: Mapping[str, Any], weights: Mapping[str, np.ndarray]) -> Self:
        """From what its card says and ``weights`` as they were stored."""
        single = {name: array.astype(np.float32) for name, array in weights.items()}
        return cls(**about["lstm_autoencoder"], weights=single)

    @property
    def about(self) -> dict[str, Any]:
        """What its card says of it."""
        shape = {"samples": self.samples, "frame": self.frame, "backwards": self.backwards}
        return {"lstm_autoencoder": shape}

    @property
    def latent_dim(self) -> int:
        """The numbers of a code, k."""
        return self.weights["code/0"].shape[1]

    @property
    def params(self) -> int:
        """How many weights it has."""
        return sum(array.size for array in self.weights.values())

    def encode(self, images: np.ndarray) -> np.ndarray:
        """The codes (n, k) of signals (n, samples)."""
        frames = np.asarray(images, np.float32).reshape(len(images), -1, self.frame)
        with one_blas_thread():
            last = [self._states(frames, "encoder", 0)[:, -1]]
            if "encoder/3" in self.weights:
                last.append(self._states(frames[:, ::-1], "encoder", 3)[:, -1])
            return self._dense(np.concatenate(last, -1), "code")

    def decode(self, codes: np.ndarray) -> np.ndarray:
        """Signals (n, samples) from codes (n, k)."""
        codes = np.asarray(codes, np.float32)
        steps = self.samples // self.frame
        with one_blas_thread():
            again = np.broadcast_to(codes[:, None], (len(codes), steps, codes.shape[1]))
            frames = self._dense(self._states(again, "decoder", 0), "output")
        return (frames[:, ::-1] if self.backwards else frames).reshape(len(codes), -1)

    def _states(self, frames: np.ndarray, layer: str, first: int) -> np.ndarray:
        """The hidden state after each step, (n, steps, units)."""
        weights = Weights(*(self.weights[f"{layer}/{first + i}"] for i in range(3)))
        return CELLS["lstm"].read(frames, weights)[0]

    def _dense(self, given: np.ndarray, layer: str) -> np.ndarray:
        return given @ self.weights[f"{layer}/0"] + self.weights[f"{layer}/1"]
