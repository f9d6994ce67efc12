"""Sequences of unequal length in one array: padding, truncation, and a mask that undoes both.

A mask is bool (batch, time): True where an element is real, False where it was put there to fill.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np


def pad(
    rows: Sequence[np.ndarray], length: int, side: str = "end", value: float = 0.0
) -> tuple[np.ndarray, np.ndarray]:
    """Rows of unequal length as one array, and its mask.

    rows: float (time_i, features) each. side: "end" or "start", where a short row is filled with
    ``value`` and a long one cut. Returns float32 (batch, length, features), bool (batch, length).
    Source: keras.utils.pad_sequences, padding and truncating both "post" or both "pre".
    """
    padded = np.full((len(rows), length, rows[0].shape[1]), value, np.float32)
    mask = np.zeros((len(rows), length), bool)
    for i, row in enumerate(rows):
        kept = row[:length] if side == "end" else row[max(0, len(row) - length) :]
        place = slice(0, len(kept)) if side == "end" else slice(length - len(kept), length)
        padded[i, place] = kept
        mask[i, place] = True
    return padded, mask


def masked_mean(losses: np.ndarray, mask: np.ndarray) -> float:
    """Mean of the losses, float (batch, time), of the real steps alone; NaN if there is none."""
    return float(losses[mask].mean()) if mask.any() else float("nan")
