"""The answers of a trained window network and of a trained recurrent one, by NumPy."""

from __future__ import annotations

import numpy as np

from core.numeric.recurrent.cells import CELLS

PARTS = {
    "dense": ("hidden_kernel", "hidden_bias", "output_kernel", "output_bias"),
    "rnn": ("kernel", "recurrent", "bias", "output_kernel", "output_bias"),
}


def window_of(inputs: np.ndarray, window: int) -> np.ndarray:
    """What a network on a window is given: the last ``window`` steps in one row.

    inputs: (batch, time, features). Returns (batch, window * features); zeros stand before a
    sequence that is shorter.
    """
    batch, time, features = inputs.shape
    if time < window:
        filling = np.zeros((batch, window - time, features), inputs.dtype)
        inputs = np.concatenate([filling, inputs], 1)
    return inputs[:, -window:].reshape(batch, window * features)


def dense_scores(weights: dict[str, np.ndarray], rows: np.ndarray) -> np.ndarray:
    """W relu(U x + b) + b_o: float (batch, classes) for rows (batch, window * features)."""
    hidden = np.maximum(rows @ weights["hidden_kernel"] + weights["hidden_bias"], 0)
    return hidden @ weights["output_kernel"] + weights["output_bias"]


def recurrent_scores(cell: str, weights: dict[str, np.ndarray], inputs: np.ndarray) -> np.ndarray:
    """W h_T + b_o: float (batch, classes) for sequences (batch, time, features)."""
    kind, recurrent = CELLS[cell], weights["recurrent"]
    projected = inputs @ weights["kernel"] + weights["bias"]
    _, state = kind.over_time(projected, kind.zero_state(len(inputs), len(recurrent)), recurrent)
    return state[0] @ weights["output_kernel"] + weights["output_bias"]


def accuracy_by_length(scores: np.ndarray, keys: np.ndarray, lengths: np.ndarray) -> np.ndarray:
    """Share of right answers, float (lengths,), for each length that occurs, the shortest first."""
    right = scores.argmax(-1) == keys
    return np.array([right[lengths == n].mean() for n in np.unique(lengths)])
