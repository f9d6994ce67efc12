"""A network that tags words, in Keras: ``core.numeric.language.tagging.network``."""

from collections.abc import Callable
from typing import Any

import keras
import numpy as np
import tensorflow as tf

from core.models.language.transitions import path_surprise
from core.models.recurrent.layers import recurrent_layer
from core.models.seeds import glorot, uniform
from core.numeric.language.tagging.network import (
    LETTERS,
    WAYS,
    WINDOW,
    TagNetwork,
    weight_names,
)

ASIDE = 0.3  # what the loss of a reading of one side counts beside that of both
NO_WORD = -1  # the target behind the last word

Tensor = Any  # TensorFlow's types do not know Keras's


def build_tag_network(
    network: TagNetwork, *, hidden_words: float = 0.0, dropout: float = 0.0, seed: int = 0
) -> keras.Model:
    """A model of numbers (batch, words), letters and rows of features, to emissions.

    Inputs as of ``TagNetwork.inputs``, 0 behind the last word; emissions (batch, words, readings *
    tags), the readings side by side. hidden_words: share of the words' vectors and of the features
    that are hidden in training; dropout: of what the recurrent layers read and tell. The table of
    features and the transitions start at zero.
    """
    numbers = keras.Input((None,), dtype="int32", name="numbers")
    inputs, is_word = [numbers], keras.ops.not_equal(numbers, 0)
    words = keras.layers.Embedding(len(network.words), network.dim, uniform(seed), name="words")
    parts = [_hidden(words(numbers), hidden_words, seed + 60)]
    if network.filters:
        letters = keras.Input((None, LETTERS), dtype="int32", name="letters")
        inputs.append(letters)
        parts.append(_read_letters(network, letters, seed))
    vectors = _dropped(keras.layers.Concatenate()(parts) if parts[1:] else parts[0], dropout, seed)
    states = {}
    for side in network.sides:
        layer: Any = recurrent_layer(
            network.cell,
            network.units,
            seed=seed + (11 if side == "left" else 13),
            return_sequences=True,
            go_backwards=side == "right",
            name=WAYS[side],
        )
        state = layer(vectors, mask=is_word)
        state = keras.ops.flip(state, axis=1) if side == "right" else state
        states[side] = _dropped(state, dropout, seed + (1 if side == "left" else 2))
    rows: Tensor = None
    if network.buckets:
        places = keras.Input((None, sum(network.counts.values())), dtype="int32", name="rows")
        inputs.append(places)
        table = keras.layers.Embedding(network.buckets, network.tags, "zeros", name="table")
        rows = _hidden(table(places), hidden_words, seed + 61)
    emissions = []
    for at, reading in enumerate(network.readings):
        state = [states[side] for side in network.sides if reading in ("both", side)]
        dense = keras.layers.Dense(
            network.tags, kernel_initializer=glorot(seed + 20 + at), name=reading
        )
        emitted: Tensor = dense(keras.layers.Concatenate()(state) if state[1:] else state[0])
        if network.buckets:
            seen = keras.ops.take(rows, network.columns(reading), axis=2)
            emitted = emitted + keras.ops.sum(seen, axis=2)
        if network.transitions and not at:
            emitted = emitted + _first_tags(network.tags, numbers)
        emissions.append(emitted)
    outputs = keras.layers.Concatenate()(emissions) if emissions[1:] else emissions[0]
    return keras.Model(inputs, outputs)


def _read_letters(network: TagNetwork, letters: Tensor, seed: int) -> Tensor:
    """The largest that each filter finds in a word, (batch, words, filters)."""
    known = keras.layers.Embedding(
        len(network.characters) + 2, network.character_dim, uniform(seed + 1), name="characters"
    )
    filters = keras.layers.Conv2D(
        network.filters,
        (1, WINDOW),
        padding="same",
        activation="relu",
        kernel_initializer=glorot(seed + 2),
        name="filters",
    )
    return keras.ops.max(filters(known(letters)), axis=2)


def _first_tags(tags: int, numbers: Tensor) -> Tensor:
    """What a tag of the first word costs, (batch, words, tags), zero of all other words.

    The layer keeps it in its first row; the others, from one tag to the next, are the loss's.
    """
    layer = keras.layers.Embedding(1 + tags, tags, "zeros", name="transitions")
    place = keras.ops.cumsum(keras.ops.ones_like(numbers), axis=1)
    is_first = keras.ops.cast(keras.ops.equal(place, 1), "float32")
    return layer(keras.ops.zeros_like(numbers)) * keras.ops.expand_dims(is_first, -1)


def _hidden(vectors: Tensor, share: float, seed: int) -> Tensor:
    """Vectors, of which a share is hidden, each as a whole, while it learns."""
    if not share:
        return vectors
    shown = keras.layers.Dropout(share, seed=seed)(keras.ops.ones_like(vectors[..., :1]))
    return vectors * shown


def _dropped(values: Tensor, share: float, seed: int) -> Tensor:
    return keras.layers.Dropout(share, seed=seed + 50)(values) if share else values


def tag_loss(model: keras.Model, network: TagNetwork) -> Callable[[Any, Any], Any]:
    """The loss of a model's emissions, in nats a word: of (targets (batch, words), outputs).

    Targets are numbers of tags, NO_WORD behind the last word. The reading that counts has the
    surprise of its path, where there is a transition layer, else that of each word; the others are
    learned aside.
    """
    layer = model.get_layer("transitions") if network.transitions else None

    def loss(targets: Tensor, outputs: Tensor) -> Tensor:
        is_word = targets >= 0
        words = tf.reduce_sum(tf.cast(is_word, tf.float32))
        first, *others = tf.split(outputs, len(network.readings), -1)
        if layer is None:
            total = _surprise(targets, first, is_word)
        else:
            given = tf.convert_to_tensor(layer.embeddings)[1:]
            total = tf.reduce_sum(path_surprise(targets, first, given, is_word))
        for emitted in others:
            total += ASIDE * _surprise(targets, emitted, is_word)
        return total / words

    return loss


def _surprise(targets: Tensor, emitted: Tensor, is_word: Tensor) -> Tensor:
    """The sum over the words of -log p(tag), in nats."""
    surprise = tf.nn.sparse_softmax_cross_entropy_with_logits(tf.maximum(targets, 0), emitted)
    return tf.reduce_sum(tf.where(is_word, surprise, 0.0))


def tag_weights(model: keras.Model, network: TagNetwork) -> dict[str, np.ndarray]:
    """The weights of a built network by the names of ``weight_names``."""
    return {
        f"{layer}.{part}": np.array(array)
        for layer, parts in weight_names(network).items()
        for part, array in zip(parts, model.get_layer(layer).get_weights(), strict=True)
    }
