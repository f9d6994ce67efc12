"""A stack of layers as a Keras model, seeded."""

from typing import Any

import keras
import tensorflow as tf

from core.models.recurrent.layers import bidirectional_layer, recurrent_layer
from core.models.seeds import glorot, orthogonal, uniform
from core.numeric.recurrent.layer_stack import Layer, Stack, activation_of

SEEDS_A_LAYER = 4
_PLAIN = {"rnn": keras.layers.SimpleRNN, "lstm": keras.layers.LSTM, "gru": keras.layers.GRU}


def build_stack(layers: Stack, seed: int = 0, *, plain: bool = False) -> keras.Model:
    """The model of a stack without fault: integers (batch, time) in, probabilities out.

    seed: layer i takes seed + 4 i, and the following where it needs more. plain: of keras.layers
    alone, as a file to take away is; both kinds have the same weights in the same order.
    """
    model = keras.Sequential([keras.Input((None,), dtype="int32")])
    for place, layer in enumerate(layers):
        own = seed + SEEDS_A_LAYER * place
        model.add(_layer(layer, activation_of(layers, place), own, plain))
    return model


def cross_entropy(targets: Any, probabilities: Any) -> Any:
    """Mean of -log p of the right class. targets: int (batch,); probabilities: (batch, classes)."""
    losses: Any = keras.losses.sparse_categorical_crossentropy(targets, probabilities)
    return tf.reduce_mean(losses)


def _layer(layer: Layer, activation: str, seed: int, plain: bool) -> keras.layers.Layer:
    match layer.kind:
        case "embedding":
            return keras.layers.Embedding(layer.inputs, layer.units, uniform(seed))
        case "dropout":
            return keras.layers.Dropout(layer.rate, seed=seed)
        case "dense":
            return keras.layers.Dense(
                layer.units, activation=activation, kernel_initializer=glorot(seed)
            )
    options: dict[str, Any] = {"return_sequences": layer.sequences}
    if layer.kind == "gru":
        options["reset_after"] = layer.reset_after
    if plain:
        return _plain_layer(layer, seed, options)
    make = bidirectional_layer if layer.bidirectional else recurrent_layer
    return make(layer.kind, layer.units, seed=seed, **options)


def _plain_layer(layer: Layer, seed: int, options) -> keras.layers.Layer:
    def one(seed, **more):
        return _PLAIN[layer.kind](
            layer.units,
            kernel_initializer=glorot(seed),
            recurrent_initializer=orthogonal(seed + 1),
            **options,
            **more,
        )

    if not layer.bidirectional:
        return one(seed)
    return keras.layers.Bidirectional(one(seed), backward_layer=one(seed + 2, go_backwards=True))
