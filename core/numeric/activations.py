"""Activation functions by Keras's names, and softmax."""

from collections.abc import Callable, Mapping

import numpy as np


def sigmoid(x: np.ndarray) -> np.ndarray:
    """1 / (1 + exp(-x)), by tanh, which never overflows and keeps float32."""
    return 0.5 * np.tanh(0.5 * x) + 0.5


def relu(x: np.ndarray) -> np.ndarray:
    """max(x, 0)."""
    return np.maximum(x, 0)


def elu(x: np.ndarray) -> np.ndarray:
    """Of each x, x where it is positive, else exp(x) - 1: smooth at 0, never below -1."""
    return np.where(x > 0, x, np.expm1(np.minimum(x, 0)))


def linear(x: np.ndarray) -> np.ndarray:
    """Each x as it is."""
    return x


ACTIVATIONS: Mapping[str, Callable[[np.ndarray], np.ndarray]] = {
    "relu": relu,
    "elu": elu,
    "tanh": np.tanh,
    "sigmoid": sigmoid,
    "linear": linear,
}


def log_softmax(logits: np.ndarray) -> np.ndarray:
    """log(softmax(logits)) along the last axis; -inf stays -inf."""
    shifted = logits - logits.max(axis=-1, keepdims=True)
    return shifted - np.log(np.exp(shifted).sum(axis=-1, keepdims=True))


def softmax(logits: np.ndarray) -> np.ndarray:
    """exp(logits) / sum exp(logits) along the last axis."""
    return np.exp(log_softmax(logits))
