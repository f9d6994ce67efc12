"""What padding does to a batch of rows of unequal length, with a mask and without.

A mask is bool (batch, time): True where an element is real, False where it was put there to fill.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from core.numeric.recurrent.cells import CELLS, Weights

UNITS = 4


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


@dataclass(frozen=True)
class Study:
    """A batch padded to each of some lengths; the first axis of every array counts them.

    lengths: int (lengths,). with_mask, without_mask: the last hidden states, float (lengths,
    batch, units). The three errors (RMSE of the next element, in the rows' own unit), float
    (lengths,): ``unmasked_all``, over all steps, padding among them, of an output layer that was
    fitted to all steps; ``unmasked_real``, of that same layer over the real steps; ``masked``, over
    the real steps of one that was fitted to them alone.
    """

    lengths: np.ndarray
    with_mask: np.ndarray
    without_mask: np.ndarray
    unmasked_all: np.ndarray
    unmasked_real: np.ndarray
    masked: np.ndarray


def random_weights(cell: str, features: int, seed: int) -> Weights:
    """Weights of a cell of UNITS units, float32; the recurrent ones in orthogonal blocks."""
    rng = np.random.default_rng(seed)
    gates = CELLS[cell].gates
    blocks = [np.linalg.qr(rng.standard_normal((UNITS, UNITS)))[0] for _ in range(gates)]
    weights = (
        1.5 * rng.standard_normal((features, gates * UNITS)),
        0.8 * np.hstack(blocks),
        0.3 * rng.standard_normal(gates * UNITS),
    )
    return Weights(*(array.astype(np.float32) for array in weights))


def study(
    rows: Sequence[np.ndarray], cell: str, side: str, seed: int, lengths: Sequence[int]
) -> Study:
    """Pad the rows to each length, read them with a cell of random weights, fit its output layer.

    rows: float (time_i, 1) each, positive; they are read as shares of the greatest. side: where
    rows are filled and cut, "end" or "start". The output layer predicts the next element by least
    squares; a step counts as real if it and the next one are.
    """
    scale = max(float(row.max()) for row in rows)
    weights = random_weights(cell, 1, seed)
    with_mask, without_mask, errors = [], [], []
    for length in lengths:
        inputs, mask = pad([row / scale for row in rows], length, side)
        real = mask[:, 1:] & mask[:, :-1]
        masked, _ = CELLS[cell].read(inputs, weights, mask)
        unmasked, _ = CELLS[cell].read(inputs, weights)
        with_mask.append(masked[:, -1])
        without_mask.append(unmasked[:, -1])
        targets = inputs[:, 1:, 0]
        all_steps = np.ones_like(real)
        loose = _squared_errors(unmasked[:, :-1], targets, all_steps)
        strict = _squared_errors(masked[:, :-1], targets, real)
        errors.append(
            [masked_mean(loose, all_steps), masked_mean(loose, real), masked_mean(strict, real)]
        )
    roots = scale * np.sqrt(np.array(errors).reshape(-1, 3).T)
    return Study(np.array(lengths), np.array(with_mask), np.array(without_mask), *roots)


def _squared_errors(hidden: np.ndarray, targets: np.ndarray, fitted_to: np.ndarray) -> np.ndarray:
    """Squared errors, (batch, time), of the output layer that fits the chosen steps best."""
    inputs = np.concatenate([hidden, np.ones((*hidden.shape[:2], 1), hidden.dtype)], -1)
    inputs, wanted = inputs.astype(float), targets.astype(float)
    weights = np.linalg.lstsq(inputs[fitted_to], wanted[fitted_to], rcond=1e-6)[0]
    return (inputs @ weights - wanted) ** 2
