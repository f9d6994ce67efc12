"""Paths of tags through a sentence (a linear-chain CRF): their sum, each tag's share, the best.

A path's score is the sum of its emissions, (words, tags), and of its transitions, (tags, tags),
from one tag, a row, to the next. Its probability goes with the exponent.
Source: Lafferty, McCallum & Pereira (2001); Viterbi (1967).
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np


class Trellis(NamedTuple):
    """What Viterbi holds: the best score of a path that ends at each tag, and where it came from.

    scores: float (words, tags). back: int (words, tags), the tag before; of the first word 0.
    """

    scores: np.ndarray
    back: np.ndarray

    @property
    def best(self) -> np.ndarray:
        """The best path, int (words,): followed back from its end."""
        path = [int(self.scores[-1].argmax())]
        for back in self.back[:0:-1]:
            path.append(int(back[path[-1]]))
        return np.array(path[::-1])


def trellis(emissions: np.ndarray, transitions: np.ndarray) -> Trellis:
    """Viterbi's lattice of a sentence of at least one word."""
    scores, back = [emissions[0]], [np.zeros(emissions.shape[1], int)]
    for emitted in emissions[1:]:
        arriving = scores[-1][:, None] + transitions
        back.append(arriving.argmax(0))
        scores.append(arriving.max(0) + emitted)
    return Trellis(np.array(scores), np.array(back))


def score(path: np.ndarray, emissions: np.ndarray, transitions: np.ndarray) -> float:
    """The score of one path, int (words,)."""
    passed = transitions[path[:-1], path[1:]].sum()
    return float(emissions[np.arange(len(path)), path].sum() + passed)


def log_sum(emissions: np.ndarray, transitions: np.ndarray) -> float:
    """Log of the sum of exp(score) over all paths: the forward pass."""
    return float(_log_sum_exp(_forward(emissions, transitions)[-1], 0))


def marginals(emissions: np.ndarray, transitions: np.ndarray) -> np.ndarray:
    """Each tag's share of all paths, (words, tags), a row sums to 1: forward and backward pass."""
    both = _forward(emissions, transitions) + _backward(emissions, transitions)
    return np.exp(both - _log_sum_exp(both, 1)[:, None])


def _forward(emissions: np.ndarray, transitions: np.ndarray) -> np.ndarray:
    """Log of the sum over what comes before a word and is in a tag there, (words, tags)."""
    rows = [emissions[0].astype(float)]
    for emitted in emissions[1:]:
        rows.append(_log_sum_exp(rows[-1][:, None] + transitions, 0) + emitted)
    return np.array(rows)


def _backward(emissions: np.ndarray, transitions: np.ndarray) -> np.ndarray:
    """Log of the sum over what comes after a word in a tag, (words, tags)."""
    rows = [np.zeros(emissions.shape[1])]
    for emitted in emissions[:0:-1]:
        rows.append(_log_sum_exp(transitions + emitted + rows[-1], 1))
    return np.array(rows[::-1])


def _log_sum_exp(values: np.ndarray, axis: int) -> np.ndarray:
    most = values.max(axis, keepdims=True)
    return np.squeeze(most, axis) + np.log(np.exp(values - most).sum(axis))
