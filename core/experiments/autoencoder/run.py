"""The run of the experiment autoencoder."""

import time
from collections.abc import Iterator

import numpy as np

from core.events import Event, Metrics
from core.experiments.autoencoder.config import NAME, AutoencoderConfig
from core.experiments.kit.autoencoder_run import ImageAutoencoderTraining
from core.experiments.kit.control import Control
from core.experiments.kit.image_task import ImageTask, check_compresses, image_task, mse
from core.experiments.kit.run import Scores, half_cosine, train
from core.numeric.autoencoders.autoencoder import Coder


def run(config: AutoencoderConfig, control: Control | None = None) -> Iterator[Event]:
    """Train, and say what happens: Started, Step and Epoch events, Changed, at last Finished.

    Metrics of an epoch: mse and pca_mse on the held-out images, mse_over_pca their ratio, and where
    there are classes knn_accuracy and pca_knn_accuracy, by five neighbours in the code; train_loss,
    or stage_loss of a pair of layers while that is pre-trained. At the end also trustworthiness,
    pca_trustworthiness, pixel_knn_accuracy (without any code), pca_train_s and pca_params. Arrays
    of an epoch: latent (m, k), the held-out images' codes; with the last tsne (m, 2) where k > 2.
    Raises Problem if the images are not on this machine, or a code is no smaller than an image.
    """
    yield from train(_AutoencoderTraining(config, control))


class _AutoencoderTraining(ImageAutoencoderTraining):
    """In stages: of each pair of layers, if it is greedy, and at last of the whole network."""

    name = NAME

    def __init__(self, config: AutoencoderConfig, control: Control | None):
        self._task = task = image_task(config)
        check_compresses(task, config.latent_dim)
        began = time.perf_counter()
        pca_params = task.pca.mean.size + task.pca.axes.size
        self._pca_cost = {"pca_train_s": time.perf_counter() - began, "pca_params": pca_params}

        from core.models.autoencoders.autoencoder import build_autoencoder
        from core.models.autoencoders.layer_pairs import layer_pairs
        from core.models.supervised import Trainer

        network = build_autoencoder(config.architecture(task.known.shape), seed=config.seed)
        super().__init__(config, control, len(task.learned), network)
        self.references, self.first_arrays = task.references(), task.arrays()
        self._pairs = layer_pairs(network) if config.pretraining == "greedy" else []
        models = [*(pair.model for pair in self._pairs), network.whole]
        self._trainers = [Trainer(model, "mse") for model in models]
        self.epochs = config.epochs + len(self._pairs) * config.pretraining_epochs

    @property
    def train_s(self) -> float:
        return sum(trainer.train_s for trainer in self._trainers)

    def begin(self, epoch: int) -> None:
        length, pairs = self.config.pretraining_epochs, len(self._pairs)
        stage = min(pairs, (epoch - 1) // length)
        self._epoch = epoch - stage * length  # of the stage
        self._stage_epochs = length if stage < pairs else self.config.epochs
        self._from_images = stage in (0, pairs)
        self.trainer, self.loss = (
            self._trainers[stage],
            "stage_loss" if stage < pairs else "train_loss",
        )
        if self._from_images:
            self._rows = self._task.learned
        elif self._epoch == 1:  # the next pair learns what this one makes of its rows
            self._rows = self._pairs[stage - 1].codes(self._rows)

    def order(self, epoch: int) -> np.ndarray:
        return super().order(self._epoch)

    def rate(self, rate: float, epoch: int) -> float:
        return half_cosine(rate, self._epoch, self._stage_epochs)

    def batches(self, chosen: np.ndarray, update: int) -> tuple[np.ndarray, np.ndarray]:
        targets = self._rows[chosen]
        return self.config.noisy(targets, update) if self._from_images else targets, targets

    def score(self, last: bool) -> Scores:
        return compared(self._task, self.references, self.network)

    def end(self) -> Scores:
        scores = finished(self.config, self._task, self.network, not self.control.stopped)
        return Scores({**self._pca_cost, **scores.metrics}, scores.arrays)


def compared(task: ImageTask, references: Metrics, model: Coder) -> Scores:
    """The metrics and arrays of an epoch, as ``run`` says."""
    codes = model.encode(task.held_out)
    error = mse(task.held_out, model.decode(codes))
    metrics = {
        "mse": error,
        "mse_over_pca": error / references["pca_mse"],
        **references,
        **task.knn_accuracy(model.encode(task.learned), codes),
    }
    return Scores(metrics, {"latent": codes})


def finished(config: AutoencoderConfig, task: ImageTask, model: Coder, whole_run: bool) -> Scores:
    """What only the end tells, as ``run`` says; t-SNE of a whole run only, for it takes long."""
    from core.models.autoencoders.latent_quality import trust, tsne

    codes = model.encode(task.held_out)
    metrics = {
        "trustworthiness": trust(task.held_out, codes),
        "pca_trustworthiness": trust(task.held_out, task.pca.project(task.held_out)),
        **task.knn_accuracy(task.learned, task.held_out, "pixel_"),
    }
    drawn = whole_run and config.latent_dim > 2
    return Scores(metrics, {"tsne": tsne(codes, config.seed)} if drawn else {})
