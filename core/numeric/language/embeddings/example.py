"""One training example of word2vec: its pairs, its loss and its gradients, as the course has them.

Source: Mikolov et al. (2013), arXiv:1301.3781 and arXiv:1310.4546; Rong (2014), arXiv:1411.2738.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from core.numeric.activations import log_softmax, sigmoid


class Example(NamedTuple):
    """What one prediction says and how it pulls and pushes.

    scores: of the true word, then of the negative samples, (1 + k,). probabilities: that each is
    true, (1 + k,). loss: nats. hidden_gradient: of the loss by the hidden vector, (d,).
    output_gradient: by the output vectors, (1 + k, d).
    """

    scores: np.ndarray
    probabilities: np.ndarray
    loss: float
    hidden_gradient: np.ndarray
    output_gradient: np.ndarray


def windows(length: int, window: int) -> list[list[int]]:
    """For each place of a sentence the places around it, at most ``window`` away.

    >>> windows(4, 1)
    [[1], [0, 2], [1, 3], [2]]
    """
    return [
        [j for j in range(max(0, i - window), min(length, i + window + 1)) if j != i]
        for i in range(length)
    ]


def one_hot_product(word: int, matrix: np.ndarray) -> np.ndarray:
    """A one-hot row times a matrix (words, d), which is row ``word`` of the matrix, (d,)."""
    one_hot = np.zeros(len(matrix))
    one_hot[word] = 1
    return one_hot @ matrix


def hidden_of(inputs: np.ndarray) -> np.ndarray:
    """The hidden vector (d,): skip-gram's one input vector (1, d), or the mean of CBOW's (n, d)."""
    return inputs.mean(0)


def negative_sampling(hidden: np.ndarray, outputs: np.ndarray) -> Example:
    """A prediction among the true word and k negative samples.

    hidden: (d,), of ``hidden_of``. outputs: output vectors (1 + k, d), the true word's first. The
    loss is -log sigmoid(true score) - sum of log sigmoid(-negative score). An input vector of CBOW
    takes the hidden gradient divided by how many there are.
    """
    scores = outputs @ hidden
    true = np.zeros(len(scores))
    true[0] = 1
    probabilities = sigmoid(scores)
    loss = float(np.logaddexp(0, np.where(true == 1, -scores, scores)).sum())
    error = probabilities - true
    return Example(scores, probabilities, loss, error @ outputs, np.outer(error, hidden))


def full_softmax(hidden: np.ndarray, outputs: np.ndarray, true: int) -> Example:
    """A prediction among all words: outputs (words, d), the true one's number given."""
    scores = outputs @ hidden
    logs = log_softmax(scores)
    error = np.exp(logs)
    error[true] -= 1
    return Example(
        scores, np.exp(logs), float(-logs[true]), error @ outputs, np.outer(error, hidden)
    )


def constant_loss(negatives: int) -> float:
    """The loss in nats of the best guess that looks at no word: 1 in 1 + k is true."""
    return float(np.log(1 + negatives) + negatives * np.log(1 + 1 / negatives))
