"""Networks that read a whole sequence and answer once: the next value, or a class."""

import keras

from core.models.recurrent.layers import bidirectional_layer, recurrent_layer
from core.models.seeds import glorot, uniform

POOLINGS = ("last", "max")


def build_sequence_model(
    steps: int,
    features: int,
    outputs: int,
    cell: str,
    units: int,
    layers: int = 1,
    bidirectional: bool = False,
    skip: bool = False,
    dropout: float = 0.0,
    seed: int = 0,
    embedding: tuple[int, int] | None = None,
    pooling: str = "last",
) -> keras.Model:
    """A network from inputs, float (batch, steps, features), to answers (batch, outputs).

    The last layer is linear: values, or the logits of classes. skip: the layers above the first
    also see what the first one reads (Graves 2013, arXiv:1308.0850). dropout: after each recurrent
    layer. embedding: (symbols, size) makes the inputs int (batch, steps), each looked up in a
    table of vectors. pooling: "last", the state after the last step (of each direction), or
    "max", each unit's highest value over all steps.
    Raises ValueError for another pooling.
    """
    if pooling not in POOLINGS:
        raise ValueError(f"pooling must be one of {', '.join(POOLINGS)}, not {pooling}")
    if embedding:
        inputs = keras.Input((steps,), dtype="int32")
        read = keras.layers.Embedding(*embedding, uniform(seed + 99), name="embedding")(inputs)
    else:
        inputs = read = keras.Input((steps, features))
    make = bidirectional_layer if bidirectional else recurrent_layer
    x = read
    for i in range(layers):
        below = keras.layers.Concatenate(name=f"skip_{i}")([x, read]) if skip and i else x
        sequences = i < layers - 1 or pooling == "max"
        layer = make(cell, units, seed=seed + 4 * i, return_sequences=sequences, name=f"{cell}_{i}")
        x = layer(below)
        if dropout:
            x = keras.layers.Dropout(dropout, seed=seed + 50 + i, name=f"dropout_{i}")(x)
    if pooling == "max":
        x = keras.layers.GlobalMaxPooling1D(name="pooling")(x)
    dense = keras.layers.Dense(outputs, kernel_initializer=glorot(seed + 4 * layers), name="output")
    return keras.Model(inputs, dense(x))
