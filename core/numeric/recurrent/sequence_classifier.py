"""What a sequence classifier answers, without Keras: to ask "and if this letter were another?".

Weights are a mapping of names: "left_0/0", "left_0/1", "left_0/2" are kernel, recurrent kernel and
bias of the reader from the left, "right_0/..." of the one from the right; "one_0/..." of a single
reader; "both_0/0" to "/2" and "/3" to "/5" of Keras's Bidirectional; "output/0" and "/1".
"""

from collections.abc import Mapping

import numpy as np

from core.numeric.recurrent.cells import CELLS
from core.numeric.threads import one_blas_thread


def class_probabilities(
    inputs: np.ndarray,
    weights: Mapping[str, np.ndarray],
    cell: str,
    *,
    pooling: str = "last",
    skip: bool = False,
) -> np.ndarray:
    """The probability of each class, float (batch, classes), of inputs (batch, steps, features)."""
    with one_blas_thread():
        if "left_0/0" in weights:
            half = inputs.shape[1] // 2
            left, right = inputs[:, :half], inputs[:, : half - 1 : -1]
            parts = [("left", left), ("right", right)]
        else:
            parts = [("both" if "both_0/0" in weights else "one", inputs)]
        read = [_read(x, weights, name, cell, pooling, skip) for name, x in parts]
        logits = np.concatenate(read, -1) @ weights["output/0"] + weights["output/1"]
    odds = np.exp(logits - logits.max(-1, keepdims=True))
    return odds / odds.sum(-1, keepdims=True)


def substitutions(one: np.ndarray) -> np.ndarray:
    """A sequence with each step replaced by each letter in turn.

    one: one-hot (steps, letters); returns (steps * letters, steps, letters).
    """
    steps, letters = one.shape
    every = np.broadcast_to(one, (steps, letters, steps, letters)).copy()
    for step in range(steps):
        every[step, :, step] = np.eye(letters, dtype=one.dtype)
    return every.reshape(-1, steps, letters)


def _read(x, weights, name, cell, pooling, skip) -> np.ndarray:
    read = x
    layers = sum(f"{name}_{i}/0" in weights for i in range(10))
    for i in range(layers):
        below = np.concatenate([x, read], -1) if skip and i else x
        ways = [_states(below, weights, f"{name}_{i}", 0, cell)]
        if name == "both":
            backwards = _states(below[:, ::-1], weights, f"{name}_{i}", 3, cell)
            ways.append(backwards[:, ::-1])
        x = np.concatenate(ways, -1)
    if pooling == "max":
        return x.max(1)
    if name == "both":
        units = x.shape[-1] // 2
        return np.concatenate([x[:, -1, :units], x[:, 0, units:]], -1)
    return x[:, -1]


def _states(x, weights, name, first, cell) -> np.ndarray:
    kernel, recurrent, bias = (weights[f"{name}/{first + i}"] for i in range(3))
    kind = CELLS[cell]
    state = kind.zero_state(len(x), recurrent.shape[0])
    return kind.over_time(x @ kernel + bias, state, recurrent)[0]
