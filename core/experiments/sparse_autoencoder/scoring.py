"""What a sparse autoencoder is worth: its error and sparsity on held-out images, beside PCA."""

from __future__ import annotations

from typing import Any

import numpy as np

from core.experiments.kit.image_task import ImageTask, mse
from core.experiments.kit.run import Scores
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


class Scoring:
    """What a network is told to be worth: on held-out images, beside PCA."""

    def __init__(self, config: Any, task: ImageTask):
        self._config, self._task = config, task
        room = _CODE_BYTES // (4 * config.latent_dim * config.epochs)
        self._shown = slice(0, max(1, min(len(task.test), room)))
        self._pca_accuracies: dict[int, float | None] = {}
        self.pca_errors = errors_by_components(task.pca, task.held_out)

    def first_arrays(self) -> dict[str, np.ndarray]:
        """What the first epoch tells besides: of the held-out images those whose codes are told."""
        arrays = self._task.arrays()
        shown = {name: arrays[name][self._shown] for name in ("labels", "test_indices")}
        return arrays | shown | {"pca_errors": self.pca_errors.astype(np.float32)}

    def compared(self, models: list[Autoencoder], configs: list[Any]) -> Scores:
        """The metrics and arrays of an epoch, as ``run`` says. The first model counts."""
        scores = self.scored(models[0])
        points = [(scores.metrics["active_units"], scores.metrics["mse"])]
        points += [self._point(model) for model in models[1:]]
        values = [_setting(config) for config in configs]
        points = np.column_stack([values, points])
        return Scores(scores.metrics, {**scores.arrays, "points": points})

    def scored(self, model: Autoencoder) -> Scores:
        """The metrics of one network, and its arrays."""
        task, above = self._task, self._config.fires_above
        codes, learned_codes = model.encode(task.held_out), model.encode(task.learned)
        alone = np.where(fires(codes, above), codes, 0)
        active = float(active_units(codes, above).mean())
        firing = firing_share(learned_codes, above)
        k = self.components(active)
        metrics = {
            "mse": mse(task.held_out, model.decode(codes)),
            "firing_mse": mse(task.held_out, model.decode(alone)),
            "train_mse": mse(task.learned, model.decode(learned_codes)),
            "pca_mse": float(self.pca_errors[k]),
            "active_units": active,
            "dead_units": int(np.count_nonzero(firing == 0)),
            "sparsity": float(hoyer_sparsity(codes).mean()),
        }
        accuracy = task.knn_accuracy(learned_codes, codes)
        if accuracy is not None:
            metrics |= {"knn_accuracy": accuracy, "pca_knn_accuracy": self._pca_accuracy(k)}
        labels, classes = task.known.labels[task.test], len(task.known.class_names)
        arrays = {
            "latent": codes[self._shown],
            "firing": firing,
            "class_activation": class_activation(codes, labels, classes),
            "class_firing": class_activation(fires(codes, above), labels, classes),
        }
        return Scores(metrics, arrays)

    def components(self, active: float) -> int:
        """How many components of PCA go with so many active units; at least one."""
        return max(1, min(len(self._task.pca.axes), round(active)))

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

    def _pca_accuracy(self, k: int) -> float | None:
        if k not in self._pca_accuracies:
            task = self._task
            codes, test = (task.pca.project(p)[:, :k] for p in (task.learned, task.held_out))
            self._pca_accuracies[k] = task.knn_accuracy(codes, test)
        return self._pca_accuracies[k]


def _setting(config: Any) -> float:
    """The setting that a sweep varies."""
    return config.target_activation if config.penalty == "kl" else config.penalty_weight
