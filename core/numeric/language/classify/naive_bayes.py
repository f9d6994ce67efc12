"""Multinomial naive Bayes on n-grams that are there or not: counting, and nothing else."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np


@dataclass(frozen=True)
class NaiveBayes:
    """What counting makes of labelled texts.

    log_ratios: float64 (rows, classes), of each n-gram its log-probability in a class less the
    mean over the classes; 0 of what is too rare. prior: float64 (classes,), the same of the
    classes themselves.
    """

    log_ratios: np.ndarray
    prior: np.ndarray

    @classmethod
    def counted(
        cls,
        rows: Sequence[np.ndarray],
        labels: np.ndarray,
        classes: int,
        table: int,
        *,
        smoothing: float = 1.0,
        least: int = 1,
    ) -> NaiveBayes:
        """Count the n-grams of texts. rows: those of each text, numbers below ``table``.

        smoothing: added to each count (Laplace's is 1). least: texts in which an n-gram has to be.
        Source: Manning, Raghavan & Schütze (2008), section 13.2.
        """
        counts = np.zeros((table, classes))
        for label in range(classes):
            some = [row for row, of in zip(rows, labels, strict=True) if of == label]
            if some:
                counts[:, label] = np.bincount(np.concatenate(some), minlength=table)
        seen = counts.sum(1) >= least
        logs = np.log(counts + smoothing)
        logs -= np.log((counts + smoothing).sum(0))
        prior = np.log(np.maximum(np.bincount(labels, minlength=classes), 1))
        ratios = np.where(seen[:, None], logs - logs.mean(1, keepdims=True), 0.0)
        return cls(ratios, prior - prior.mean())

    def scores(self, rows: Sequence[np.ndarray]) -> np.ndarray:
        """The log-probability of each class, but for a constant: float64 (texts, classes)."""
        return np.array([self.prior + self.log_ratios[row].sum(0) for row in rows])
