"""Anomalies by a score: the higher, the more abnormal. ROC, area under it, and one threshold."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np


@dataclass(frozen=True, eq=False)
class Roc:
    """What every threshold comes to, from the highest to the lowest, (m,) each.

    false_alarms: share of the normal that is called abnormal. recall: share of the abnormal that
    is. thresholds: scores from which on there is an alarm; the first is above every score.
    """

    false_alarms: np.ndarray
    recall: np.ndarray
    thresholds: np.ndarray


@dataclass(frozen=True)
class Alarms:
    """What one threshold comes to: the same shares, and precision, the share of alarms that are
    right, NaN where there is no alarm.
    """

    threshold: float
    false_alarms: float
    recall: float
    precision: float


def roc_curve(scores: np.ndarray, abnormal: np.ndarray) -> Roc:
    """The curve of scores (n,), float, and what is so, bool (n,).

    Equal scores are one threshold. Raises ValueError unless both kinds are there.
    """
    scores, abnormal = _checked(scores, abnormal)
    order = np.argsort(-scores, kind="stable")
    ordered, positive = scores[order], abnormal[order]
    last = np.append(np.flatnonzero(np.diff(ordered)), len(ordered) - 1)
    hits, misses = np.cumsum(positive)[last], np.cumsum(~positive)[last]
    return Roc(
        np.append(0.0, misses / misses[-1]),
        np.append(0.0, hits / hits[-1]),
        np.append(np.inf, ordered[last]),
    )


def auc(scores: np.ndarray, abnormal: np.ndarray) -> float:
    """The area under the ROC: the chance that an abnormal one scores higher than a normal one.

    Equal scores count half. Raises ValueError as ``roc_curve`` does.
    Source: Hanley & McNeil (1982), Radiology 143.
    """
    curve = roc_curve(scores, abnormal)
    return float(np.trapezoid(curve.recall, curve.false_alarms))


def threshold_for(normal_scores: np.ndarray, share: float) -> float:
    """The score that at most ``share``, 0 to 1, of normal scores (n,) reach."""
    above = int(share * len(normal_scores))
    highest = np.sort(normal_scores)[::-1]
    return float(np.nextafter(highest[above], np.inf)) if above < len(highest) else -np.inf


def alarms(scores: np.ndarray, abnormal: np.ndarray, threshold: float) -> Alarms:
    """What comes of an alarm at every score of ``threshold`` or more; arguments as above."""
    scores, abnormal = _checked(scores, abnormal)
    called = scores >= threshold
    right = int((called & abnormal).sum())
    return Alarms(
        threshold,
        float(called[~abnormal].mean()),
        float(called[abnormal].mean()),
        right / called.sum() if called.any() else float("nan"),
    )


def precision_at(recall: float, false_alarms: float, prevalence: float) -> float:
    """The share of alarms that are right where a share ``prevalence`` of all is abnormal.

    By Bayes' rule; NaN where there is no alarm.
    """
    right, wrong = recall * prevalence, false_alarms * (1 - prevalence)
    return right / (right + wrong) if right + wrong > 0 else float("nan")


def _checked(scores: np.ndarray, abnormal: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    scores, abnormal = np.asarray(scores, float), np.asarray(abnormal, bool)
    if scores.shape != abnormal.shape or scores.ndim != 1:
        raise ValueError(f"scores {scores.shape} and labels {abnormal.shape} must be (n,) both")
    if abnormal.all() or not abnormal.any():
        raise ValueError("normal and abnormal ones are needed, both")
    return scores, abnormal
