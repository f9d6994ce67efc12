"""Answers of the networks of ``core.models.recurrent.sequence_models`` from their weights alone."""

from collections.abc import Sequence

import numpy as np

from core.numeric.recurrent.cells import CELLS
from core.numeric.threads import one_blas_thread


def sequence_answers(
    cell: str,
    weights: Sequence[np.ndarray],
    inputs: np.ndarray,
    *,
    bidirectional: bool = False,
    skip: bool = False,
) -> np.ndarray:
    """What a network with pooling "last" puts out, float (batch, outputs).

    cell: "rnn", "lstm" or "gru". weights: in Keras's order, kernel, recurrent kernel and bias of
    each layer and direction, then those of the dense layer. inputs: float (batch, steps, features).
    """
    *recurrent, kernel, bias = weights
    ways = 2 if bidirectional else 1
    layers = [recurrent[i : i + 3 * ways] for i in range(0, len(recurrent), 3 * ways)]
    x, ends = inputs, [inputs[:, -1]]
    with one_blas_thread():
        for i, layer in enumerate(layers):
            below = np.concatenate([x, inputs], axis=-1) if skip and i else x
            read = [_read(cell, below, *layer[:3])]
            ends = [read[0][:, -1]]
            if bidirectional:
                backwards = _read(cell, below[:, ::-1], *layer[3:])
                read.append(backwards[:, ::-1])
                ends.append(backwards[:, -1])
            x = np.concatenate(read, axis=-1)
        return np.concatenate(ends, axis=-1) @ kernel + bias


def _read(cell, inputs, kernel, recurrent, bias) -> np.ndarray:
    """The hidden states over the steps, (batch, steps, units)."""
    state = CELLS[cell].zero_state(len(inputs), recurrent.shape[0])
    hidden, _ = CELLS[cell].over_time(inputs @ kernel + bias, state, recurrent)
    return hidden
