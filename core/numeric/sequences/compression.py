"""What a sequence costs when each sign is coded by how probable it was held to be.

A sign of probability p costs -log2 p bits; an arithmetic coder needs less than 2 bits a sequence
more (Cover & Thomas 2006, chapter 13). All costs here are of the signs from the second on, the
first being the same for every method, and without the table or the network that the receiver needs.
"""

import numpy as np

from core.numeric.activations import log_softmax


def frequency_bits(known: np.ndarray, asked: np.ndarray, letters: int) -> np.ndarray:
    """Bits a sign of each sequence asked, by how frequent each sign is among the known ones.

    known: int (n, steps), asked: int (m, steps). Each sign is counted once more than it came
    (Laplace), so that none is impossible. Returns float (m,).
    """
    counts = 1 + np.bincount(known.ravel(), minlength=letters)
    return _mean_bits((counts / counts.sum())[asked[:, 1:]])


def pair_bits(known: np.ndarray, asked: np.ndarray, letters: int) -> np.ndarray:
    """The same by how often each sign follows the sign before it."""
    counts = np.ones((letters, letters))
    np.add.at(counts, (known[:, :-1].ravel(), known[:, 1:].ravel()), 1)
    follows = counts / counts.sum(1, keepdims=True)
    return _mean_bits(follows[asked[:, :-1], asked[:, 1:]])


def logit_bits(logits: np.ndarray, asked: np.ndarray) -> np.ndarray:
    """The same by a network's logits of the next sign, float (m, steps - 1, letters)."""
    chosen = np.take_along_axis(log_softmax(logits), asked[:, 1:, None].astype(int), axis=-1)
    return -chosen[..., 0].mean(1) / np.log(2)


def _mean_bits(probabilities: np.ndarray) -> np.ndarray:
    return -np.log2(probabilities).mean(1)
