"""The networks that race on the memory tasks."""

from typing import Any

import keras
import numpy as np

from core.models.recurrent.layers import recurrent_layer
from core.models.seeds import glorot

_IDENTITY_KERNEL_STD = 0.001  # Le, Jaitly & Hinton (2015), section 4
_KEEPING_GATE = {"lstm": 1, "gru": 0}  # which block of units in the bias


def build_racer(
    cell: str,
    units: int,
    features: int,
    outputs: int,
    *,
    layers: int = 1,
    bidirectional: bool = False,
    time: int,
    recall: int = 0,
    open_gates: float = 0.0,
    seed: int = 0,
) -> keras.Model:
    """Inputs (batch, time, features) to outputs (batch, outputs), or (batch, recall, outputs).

    cell: "rnn", "lstm", "gru" or "irnn", the ReLU RNN that starts at the identity
    (Le, Jaitly & Hinton 2015, arXiv:1504.00941). recall: answer at so many last steps instead of
    once at the end. open_gates: is added to the biases of the LSTM's forget gates and the GRU's
    update gates, so that they start more open (Tallec & Ollivier 2018, arXiv:1804.11188).
    """
    inputs = keras.Input((time, features))
    x = inputs
    for layer in range(layers):
        sequences = layer < layers - 1 or recall > 0
        ways = [_layer(cell, units, seed + 4 * layer, sequences, "forward", layer)]
        if bidirectional:
            ways.append(_layer(cell, units, seed + 4 * layer + 2, sequences, "backward", layer))
            x = keras.layers.Bidirectional(ways[0], backward_layer=ways[1])(x)
        else:
            x = ways[0](x)
    if recall:
        x = keras.layers.Cropping1D((time - recall, 0))(x)
    dense = keras.layers.Dense(outputs, kernel_initializer=glorot(seed + 4 * layers), name="dense")
    model = keras.Model(inputs, dense(x))
    if open_gates and cell in _KEEPING_GATE:
        _open(model, units, _KEEPING_GATE[cell] * units, open_gates)
    return model


def _open(model, units, first, more):
    """Add ``more`` to the biases of the gate whose block begins at ``first``."""
    for variable in model.trainable_variables:
        if variable.name == "bias" and not variable.path.startswith("dense"):
            bias = np.array(variable)
            bias[first : first + units] += more
            variable.assign(bias)


def _layer(cell, units, seed, sequences, way, place) -> Any:
    more: dict[str, Any] = {"return_sequences": sequences, "go_backwards": way == "backward"}
    if cell == "irnn":
        more |= {
            "activation": "relu",
            "recurrent_initializer": keras.initializers.Identity(),
            "kernel_initializer": keras.initializers.RandomNormal(
                stddev=_IDENTITY_KERNEL_STD, seed=seed
            ),
        }
    kind = "rnn" if cell == "irnn" else cell
    return recurrent_layer(kind, units, seed=seed, name=f"{way}_{place}", **more)


def racer_weights(model: keras.Model, layers: int, bidirectional: bool) -> dict[str, np.ndarray]:
    """The model's weights under the names of ``core.numeric.recurrent.memory_networks``."""
    names = [
        f"{layer}.{way}.{part}"
        for layer in range(layers)
        for way in (("forward", "backward") if bidirectional else ("forward",))
        for part in ("kernel", "recurrent", "bias")
    ]
    names += ["dense.kernel", "dense.bias"]
    return dict(zip(names, (np.array(w) for w in model.get_weights()), strict=True))
