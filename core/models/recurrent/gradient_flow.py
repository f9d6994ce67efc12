"""The networks along which the gradient is followed while they learn."""

import keras
import numpy as np

from core.models.recurrent.layers import recurrent_layer
from core.models.seeds import glorot

_FEATURES = 2  # of the adding problem: number and mark


def build_learner(
    cell: str,
    units: int,
    length: int,
    seed: int,
    forget_bias: float = 1.0,
    update_bias: float = 0.0,
) -> keras.Model:
    """One recurrent layer and one output: (batch, length, 2) to (batch, 1).

    forget_bias: where the LSTM's forget gate starts; update_bias: the GRU's update gate.
    """
    inputs = keras.Input((length, _FEATURES))
    layer = recurrent_layer(cell, units, seed=seed, name="recurrent")
    outputs = keras.layers.Dense(1, kernel_initializer=glorot(seed + 4), name="dense")(
        layer(inputs)
    )
    kernel, recurrent, bias = layer.get_weights()
    if cell == "lstm":
        bias[units : 2 * units] = forget_bias
    elif cell == "gru":
        bias[:units] = update_bias
    layer.set_weights([kernel, recurrent, bias])
    return keras.Model(inputs, outputs)


def learner_weights(model: keras.Model) -> dict[str, np.ndarray]:
    """The model's weights: "kernel", "recurrent", "bias", "dense_kernel", "dense_bias"."""
    names = ("kernel", "recurrent", "bias", "dense_kernel", "dense_bias")
    return dict(zip(names, (np.array(w) for w in model.get_weights()), strict=True))
