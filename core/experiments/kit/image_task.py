"""What every experiment on images learns from, is scored on, and is held against: PCA."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np

from core.data.images.image_set import Images
from core.data.images.known import images
from core.messages import N_, Problem
from core.numeric.principal import Components, components

MOST_IMAGES = 10_000  # of a set; the first of them


@dataclass(frozen=True, eq=False)
class ImageTask:
    """A set of images, which of them are learned from and which are held out, and PCA beside it.

    training, test: indices into ``known``. k: the dimension of PCA, of which no more is kept than
    the images have pixels. centred: whether PCA takes the mean image away.
    """

    known: Images
    training: np.ndarray
    test: np.ndarray
    k: int
    centred: bool = True

    @cached_property
    def learned(self) -> np.ndarray:
        """What is learned from, float32 (n, features)."""
        return self.known.pixels[self.training]

    @cached_property
    def held_out(self) -> np.ndarray:
        """What is held out, float32 (m, features)."""
        return self.known.pixels[self.test]

    @cached_property
    def pca(self) -> Components:
        """PCA of what is learned from, in double precision."""
        return components(self.learned.astype(np.float64), self.k, self.centred)

    def references(self) -> dict[str, float]:
        """pca_mse on the held-out images and, where there are classes, pca_knn_accuracy."""
        learned_codes, codes = self.pca.project(self.learned), self.pca.project(self.held_out)
        error = mse(self.held_out, self.pca.reconstruct(codes))
        return {"pca_mse": error, **self.knn_accuracy(learned_codes, codes, "pca_")}

    def knn_accuracy(
        self, codes: np.ndarray, test_codes: np.ndarray, prefix: str = ""
    ) -> dict[str, float]:
        """By five neighbours, of codes (n, k) and held-out codes (m, k); empty without classes.

        prefix: of the name knn_accuracy.
        """
        if not self.known.labelled:
            return {}
        from core.models.autoencoders.latent_quality import knn_accuracy

        labels, test_labels = (self.known.labels[part] for part in (self.training, self.test))
        return {f"{prefix}knn_accuracy": knn_accuracy(codes, labels, test_codes, test_labels)}

    def arrays(self) -> dict[str, np.ndarray]:
        """What the first epoch of every run tells, so that its figures can be drawn.

        labels, int8 (m,); test_indices, int32 (m,); mean, float32 (features,); axes, float32
        (k, features); variances, float32 (rank,).
        """
        return {
            "labels": self.known.labels[self.test].astype(np.int8),
            "test_indices": self.test.astype(np.int32),
            "mean": self.pca.mean.astype(np.float32),
            "axes": self.pca.axes.astype(np.float32),
            "variances": self.pca.variances.astype(np.float32),
        }


def image_task(config: Any, centred: bool = True) -> ImageTask:
    """The task of a ``config`` with the fields data, upload, latent_dim and seed.

    Raises Problem if the images are not on this machine.
    """
    known = images(config.data, config.upload)
    training, test = known.split(config.seed)
    training, test = training[training < MOST_IMAGES], test[test < MOST_IMAGES]
    k = min(config.latent_dim, known.pixels.shape[1])
    return ImageTask(known, training, test, k, centred)


def check_compresses(task: ImageTask, latent_dim: int) -> None:
    """Raise Problem unless a code has fewer numbers than an image has pixels."""
    features = task.known.pixels.shape[1]
    if latent_dim >= features:
        raise Problem(
            N_("A code of {k} numbers keeps all of an image of {features}: choose fewer."),
            k=latent_dim,
            features=features,
        )


def mse(targets: np.ndarray, outputs: np.ndarray) -> float:
    """Mean squared error over all pixels."""
    return float(np.mean((np.asarray(targets, np.float64) - outputs) ** 2))
