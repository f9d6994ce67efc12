"""Networks that make one vector of a sentence: paragraph vectors, and a recurrent autoencoder."""

from typing import Any

import keras
import numpy as np
import tensorflow as tf

from core.models.recurrent.layers import recurrent_layer
from core.models.seeds import glorot, uniform
from core.numeric.language.thoughts.networks import SHRINKAGE

Tensor = Any  # TensorFlow's types do not know Keras's


def build_paragraph_vectors(texts: int, words: int, dim: int, seed: int) -> keras.Model:
    """PV-DBOW: the number of a text (batch,) to [logits of its words (batch, words), its vector].

    The vector (batch, dim) is what the loss shrinks. Layers: paragraphs and words.
    """
    number = keras.Input((), dtype="int32", name="text")
    vectors = keras.layers.Embedding(texts, dim, uniform(seed), name="paragraphs")(number)
    told = keras.layers.Dense(words, kernel_initializer=glorot(seed + 1), name="words")(vectors)
    return keras.Model(number, [told, vectors], name="paragraph_vectors")


def paragraph_loss(ids: Tensor, outputs: Tensor) -> Tensor:
    """What the vectors of a batch cost on average: the words' surprise in nats, and their length.

    ids: the words of each text, numbered from 1, int32 (batch, longest), 0 behind the last.
    outputs: of the model.
    """
    logits, vectors = outputs
    known = tf.cast(ids > 0, tf.float32)
    told = tf.gather(tf.nn.log_softmax(logits), tf.maximum(ids - 1, 0), batch_dims=1)
    count = tf.maximum(tf.reduce_sum(known, 1), 1)
    surprise = -tf.reduce_sum(told * known, 1) / count
    return tf.reduce_mean(surprise + SHRINKAGE / 2 * tf.reduce_sum(vectors**2, 1))


def build_sentence_autoencoder(
    words: int, longest: int, embedding_dim: int, units: int, cell: str, seed: int
) -> keras.Model:
    """Words (batch, longest), numbered from 1, to logits (batch, longest, words + 1) of the same.

    The last state (batch, units) of the encoder is all that the decoder gets, at every step; words
    0 behind the last are not read. Layers: embedding, encoder, decoder and words.
    """
    ids = keras.Input((longest,), dtype="int32", name="ids")
    embedding = keras.layers.Embedding(
        words + 1, embedding_dim, uniform(seed), mask_zero=True, name="embedding"
    )
    state: Any = recurrent_layer(cell, units, seed=seed + 1, name="encoder")(embedding(ids))
    again = keras.layers.RepeatVector(longest)(state)
    write = recurrent_layer(cell, units, seed=seed + 3, return_sequences=True, name="decoder")
    told = keras.layers.Dense(words + 1, kernel_initializer=glorot(seed + 5), name="words")
    return keras.Model(ids, told(write(again)), name="sentence_autoencoder")


def reader_weights(model: keras.Model) -> dict[str, np.ndarray]:
    """What the reader in NumPy needs of an autoencoder."""
    names = ("kernel", "recurrent", "bias")
    encoder = dict(zip(names, model.get_layer("encoder").get_weights(), strict=True))
    return {"embedding": model.get_layer("embedding").get_weights()[0], **encoder}


def paragraph_weights(model: keras.Model) -> dict[str, np.ndarray]:
    """What paragraph vectors in NumPy need."""
    outputs, bias = model.get_layer("words").get_weights()
    return {"outputs": outputs, "bias": bias}
