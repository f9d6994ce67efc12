"""The run of the experiment sparse-autoencoder."""

from collections.abc import Iterator
from typing import Any

import numpy as np

from core.events import Event
from core.experiments.kit.autoencoder_run import ImageAutoencoderTraining
from core.experiments.kit.control import Control
from core.experiments.kit.image_task import ImageTask, image_task, mse
from core.experiments.kit.run import Scores, train
from core.experiments.sparse_autoencoder.config import NAME, SparseAutoencoderConfig
from core.numeric.autoencoders.autoencoder import Autoencoder
from core.numeric.autoencoders.sparsity import (
    active_units,
    class_activation,
    fires,
    firing_share,
    hoyer_sparsity,
)
from core.numeric.principal import errors_by_components

_CODE_BYTES = 24_000_000  # of all epochs' codes together, in single precision


def run(config: SparseAutoencoderConfig, control: Control | None = None) -> Iterator[Event]:
    """Train, and say what happens: Started, Step and Epoch events, Changed, at last Finished.

    Metrics, held-out unless they say otherwise: mse; firing_mse, where units that do not fire are
    taken as 0; train_mse; pca_mse and pca_knn_accuracy of PCA with as many components as units
    fire on average; knn_accuracy; active_units, that average; dead_units, which fire for no image
    that is learned from; sparsity (Hoyer), the mean. At the end trustworthiness. Arrays of an
    epoch: latent, the codes (m, units) of held-out images, of as many as memory allows; firing,
    for which share of the images learned from each unit fires (units,); class_activation and
    class_firing, its mean activation and how often it fires for each class (units, classes);
    points, of each network that is trained (n, 3): penalty weight or target activation, active
    units, mse; with the first epoch also pca_errors (k + 1,), by the number of components. With
    the end tsne (m, 2).
    Raises Problem if the images are not on this machine.
    """
    yield from train(_SparseTraining(config, control))


class _SparseTraining(ImageAutoencoderTraining):
    name = NAME

    def __init__(self, config: SparseAutoencoderConfig, control: Control | None):
        task = image_task(config)

        from core.models.autoencoders.sparse_autoencoder import (
            SideBySide,
            build_sparse_autoencoder,
            sparse_trainer,
        )

        self._configs: list[Any] = config.swept()
        self._networks = [
            build_sparse_autoencoder(
                each.architecture(task.known.shape),
                unit_norm=each.unit_norm,
                target=each.target_activation,
                seed=each.seed,
            )
            for each in self._configs
        ]
        super().__init__(config, control, len(task.learned), self._networks[0])
        self.trainer = SideBySide(
            [
                sparse_trainer(network, each.penalty, each.penalty_weight, each.target_activation)
                for network, each in zip(self._networks, self._configs, strict=True)
            ]
        )
        self._learned, self._scoring = task.learned, Scoring(config, task)
        self.first_arrays = self._scoring.first_arrays()

    def batches(self, chosen: np.ndarray, update: int) -> tuple[np.ndarray, np.ndarray]:
        images = self._learned[chosen]
        return images, images

    def score(self, last: bool) -> Scores:
        from core.models.autoencoders.autoencoder import named_weights

        models = [Autoencoder(each.architecture, named_weights(each)) for each in self._networks]
        return self._scoring.compared(models, self._configs)

    def end(self) -> Scores:
        return self._scoring.finished(self.in_numpy())


class Scoring:
    """What a network is told to be worth: on held-out images, beside PCA."""

    def __init__(self, config: Any, task: ImageTask):
        self._config, self._task = config, task
        room = _CODE_BYTES // (4 * config.latent_dim * config.epochs)
        self._shown = slice(0, max(1, min(len(task.test), room)))
        self._pca_accuracies: dict[int, dict[str, float]] = {}
        self.pca_errors = errors_by_components(task.pca, task.held_out)

    def first_arrays(self) -> dict[str, np.ndarray]:
        """What the first epoch tells besides: of the held-out images those whose codes are told."""
        arrays = self._task.arrays()
        shown = {name: arrays[name][self._shown] for name in ("labels", "test_indices")}
        return arrays | shown | {"pca_errors": self.pca_errors.astype(np.float32)}

    def compared(self, models: list[Autoencoder], configs: list[Any]) -> Scores:
        """The metrics and arrays of an epoch, as ``run`` says. The first model counts."""
        scores = self.scored(models[0])
        varied = "target_activation" if self._config.penalty == "kl" else "penalty_weight"
        values = [getattr(config, varied) for config in configs]
        points = np.column_stack([values, [self._point(model) for model in models]])
        return Scores(scores.metrics, {**scores.arrays, "points": points})

    def scored(self, model: Autoencoder) -> Scores:
        """The metrics of one network, and its arrays."""
        task, above = self._task, self._config.fires_above
        codes, learned_codes = model.encode(task.held_out), model.encode(task.learned)
        alone = np.where(fires(codes, above), codes, 0)
        active = float(active_units(codes, above).mean())
        firing = firing_share(learned_codes, above)
        k = max(1, min(len(task.pca.axes), round(active)))  # components that stand beside it
        metrics = {
            "mse": mse(task.held_out, model.decode(codes)),
            "firing_mse": mse(task.held_out, model.decode(alone)),
            "train_mse": mse(task.learned, model.decode(learned_codes)),
            "pca_mse": float(self.pca_errors[k]),
            "active_units": active,
            "dead_units": int(np.count_nonzero(firing == 0)),
            "sparsity": float(hoyer_sparsity(codes).mean()),
            **task.knn_accuracy(learned_codes, codes),
            **self._pca_accuracy(k),
        }
        labels, classes = task.known.labels[task.test], len(task.known.class_names)
        arrays = {
            "latent": codes[self._shown],
            "firing": firing,
            "class_activation": class_activation(codes, labels, classes),
            "class_firing": class_activation(fires(codes, above), labels, classes),
        }
        return Scores(metrics, arrays)

    def finished(self, model: Autoencoder) -> Scores:
        """What only the end tells: trustworthiness, and t-SNE of the codes that are shown."""
        from core.models.autoencoders.latent_quality import trust, tsne

        codes = model.encode(self._task.held_out)
        metrics = {"trustworthiness": trust(self._task.held_out, codes)}
        if self._config.latent_dim <= 2:
            return Scores(metrics)
        return Scores(metrics, {"tsne": tsne(codes[self._shown], self._config.seed)})

    def _point(self, model: Autoencoder) -> tuple[float, float]:
        codes = model.encode(self._task.held_out)
        active = active_units(codes, self._config.fires_above).mean()
        return float(active), mse(self._task.held_out, model.decode(codes))

    def _pca_accuracy(self, k: int) -> dict[str, float]:
        if k not in self._pca_accuracies:
            task = self._task
            codes, test = (task.pca.project(p)[:, :k] for p in (task.learned, task.held_out))
            self._pca_accuracies[k] = task.knn_accuracy(codes, test, "pca_")
        return self._pca_accuracies[k]
