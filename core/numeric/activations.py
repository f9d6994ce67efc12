"""Activation functions by Keras's names."""

from collections.abc import Callable, Mapping

import numpy as np

from core.numeric.recurrent.cells import linear, relu, sigmoid


def elu(x: np.ndarray) -> np.ndarray:
    """Of each x, x where it is positive, else exp(x) - 1: smooth at 0, never below -1."""
    return np.where(x > 0, x, np.expm1(np.minimum(x, 0)))


ACTIVATIONS: Mapping[str, Callable[[np.ndarray], np.ndarray]] = {
    "relu": relu,
    "elu": elu,
    "tanh": np.tanh,
    "sigmoid": sigmoid,
    "linear": linear,
}
