"""What classifies without a network: the most frequent class, and two logistic regressions."""

from typing import Any

import numpy as np
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import StratifiedKFold, cross_val_score
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import StandardScaler

_STRENGTHS = (0.01, 0.03, 0.1, 0.3, 1.0)  # C of scikit-learn: the inverse of the penalty
_FOLDS = 3


def class_baselines(
    inputs: np.ndarray,
    labels: np.ndarray,
    training: np.ndarray,
    test: np.ndarray,
    *,
    letters: bool,
) -> dict[str, float]:
    """The share of ``test`` that each puts into the right class, having seen ``training``.

    inputs: (n, steps, features); letters: whether the features are one-hot letters, else numbers.
    "majority": always the class that is most frequent in training. "logistic_positions": logistic
    regression on every feature of every step; "logistic_counts": on how often each letter comes, or
    on mean and spread of the numbers. The strength of the penalty is chosen by cross-validation
    within training.
    """
    most = np.bincount(labels[training]).argmax()
    return {
        "majority": float(np.mean(labels[test] == most)),
        "logistic_positions": _logistic(
            inputs.reshape(len(inputs), -1), labels, training, test, scale=not letters
        ),
        "logistic_counts": _logistic(
            inputs.sum(1) if letters else _summary(inputs), labels, training, test, scale=True
        ),
    }


def _summary(inputs: np.ndarray) -> np.ndarray:
    return np.concatenate([inputs.mean(1), inputs.std(1)], -1)


def _logistic(
    features: np.ndarray, labels: np.ndarray, training: np.ndarray, test: np.ndarray, *, scale: bool
) -> float:
    def model(strength: float) -> Any:
        regression = LogisticRegression(C=strength, max_iter=500)
        return make_pipeline(StandardScaler(), regression) if scale else regression

    known, truth = features[training], labels[training]
    folds = StratifiedKFold(min(_FOLDS, int(np.bincount(truth).min())))
    scores = [cross_val_score(model(c), known, truth, cv=folds).mean() for c in _STRENGTHS]
    best = model(_STRENGTHS[int(np.argmax(scores))]).fit(known, truth)
    return float(best.score(features[test], labels[test]))
