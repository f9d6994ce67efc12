"""What hears words without a network: the most frequent class, logistic regression, warping."""

from collections.abc import Callable, Sequence
from typing import Any

import numpy as np
from sklearn.linear_model import LogisticRegression
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import StandardScaler

from core.numeric.sound.listener import same_length
from core.numeric.sound.warping import warped_distances

_STEPS = 16  # to which each word is stretched
_STRENGTH = 0.01  # C of scikit-learn, of some 400 numbers a word
_PART = 50  # words that are compared with all at once


def listening_baselines(
    words: Sequence[np.ndarray],
    labels: np.ndarray,
    training: np.ndarray,
    test: np.ndarray,
    wait: Callable[[], object] = lambda: None,
) -> dict[str, float]:
    """The share of ``test`` that each puts into the right class, having heard ``training``.

    words: in steps, (steps, FEATURES) each. "majority": always the class that is most frequent in
    training; "logistic_mean": logistic regression on the mean and spread of a word's steps;
    "logistic_steps": on 16 steps to which each word is stretched; "warping": the class of the word
    that is nearest by dynamic time warping, each feature scaled to spread 1 in training.
    wait: called now and then; it may pause.
    """
    truth, known = labels[test], labels[training]

    def logistic(features: np.ndarray, strength: float) -> float:
        model: Any = make_pipeline(
            StandardScaler(), LogisticRegression(C=strength, max_iter=300)
        ).fit(features[training], known)
        wait()
        return float(model.score(features[test], truth))

    summary = np.stack([np.concatenate([word.mean(0), word.std(0)]) for word in words])
    spread = np.concatenate([words[i] for i in training]).std(0)
    scaled = [word / spread for word in words]
    answers = []
    for at in range(0, len(test), _PART):
        apart = warped_distances(
            [scaled[i] for i in test[at : at + _PART]], [scaled[i] for i in training]
        )
        answers.append(known[apart.argmin(1)])
        wait()
    return {
        "majority": float(np.mean(truth == np.bincount(known).argmax())),
        "logistic_mean": logistic(summary, 1.0),
        "logistic_steps": logistic(same_length(words, _STEPS).reshape(len(words), -1), _STRENGTH),
        "warping": float(np.mean(np.concatenate(answers) == truth)),
    }
