"""A network that puts a text into a class, in Keras: ``core.numeric.language.classify.network``."""

from collections.abc import Mapping
from typing import Any

import keras
import numpy as np

from core.models.recurrent.layers import recurrent_layer
from core.models.seeds import glorot, uniform
from core.numeric.language.classify.network import TEMPERATURE, WIDTH, TextNetwork, weight_names

Tensor = Any  # TensorFlow's types do not know Keras's


def build_text_network(
    kind: str,
    words: int,
    classes: int,
    *,
    dim: int = 32,
    units: int = 32,
    bidirectional: bool = False,
    longest: int = 60,
    counted_rows: int = 0,
    most_counted: int = 1,
    hidden_words: float = 0.0,
    dropout: float = 0.0,
    frozen: bool = False,
    seed: int = 0,
) -> keras.Model:
    """A model of word numbers (batch, longest), and n-grams (batch, most_counted), to logits.

    kind: "mean", "rnn", "lstm", "gru" or "convolution". counted_rows: of the part that counts, 0
    for none; they and the dense kernel beside them start at zero. hidden_words: share of the words
    and n-grams that are hidden in training; dropout: of what the dense layer sees. frozen: the
    words' vectors stay as they are. 0 is no word.
    """
    numbers = keras.Input((longest,), dtype="int32", name="numbers")
    real = _real(numbers)
    embedding = keras.layers.Embedding(
        words, dim, uniform(seed), name="words", trainable=not frozen
    )
    vectors = embedding(numbers) * _hidden(real, hidden_words, seed + 60)
    if kind == "mean":
        encoded: Tensor = keras.ops.sum(vectors, axis=1)
        encoded = encoded / keras.ops.maximum(keras.ops.sum(real, axis=1), 1.0)
    elif kind == "convolution":
        filters = keras.layers.Conv1D(
            units,
            WIDTH,
            padding="same",
            activation="relu",
            kernel_initializer=glorot(seed + 1),
            name="convolution",
        )
        encoded = keras.ops.max(filters(vectors) * real, axis=1)
    else:
        is_word = keras.ops.not_equal(numbers, 0)
        forward = recurrent_layer(kind, units, seed=seed + 1, name="forward")
        encoded = forward(vectors, mask=is_word)
        if bidirectional:
            backward = recurrent_layer(
                kind, units, seed=seed + 3, name="backward", go_backwards=True
            )
            encoded = keras.layers.Concatenate()([encoded, backward(vectors, mask=is_word)])
    if dropout:
        encoded = keras.layers.Dropout(dropout, seed=seed + 50)(encoded)
    initial: Any = "zeros" if counted_rows else glorot(seed + 5)
    logits = keras.layers.Dense(classes, kernel_initializer=initial, name="dense")(encoded)
    if not counted_rows:
        return keras.Model(numbers, logits)
    counted = keras.Input((most_counted,), dtype="int32", name="counted")
    rows = keras.layers.Embedding(counted_rows, classes, "zeros", name="counts")(counted)
    rows = rows * _hidden(_real(counted), hidden_words, seed + 61)
    total: Tensor = keras.ops.sum(rows, axis=1)
    return keras.Model([numbers, counted], logits + TEMPERATURE * total)


def _real(numbers: Tensor) -> Tensor:
    """1 where there is a word, (batch, words, 1)."""
    return keras.ops.expand_dims(keras.ops.cast(keras.ops.not_equal(numbers, 0), "float32"), -1)


def _hidden(real: Tensor, share: float, seed: int) -> Tensor:
    """1 where a word is to be seen, but that a share of them are hidden while it learns."""
    return keras.layers.Dropout(share, seed=seed)(real) if share else real


def text_weights(model: keras.Model, network: TextNetwork) -> dict[str, np.ndarray]:
    """The weights of a built network by the names of ``weight_names``."""
    return {
        f"{layer}.{part}": np.array(array)
        for layer, parts in weight_names(network).items()
        for part, array in zip(parts, model.get_layer(layer).get_weights(), strict=True)
    }


def set_text_weights(model: keras.Model, given: Mapping[str, np.ndarray]) -> None:
    """Put weights, by LAYER.PART, in the place of those of a built network; others stay."""
    for name, array in given.items():
        layer, _, part = name.partition(".")
        weights = model.get_layer(layer).get_weights()
        weights[0 if part in ("embeddings", "kernel") else -1] = array
        model.get_layer(layer).set_weights(weights)
