"""A stack of layers as a Keras model."""

from collections.abc import Sequence
from typing import Any

import keras
import numpy as np

from core.models.recurrent.layers import recurrent_layer
from core.models.seeds import glorot, uniform
from core.numeric.recurrent.stack.layers import (
    DIRECTIONS,
    KEEPING_GATES,
    Layer,
    Stack,
    activation_of,
    is_sequential,
    walk,
    weight_names,
)

_IDENTITY_KERNEL_STD = 0.001  # Le, Jaitly & Hinton (2015), section 4


def build_stack(layers: Stack, input_shape: Sequence[int | None]) -> keras.Model:
    """The model of a stack without fault, with weights drawn from the seeds of its layers.

    input_shape: (time, features), or (time,) of integers for an embedding.
    """
    dtype = "int32" if layers[0].kind == "embedding" else "float32"
    inputs = keras.Input(tuple(input_shape), dtype=dtype)
    if not is_sequential(layers):
        outputs = walk(
            layers,
            inputs,
            lambda place, direction, x: _keras_layer(layers, place, direction)(x),
            _halves,
            lambda values: keras.layers.Concatenate()(values),
        )
        return keras.Model(inputs, outputs)
    model = keras.Sequential([inputs, *(_keras_layer(layers, i) for i in range(len(layers)))])
    for layer, built in zip(layers, model.layers, strict=True):
        if layer.gate_bias is not None:
            _set_gate_bias(layer, built)
    return model


def stack_weights(model: keras.Model, layers: Stack) -> dict[str, np.ndarray]:
    """The weights of a built stack by the names of ``weight_names``."""
    return dict(zip(weight_names(layers), map(np.array, model.get_weights()), strict=True))


def _keras_layer(layers: Stack, place: int, direction: str = "") -> keras.layers.Layer:
    layer = layers[place]
    match layer.kind:
        case "embedding":
            return keras.layers.Embedding(layer.inputs, layer.units, uniform(layer.seed))
        case "dropout":
            shape = (None, None, 1) if layer.whole_steps else None
            return keras.layers.Dropout(layer.rate, noise_shape=shape, seed=layer.seed)
        case "crop":
            return keras.layers.Cropping1D((layer.steps, 0))
        case "max_pooling":
            return keras.layers.GlobalMaxPooling1D()
        case "dense":
            activation = activation_of(layers, place)
            initial = glorot(layer.seed)
            return keras.layers.Dense(layer.units, activation, kernel_initializer=initial)
    if direction or not layer.bidirectional:
        return _one_direction(layer, layer.seed + 2 * (direction == "backward"))
    return keras.layers.Bidirectional(
        _one_direction(layer, layer.seed),
        backward_layer=_one_direction(layer, layer.seed + 2, go_backwards=True),
    )


def _one_direction(layer: Layer, seed: int, **options: Any) -> keras.layers.Layer:
    options |= {"return_sequences": layer.sequences}
    if layer.kind == "gru":
        options["reset_after"] = layer.reset_after
    if layer.kind == "irnn":
        normal = keras.initializers.RandomNormal(stddev=_IDENTITY_KERNEL_STD, seed=seed)
        options["activation"] = "relu"
        options["kernel_initializer"] = normal
        options["recurrent_initializer"] = keras.initializers.Identity()
    return recurrent_layer(layer.kind.removeprefix("i"), layer.units, seed=seed, **options)


def _set_gate_bias(layer: Layer, built: Any) -> None:
    parts = [built]
    if layer.bidirectional:
        parts = [getattr(built, f"{direction}_layer") for direction in DIRECTIONS]
    first = KEEPING_GATES[layer.kind] * layer.units
    for part in parts:
        bias = np.array(part.cell.bias)
        bias[first : first + layer.units] = layer.gate_bias
        part.cell.bias.assign(bias)


def _halves(x: Any) -> tuple[Any, Any]:
    time = x.shape[1]
    half = time // 2
    first = keras.layers.Cropping1D((0, time - half))(x)
    return first, keras.ops.flip(keras.layers.Cropping1D((half, 0))(x), axis=1)
