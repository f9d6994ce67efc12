"""What is learned from heartbeats, and what the methods without a network reach on them."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np

from core.data.sequences.ecg import Beats, Split, beats
from core.numeric.autoencoders.anomaly import alarms, auc, threshold_for
from core.numeric.principal import Components, components

ALLOWED = 0.05  # share of normal validation beats above the threshold that a run reports
MOST_COMPONENTS = 32  # up to which PCA is tried


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
