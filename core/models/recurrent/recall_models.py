"""Two networks for one task: a dense one on a window of the last steps, and a recurrent one."""

import keras
import numpy as np

from core.models.recurrent.layers import recurrent_layer
from core.models.seeds import glorot
from core.numeric.recurrent.recall_networks import PARTS


def build_dense(inputs: int, hidden: int, classes: int, seed: int) -> keras.Model:
    """A hidden layer of ReLU units over a row of inputs: (batch, inputs) to (batch, classes)."""
    return keras.Sequential(
        [
            keras.Input((inputs,)),
            keras.layers.Dense(hidden, "relu", kernel_initializer=glorot(seed + 10)),
            keras.layers.Dense(classes, kernel_initializer=glorot(seed + 11)),
        ]
    )


def build_recurrent(cell: str, units: int, features: int, classes: int, seed: int) -> keras.Model:
    """A recurrent layer, asked after the last step: (batch, time, features) to (batch, classes)."""
    return keras.Sequential(
        [
            keras.Input((None, features)),
            recurrent_layer(cell, units, seed=seed),
            keras.layers.Dense(classes, kernel_initializer=glorot(seed + 2)),
        ]
    )


def named_weights(model: keras.Model, kind: str) -> dict[str, np.ndarray]:
    """The weights by the names of ``recall_networks.PARTS``. kind: dense or rnn."""
    return dict(zip(PARTS[kind], model.get_weights(), strict=True))
