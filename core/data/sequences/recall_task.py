"""The first symbol of a sequence, asked for after its last: a task that takes a memory.

A sequence is one of KEYS key symbols, then fillers, which mean nothing. Shorter ones are filled
with zeros at their start, so that all end together.
"""

from __future__ import annotations

import numpy as np

KEYS = 4
FILLERS = 4
SYMBOLS = KEYS + FILLERS
SHORTEST = 2
_TEST_STREAM, _TRAINING_STREAM = 0, 1


def examples(
    rng: np.random.Generator, lengths: np.ndarray, time: int
) -> tuple[np.ndarray, np.ndarray]:
    """Sequences of the given lengths, and their keys.

    lengths: int (batch,), each from SHORTEST to ``time``. Returns one-hot float32 (batch, time,
    SYMBOLS), zeros before the key, and int32 (batch,).
    """
    keys = rng.integers(0, KEYS, len(lengths))
    ids = rng.integers(KEYS, SYMBOLS, (len(lengths), time))
    first = time - lengths
    ids[np.arange(len(lengths)), first] = keys
    inputs = np.eye(SYMBOLS, dtype=np.float32)[ids]
    inputs[np.arange(time) < first[:, None]] = 0
    return inputs, keys.astype(np.int32)


def training_batch(
    longest: int, seed: int, update: int, batch_size: int
) -> tuple[np.ndarray, np.ndarray]:
    """The fresh examples of one update, of SHORTEST to ``longest`` symbols, equally often."""
    rng = np.random.default_rng([_TRAINING_STREAM, seed, update])
    return examples(rng, rng.integers(SHORTEST, longest + 1, batch_size), longest)


def test_set(longest: int, each: int) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Fixed examples, ``each`` of every length from SHORTEST to ``longest``.

    Returns inputs (examples, longest, SYMBOLS), keys and lengths, int (examples,).
    """
    lengths = np.repeat(np.arange(SHORTEST, longest + 1), each)
    inputs, keys = examples(np.random.default_rng([_TEST_STREAM]), lengths, longest)
    return inputs, keys, lengths


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


def accuracy_by_length(scores: np.ndarray, keys: np.ndarray, lengths: np.ndarray) -> np.ndarray:
    """Share of right answers, float (lengths,), for each length that occurs, the shortest first."""
    right = scores.argmax(-1) == keys
    return np.array([right[lengths == n].mean() for n in np.unique(lengths)])
