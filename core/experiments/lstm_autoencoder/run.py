"""The run of the experiment lstm-autoencoder."""

from __future__ import annotations

import io
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from core.data.sequences.ecg import Beats, Split, beats
from core.events import Event
from core.experiments.kit.autoencoder_run import AutoencoderTraining
from core.experiments.kit.control import Control
from core.experiments.kit.notebook import keras_files
from core.experiments.kit.run import Scores, train
from core.experiments.lstm_autoencoder.config import NAME, LSTMAutoencoderConfig
from core.numeric.autoencoders.anomaly import alarms, auc, threshold_for
from core.numeric.autoencoders.lstm_autoencoder import LSTMAutoencoder
from core.numeric.principal import Components, components

ALLOWED = 0.05  # share of normal validation beats above the threshold that a run reports
MOST_COMPONENTS = 32  # up to which PCA is tried
_TSNE_SEED = 0
_SHOWN = 500  # test beats that are looked at in a plane


def run(config: LSTMAutoencoderConfig, control: Control | None = None) -> Iterator[Event]:
    """Train on normal beats, and say what happens: see ``core.experiments.kit.run.train``.

    Metrics: mse of the normal test beats, abnormal_mse of the others, val_mse of the normal
    validation beats, which alone set the threshold; auc, precision, recall, false_alarms (shares);
    the references of ``EcgTask``. Arrays of an epoch: scores (test,), validation_scores, latent
    (test, k); with the first also labels and test_indices (test,), mean, axes, variances and
    pca_auc_by_k (1 + components,), and of PCA and the mean beat pca_scores and mean_scores (test,),
    pca_validation_scores and mean_validation_scores; at the end tsne (shown, 2) where k > 2.
    Raises Problem if the beats are not here.
    """
    yield from train(_LSTMTraining(config, control))


class _LSTMTraining(AutoencoderTraining):
    name = NAME

    def __init__(self, config: LSTMAutoencoderConfig, control: Control | None):
        self._task = task = ecg_task(config.data, config.latent_dim, config.shift, config.seed)

        from core.models.autoencoders.lstm_autoencoder import build_lstm_autoencoder
        from core.models.supervised import Trainer

        super().__init__(config, control, len(task.learned))
        self._samples = task.learned.shape[1]
        self.model = build_lstm_autoencoder(
            self._samples,
            config.units,
            config.latent_dim,
            frame=config.frame,
            bidirectional=config.bidirectional,
            backwards=config.backwards,
            seed=config.seed,
        )
        self.trainer = Trainer(self.model, "mse", clip_norm=config.clip_norm)
        self.references, self.first_arrays = task.references(), beside(task)

    def batches(self, chosen: np.ndarray, update: int) -> tuple[np.ndarray, np.ndarray]:
        return self._task.learned[chosen], self._task.learned[chosen]

    def score(self, last: bool) -> Scores:
        task = self._task
        tested, validated = self._errors(task.split.test), self._errors(task.split.validation)
        arrays = {
            "scores": tested,
            "validation_scores": validated,
            "latent": self._in_numpy().encode(task.beats.signals[task.split.test]),
        }
        return Scores({**task.measured(tested, validated), **self.references}, arrays)

    def _errors(self, which: np.ndarray) -> np.ndarray:
        signals = self._task.beats.signals[which]
        errors = ((signals - self.trainer.predict(signals)) ** 2).mean(1)
        self.control.wait()
        return errors

    def _in_numpy(self) -> LSTMAutoencoder:
        return network_of(self.config, self._samples, self.weights())

    def weights(self) -> dict[str, np.ndarray]:
        from core.models.autoencoders.lstm_autoencoder import autoencoder_weights

        return autoencoder_weights(self.model)

    def end(self) -> Scores:
        if self.config.latent_dim <= 2 or self.control.stopped:
            return Scores()
        return Scores(arrays={"tsne": laid_out(self._in_numpy(), self._task)})

    def code(self) -> dict[str, bytes]:
        data = {"beats.npz": data_file(self._task)}
        return {**keras_files(NAME, self.config, data, CELL="lstm", ALLOWED=ALLOWED), **data}


def data_file(task: EcgTask) -> bytes:
    """The beats that a run learned from and was tested on, as the script reads them.

    An npz of signals, float32 (n, samples); part, int8 (n,), 0 for training, 1 for validation, 2
    for test; abnormal, bool (n,).
    """
    parts = task.split.training, task.split.validation, task.split.test
    places = np.concatenate(parts)
    out = io.BytesIO()
    np.savez_compressed(
        out,
        signals=task.beats.signals[places],
        part=np.repeat(np.arange(3, dtype=np.int8), [len(part) for part in parts]),
        abnormal=task.beats.abnormal[places],
    )
    return out.getvalue()


def shown(tested: int) -> np.ndarray:
    """Which of so many test beats are looked at in a plane: their places, evenly spread."""
    return np.unique(np.linspace(0, tested - 1, min(_SHOWN, tested)).astype(int))


