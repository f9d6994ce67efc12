"""Recurrent layers as a run draws their weights."""

import keras

from core.models.seeds import glorot, orthogonal

CELL = "lstm"


def recurrent(units, seed, **options):
    """A recurrent layer whose kernels are drawn from a seed each."""
    options |= {"kernel_initializer": glorot(seed), "recurrent_initializer": orthogonal(seed + 1)}
    if CELL == "rnn":
        return keras.layers.SimpleRNN(units, **options)
    elif CELL == "lstm":
        return keras.layers.LSTM(units, **options)
    else:
        return keras.layers.GRU(units, reset_after=False, **options)  # the course's equations
