"""The networks that are looked at on the page: the shipped one, and that of a run, beside PCA."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

import numpy as np

from core import pretrained
from core.data.images import images
from core.experiments.linear_autoencoder import Config
from core.experiments.linear_autoencoder_shipped import NAME
from core.messages import Problem
from core.numeric.linear_autoencoder import LinearAutoencoder
from core.numeric.principal import Components, components
from ui.runs import Run

_CLASSES = 10


@dataclass(frozen=True, eq=False)
class Studied:
    """A linear autoencoder, PCA of the images that it learned from, and the held-out images.

    pixels: float64 (n, height * width) in [0, 1]; labels: int (n,); shape: (height, width).
    """

    model: LinearAutoencoder
    pca: Components
    pixels: np.ndarray
    labels: np.ndarray
    shape: tuple[int, int]

    @property
    def k(self) -> int:
        """The latent dimension."""
        return self.model.latent_dim

    def with_model(self, model: LinearAutoencoder) -> "Studied":
        """The same with another network."""
        return Studied(model, self.pca, self.pixels, self.labels, self.shape)

    def as_images(self, pixels: np.ndarray) -> np.ndarray:
        """Rows of pixels (n, features) as images (n, height, width)."""
        return np.reshape(pixels, (-1, *self.shape))

    def of_pca(self) -> np.ndarray:
        """The held-out images as PCA reconstructs them, (n, features)."""
        return self.pca.reconstruct(self.pca.project(self.pixels))

    def mse(self, said: np.ndarray) -> float:
        """Mean squared error over all pixels of the held-out images."""
        return float(np.mean((self.pixels - said) ** 2))

    def one_of_each(self) -> Sequence[int]:
        """The first held-out image of each class, by its place."""
        return [int(np.flatnonzero(self.labels == label)[0]) for label in range(_CLASSES)]


@lru_cache(maxsize=1)
def shipped() -> Studied | None:
    """The network that comes with Pangloss, None where its weights or the digits are missing."""
    if NAME not in pretrained.names():
        return None
    model, card = pretrained.load(NAME, LinearAutoencoder)
    config = Config.parse(card["config"])
    try:
        known = images(config.data)
    except Problem:
        return None
    training, test = known.split(config.seed)
    pca = components(known.pixels[training].astype(np.float64), model.latent_dim, config.centred)
    held_out = known.pixels[test].astype(np.float64)
    return Studied(model, pca, held_out, known.labels[test], known.shape)


def of_epoch(run: Run) -> Studied | None:
    """The run's network at the epoch that is looked at, None before the first or without images."""
    if run.at is None:
        return None
    first, now = run.epochs[0].arrays, run.at.arrays
    try:
        known = images(run.config.data)
    except Problem:
        return None
    mean = first["mean"].astype(np.float64)
    pca = Components(mean, first["axes"].astype(np.float64), first["variances"])
    model = LinearAutoencoder.of({}, {n: now[n] for n in ("encoder", "decoder")} | {"mean": mean})
    held_out = known.pixels[first["test_indices"]].astype(np.float64)
    return Studied(model, pca, held_out, first["labels"].astype(int), known.shape)
