"""How good a classifier of texts is, and whether it is as sure as it should be."""

from __future__ import annotations

import numpy as np

_BINS = 10


def confusion(labels: np.ndarray, answers: np.ndarray, classes: int) -> np.ndarray:
    """Counts, int32 (classes, classes), a row a true class."""
    counts = np.zeros((classes, classes), np.int32)
    np.add.at(counts, (labels, answers), 1)
    return counts


def macro_f1(counts: np.ndarray) -> float:
    """The mean over the classes of 2 P R / (P + R). counts: as of ``confusion``."""
    right = np.diag(counts)
    both = counts.sum(0) + counts.sum(1)
    return float(np.mean(2 * right / np.maximum(1, both)))


def reliability(probabilities: np.ndarray, labels: np.ndarray) -> np.ndarray:
    """How often it was right where it was so sure: float64 (bins, 3).

    probabilities: (texts, classes). Of each tenth of sureness: texts, mean probability of the
    answer, share that are right; the last two are 0 where there is no text.
    """
    sure = probabilities.max(1)
    right = probabilities.argmax(1) == labels
    place = np.minimum((sure * _BINS).astype(int), _BINS - 1)
    counts = np.bincount(place, minlength=_BINS)
    some = np.maximum(1, counts)
    sums = [np.bincount(place, values, _BINS) / some for values in (sure, right)]
    return np.stack([counts, *sums], 1)


def calibration_error(table: np.ndarray) -> float:
    """The expected calibration error of ``reliability``: the mean gap, by texts.

    Source: Guo et al. (2017), arXiv:1706.04599, equation 3.
    """
    counts, sure, right = table.T
    return float((counts * np.abs(sure - right)).sum() / max(1, counts.sum()))
