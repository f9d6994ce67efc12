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
    truth = labels[training]
    counts = np.bincount(truth)
    folds = StratifiedKFold(min(_FOLDS, int(counts.min())))

    def logistic(features: np.ndarray, scale: bool) -> float:
        models: list[Any] = [LogisticRegression(C=c, max_iter=500) for c in _STRENGTHS]
        if scale:
            models = [make_pipeline(StandardScaler(), model) for model in models]
        known = features[training]
        scores = [cross_val_score(model, known, truth, cv=folds).mean() for model in models]
        best = models[int(np.argmax(scores))].fit(known, truth)
        return float(best.score(features[test], labels[test]))

    spread = [inputs.mean(1), inputs.std(1)]
    summary = inputs.sum(1) if letters else np.concatenate(spread, -1)
    return {
        "majority": float(np.mean(labels[test] == counts.argmax())),
        "logistic_positions": logistic(inputs.reshape(len(inputs), -1), not letters),
        "logistic_counts": logistic(summary, True),
    }
