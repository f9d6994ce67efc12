"""Networks that read a sequence once and put it into a class."""

import keras
import numpy as np

from core.models.recurrent.layers import bidirectional_layer, recurrent_layer
from core.models.seeds import glorot


def build_classifier(
    steps: int,
    features: int,
    classes: int,
    cell: str,
    units: int,
    *,
    layers: int = 1,
    direction: str = "middle",
    pooling: str = "last",
    skip: bool = False,
    input_dropout: float = 0.0,
    dropout: float = 0.0,
    seed: int = 0,
) -> keras.Model:
    """A network from float (batch, steps, features) to logits (batch, classes).

    direction: "one", from the first step to the last; "both", Keras's Bidirectional; "middle", one
    reader from each end that meet in the middle, so that what each read last lies there.
    pooling: "last", the state after a reader's last step, or "max", each unit's highest value.
    skip: the layers above the first also see the input. input_dropout: share of steps that are
    hidden as a whole in training. dropout: share of the pooled state that is.
    Weights are in layers called one_0, both_0 or left_0 and right_0 ..., and output.
    """
    inputs = x = keras.Input((steps, features))
    if input_dropout:
        shape = (None, steps, 1)
        x = keras.layers.Dropout(input_dropout, noise_shape=shape, seed=seed + 60)(x)
    more = {"cell": cell, "units": units, "layers": layers, "pooling": pooling, "skip": skip}
    if direction == "middle":
        half = steps // 2
        left = keras.layers.Cropping1D((0, steps - half))(x)
        right = keras.ops.flip(keras.layers.Cropping1D((half, 0))(x), axis=1)
        read = [
            _reader(left, name="left", seed=seed, **more),
            _reader(right, name="right", seed=seed + 2, **more),
        ]
        x = keras.layers.Concatenate()(read)
    else:
        x = _reader(x, name=direction, seed=seed, **more)
    if dropout:
        x = keras.layers.Dropout(dropout, seed=seed + 50)(x)
    dense = keras.layers.Dense(classes, kernel_initializer=glorot(seed + 4 * layers), name="output")
    return keras.Model(inputs, dense(x))


def _reader(x, *, name, seed, cell, units, layers, pooling, skip):
    read = x
    make = bidirectional_layer if name == "both" else recurrent_layer
    for i in range(layers):
        if skip and i:
            x = keras.layers.Concatenate()([x, read])
        sequences = i < layers - 1 or pooling == "max"
        layer = make(cell, units, seed=seed + 4 * i, return_sequences=sequences, name=f"{name}_{i}")
        x = layer(x)
    return keras.layers.GlobalMaxPooling1D()(x) if pooling == "max" else x


def classifier_weights(model: keras.Model) -> dict[str, np.ndarray]:
    """The weights under the names of ``core.numeric``'s sequence classifier: LAYER/NUMBER."""
    return {
        f"{layer.name}/{i}": np.array(weight)
        for layer in model.layers
        for i, weight in enumerate(layer.get_weights())
        if layer.name == "output" or layer.name.rpartition("_")[0] in _READERS
    }


_READERS = ("one", "both", "left", "right")
