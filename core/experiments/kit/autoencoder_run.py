"""The run of every autoencoder that learns batch by batch."""

from __future__ import annotations

import io
from typing import Any

import numpy as np

from core.data.images.known import images
from core.experiments.kit.control import Control
from core.experiments.kit.notebook import keras_files
from core.experiments.kit.run import Training, half_cosine, shuffled
from core.numeric.autoencoders.autoencoder import Autoencoder

_SHUFFLE_STREAM = 11


def order(seed: int, epoch: int, examples: int, batch_size: int) -> np.ndarray:
    """The places of an epoch's examples, shuffled, int (batches, batch); the remainder waits.

    A set smaller than a batch is one batch.
    """
    places = np.arange(examples)
    return shuffled([_SHUFFLE_STREAM, seed, epoch], places, min(batch_size, examples))


class AutoencoderTraining(Training):
    """The training of an autoencoder on so many examples, in batches of their places.

    config: has batch_size, learning_rate, which falls along half a cosine, and seed besides.
    """

    weight_type = np.float16

    def __init__(self, config: Any, control: Control | None, examples: int):
        super().__init__(config, control)
        self._examples = examples
        self.updates = len(order(config.seed, 1, examples, config.batch_size))

    def order(self, epoch: int) -> np.ndarray:
        """The places of an epoch's examples, int (batches, batch)."""
        return order(self.config.seed, epoch, self._examples, self.config.batch_size)

    def rate(self, rate: float, epoch: int) -> float:
        """It falls along half a cosine."""
        return half_cosine(rate, epoch, self.epochs)


class ImageAutoencoderTraining(AutoencoderTraining):
    """The training of an autoencoder of images.

    network: a ``core.models.autoencoders.autoencoder.Network``.
    """

    def __init__(self, config: Any, control: Control | None, examples: int, network: Any):
        super().__init__(config, control, examples)
        self.network, self.model = network, network.whole

    def weights(self) -> dict[str, np.ndarray]:
        """The weights by the names of ``core.numeric.autoencoders.autoencoder``."""
        from core.models.autoencoders.autoencoder import named_weights

        return named_weights(self.network)

    def in_numpy(self) -> Autoencoder:
        """The network as it is now."""
        return Autoencoder(self.network.architecture, self.weights())

    def code(self) -> dict[str, bytes]:
        """The images besides, if they are the visitor's own."""
        return image_files(self.name, self.config, HIDDEN=self.network.architecture.hidden)


def image_files(name: str, config: Any, **values: Any) -> dict[str, bytes]:
    """As ``keras_files``, the template being given SHAPE; beside them a visitor's own images.

    config: has the fields data and upload.
    """
    known = images(config.data, config.upload)
    own = {}
    if config.data == "upload":
        out = io.BytesIO()
        np.savez_compressed(out, x=known.pixels, y=known.labels)
        own["images.npz"] = out.getvalue()
    return {**keras_files(name, config, own, SHAPE=known.shape, **values), **own}