def laid_out(network: LSTMAutoencoder, task: EcgTask) -> np.ndarray:
    """The codes of the test beats that are shown, by t-SNE, float32 (shown, 2)."""
    from core.models.autoencoders.latent_quality import tsne

    tested = task.split.test
    return tsne(network.encode(task.beats.signals[tested[shown(len(tested))]]), _TSNE_SEED)


def network_of(
    config: LSTMAutoencoderConfig, samples: int, weights: Mapping[str, np.ndarray]
) -> LSTMAutoencoder:
    """The network of ``config`` in NumPy, with weights by name."""
    single = {name: np.asarray(array, np.float32) for name, array in weights.items()}
    return LSTMAutoencoder(samples, config.frame, config.backwards, single)


def beside(task: EcgTask) -> dict[str, np.ndarray]:
    """What does not change from epoch to epoch, told with the first."""
    tested, validated = (
        task.pca_scores(which) for which in (task.split.test, task.split.validation)
    )
    k, pca = task.k, task.pca
    single = {
        "mean": pca.mean,
        "axes": pca.axes,
        "variances": pca.variances,
        "pca_auc_by_k": task.pca_auc_by_k,
        "pca_scores": tested[:, k],
        "mean_scores": tested[:, 0],
        "pca_validation_scores": validated[:, k],
        "mean_validation_scores": validated[:, 0],
    }
    return {
        "labels": task.beats.kinds[task.split.test].astype(np.int8),
        "test_indices": task.split.test.astype(np.int32),
        **{name: array.astype(np.float32) for name, array in single.items()},
    }


@dataclass(frozen=True, eq=False)
class EcgTask:
    """Beats, their split, and PCA with k components of the normal training beats.

    A score is a beat's squared error, the mean over its samples.
    """

    beats: Beats
    split: Split
    k: int

    @cached_property
    def learned(self) -> np.ndarray:
        """The normal beats to learn from, float32 (n, samples)."""
        return self.beats.signals[self.split.training]

    @cached_property
    def abnormal(self) -> np.ndarray:
        """Which test beats are abnormal, bool (test,)."""
        return self.beats.abnormal[self.split.test]

    @cached_property
    def all_components(self) -> Components:
        """As many principal components as are tried."""
        return components(self.learned.astype(np.float64), MOST_COMPONENTS)

    @property
    def pca(self) -> Components:
        """The first k of them."""
        every = self.all_components
        return Components(every.mean, every.axes[: self.k], every.variances)

    def pca_scores(self, which: np.ndarray) -> np.ndarray:
        """The scores of beats ``which``, (n,), by 0 to MOST_COMPONENTS components, (n, 1 + most).

        By none it is the distance to the mean beat.
        """
        centred = self.beats.signals[which] - self.all_components.mean
        squares = (centred @ self.all_components.axes.T) ** 2
        left = np.sum(centred**2, 1, keepdims=True) - np.cumsum(squares, 1)
        whole = np.sum(centred**2, 1, keepdims=True)
        scores = np.maximum(np.concatenate([whole, left], 1), 0)
        return scores / self.beats.signals.shape[1]

    @cached_property
    def pca_auc_by_k(self) -> np.ndarray:
        """The area under PCA's ROC on the test beats, by 0 to MOST_COMPONENTS components."""
        scores = self.pca_scores(self.split.test)
        return np.array([auc(column, self.abnormal) for column in scores.T])

    def references(self) -> dict[str, float]:
        """What PCA and the mean beat reach on the test beats, under the names of the metrics.

        pca_best_auc is of the number of components, pca_best_k, that is best on these very beats:
        more than could be known beforehand.
        """
        normal = self.pca_scores(self.split.test)[~self.abnormal].mean(0)
        best = int(self.pca_auc_by_k[1:].argmax()) + 1
        return {
            "pca_mse": float(normal[self.k]),
            "mean_beat_mse": float(normal[0]),
            "pca_auc": float(self.pca_auc_by_k[self.k]),
            "mean_beat_auc": float(self.pca_auc_by_k[0]),
            "pca_best_auc": float(self.pca_auc_by_k[best]),
            "pca_best_k": best,
        }

    def measured(self, scores: np.ndarray, validation_scores: np.ndarray) -> dict[str, float]:
        """The metrics of scores of the test beats (test,) and the validation beats.

        The threshold is the score that ALLOWED of the normal validation beats reach.
        """
        threshold = threshold_for(validation_scores, ALLOWED)
        raised = alarms(scores, self.abnormal, threshold)
        return {
            "val_mse": float(validation_scores.mean()),
            "mse": float(scores[~self.abnormal].mean()),
            "abnormal_mse": float(scores[self.abnormal].mean()),
            "auc": auc(scores, self.abnormal),
            "threshold": threshold,
            "precision": raised.precision,
            "recall": raised.recall,
            "false_alarms": raised.false_alarms,
        }


def ecg_task(data: str, k: int, shift: int, seed: int) -> EcgTask:
    """The task of a set, a code of k numbers, a shift and a seed.

    Raises Problem if the beats are not on this machine.
    """
    known = beats(data)
    return EcgTask(known.shifted(shift, seed), known.split(seed), k)
