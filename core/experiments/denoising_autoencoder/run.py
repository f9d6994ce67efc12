"""The run of the experiment denoising-autoencoder."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np

from core.events import Event
from core.experiments.denoising_autoencoder.config import NAME, DenoisingAutoencoderConfig
from core.experiments.kit.autoencoder_run import ImageAutoencoderTraining
from core.experiments.kit.control import Control
from core.experiments.kit.image_task import ImageTask, image_task, mse
from core.experiments.kit.run import Scores, train
from core.messages import N_, Problem
from core.numeric.autoencoders.autoencoder import Autoencoder
from core.numeric.autoencoders.denoising import (
    HELD_OUT_STREAM,
    Removers,
    every_component,
    learn_removers,
    psnr_db,
)
from core.numeric.principal import Components

MOST_PIXELS = 1024  # of an image: the linear filters weigh every pixel by every other
MOST_SHOWN = 500  # held-out images whose codes an epoch tells
_TRAINING_STREAM, _LEARNED_STREAM = 13, 29
_MOST_COMPARED = 500  # images whose SSIM is taken


def run(config: DenoisingAutoencoderConfig, control: Control | None = None) -> Iterator[Event]:
    """Train, and say what happens: Started, Step and Epoch events, Changed, at last Finished.

    Metrics, of noisy held-out images after cleaning, clipped to [0, 1]: mse, psnr_db; of the
    rivals noisy_psnr_db (nothing done), best_pca_psnr_db, wiener_psnr_db, median_psnr_db, pca_mse
    of the best PCA, its best_pca_k, wiener_mse; knn_accuracy and pca_knn_accuracy, of the codes of
    noisy images, where there are classes; at the end ssim, noisy_ssim, best_pca_ssim, ... where a
    side has 11 pixels.
    Arrays of an epoch: latent, float32 (m, k), of the first 500 noisy held-out images; with the
    first also labels, test_indices (m,), mean, axes, variances, and the rivals' maps, pca_matrix,
    pca_shift, wiener_matrix, wiener_shift; at the end, where k > 2, tsne (m, 2).
    Raises Problem if the images are not on this machine, or are too large.
    """
    yield from train(_DenoisingTraining(config, control))


class _DenoisingTraining(ImageAutoencoderTraining):
    name = NAME

    def __init__(self, config: DenoisingAutoencoderConfig, control: Control | None):
        self._task = task = denoising_task(config)

        from core.models.autoencoders.autoencoder import build_autoencoder
        from core.models.supervised import Trainer

        network = build_autoencoder(config.architecture(task.shape), seed=config.seed)
        super().__init__(config, control, config.copies * len(task.images.learned), network)
        self.trainer = Trainer(network.whole, "mse")
        self.references, self.first_arrays = task.references, task.arrays()

    def batches(self, chosen: np.ndarray, update: int) -> tuple[np.ndarray, np.ndarray]:
        """Noisy images and clean ones, (batches, batch, features), of fresh noise in each."""
        learned, noise = self._task.images.learned, self.config.noise_of()
        clean = learned[chosen % len(learned)]
        noisy = [
            noise.on(some, self._task.shape, _TRAINING_STREAM, update + i)
            for i, some in enumerate(clean)
        ]
        return np.stack(noisy), clean

    def score(self, last: bool) -> Scores:
        return self._task.compared(self.in_numpy())

    def end(self) -> Scores:
        return self._task.finished(self.in_numpy())


@dataclass(frozen=True, eq=False)
class DenoisingTask:
    """The images of a config, their noisy copies, and the rivals that learned from them.

    config: has the fields of ``image_task`` and ``noise_of``.
    """

    config: Any
    images: ImageTask

    @cached_property
    def shape(self) -> tuple[int, int]:
        """(height, width) of an image."""
        return self.images.known.shape

    @cached_property
    def noisy_held_out(self) -> np.ndarray:
        """What every method is tested on, float32 (m, features)."""
        return self.config.noise_of().on(self.images.held_out, self.shape, HELD_OUT_STREAM)

    @cached_property
    def noisy_learned(self) -> np.ndarray:
        """A noisy copy of each image that is learned from: neighbours for the held-out codes."""
        return self.config.noise_of().on(self.images.learned, self.shape, _LEARNED_STREAM)

    @cached_property
    def removers(self) -> Removers:
        """The best PCA, the Wiener filter and the median."""
        learned, noise = self.images.learned, self.config.noise_of()
        return learn_removers(learned, self._components, self.shape, noise)

    @cached_property
    def _components(self) -> Components:
        return every_component(self.images.learned)

    @cached_property
    def cleaned(self) -> dict[str, np.ndarray]:
        """The noisy held-out images, as they are and by each rival, (m, features) by name."""
        by_rivals = {n: clean(self.noisy_held_out) for n, clean in self.removers.cleaners.items()}
        return {"noisy": self.noisy_held_out} | by_rivals

    @cached_property
    def references(self) -> dict[str, float]:
        """What the rivals reach, as the experiment says."""
        wanted = self.images.held_out
        metrics = {f"{name}_psnr_db": psnr_db(wanted, own) for name, own in self.cleaned.items()}
        metrics |= {
            "pca_mse": mse(wanted, self.cleaned["best_pca"]),
            "wiener_mse": mse(wanted, self.cleaned["wiener"]),
            "best_pca_k": self.removers.k,
        }
        codes, test_codes = (
            self._components.project(noisy)[:, : self.removers.k]
            for noisy in (self.noisy_learned, self.noisy_held_out)
        )
        return metrics | self.images.knn_accuracy(codes, test_codes, "pca_")

    def arrays(self) -> dict[str, np.ndarray]:
        """What the first epoch tells, of the shown held-out images, and what the rivals learned."""
        arrays = self.images.arrays() | self.removers.arrays()
        return arrays | {name: arrays[name][:MOST_SHOWN] for name in ("labels", "test_indices")}

    def compared(self, model: Autoencoder) -> Scores:
        """The metrics and arrays of an epoch, as the experiment says."""
        codes = model.encode(self.noisy_held_out)
        cleaned, wanted = np.clip(model.decode(codes), 0, 1), self.images.held_out
        metrics = {
            "mse": mse(wanted, cleaned),
            "psnr_db": psnr_db(wanted, cleaned),
            **self.images.knn_accuracy(model.encode(self.noisy_learned), codes),
            **self.references,
        }
        return Scores(metrics, {"latent": codes[:MOST_SHOWN]})

    def finished(self, model: Autoencoder) -> Scores:
        """What only the end tells: SSIM, and where the code has more than two numbers t-SNE."""
        arrays = {"tsne": self.laid_out(model)} if model.latent_dim > 2 else {}
        return Scores(self.similarity(model), arrays)

    def laid_out(self, model: Autoencoder) -> np.ndarray:
        """Where t-SNE puts the codes of the noisy held-out images that are shown, (shown, 2)."""
        from core.models.autoencoders.latent_quality import tsne

        return tsne(model.encode(self.noisy_held_out[:MOST_SHOWN]), self.config.seed)

    def similarity(self, model: Autoencoder) -> dict[str, float]:
        """SSIM of each method on the first held-out images; empty where they are too small."""
        from core.models.autoencoders.similarity import SMALLEST_SIDE, ssim

        if min(self.shape) < SMALLEST_SIDE:
            return {}
        wanted = self.images.held_out[:_MOST_COMPARED]
        own = np.clip(model.decode(model.encode(self.noisy_held_out[:_MOST_COMPARED])), 0, 1)
        by_method = {"ssim": own} | {f"{n}_ssim": some for n, some in self.cleaned.items()}
        return {
            name: ssim(wanted, some[:_MOST_COMPARED], self.shape)
            for name, some in by_method.items()
        }


def denoising_task(config: Any) -> DenoisingTask:
    """The task of ``config``.

    Raises Problem if the images are not on this machine, or are too large.
    """
    task = image_task(config)
    pixels = task.known.pixels.shape[1]
    if pixels > MOST_PIXELS:
        raise Problem(
            N_(
                "The images have {pixels:,} pixels; at most {most:,} are accepted here, "
                "since the Wiener filter relates every pixel to every other."
            ),
            pixels=pixels,
            most=MOST_PIXELS,
        )
    return DenoisingTask(config, task)
