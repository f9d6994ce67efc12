"""Networks that answer questions about stories, in Keras: ``core.numeric.language.answering``."""

from itertools import pairwise
from typing import Any

import keras
import numpy as np

from core.models.recurrent.layers import recurrent_layer
from core.models.seeds import glorot
from core.numeric.language.answering.network import AnswerNetwork, weight_names

Tensor = Any  # TensorFlow's types do not know Keras's
_SPREAD = 0.1  # standard deviation of the words' vectors at the start, as in the paper


def build_answer_network(network: AnswerNetwork, seed: int = 0) -> keras.Model:
    """A model of bags (batch, longest, words) and (batch, words) to logits (batch, answers)."""
    words = len(network.vocabulary)
    stories = keras.Input((network.longest, words), name="story")
    questions = keras.Input((words,), name="question")
    build = _memory if network.kind == "memory" else _recurrent
    vectors = build(network, stories, questions, seed)
    dense = keras.layers.Dense(
        len(network.answers), kernel_initializer=glorot(seed + 5), name="dense"
    )
    return keras.Model([stories, questions], dense(vectors))


def _memory(network: AnswerNetwork, stories: Tensor, questions: Tensor, seed: int) -> Tensor:
    is_there = keras.ops.any(stories > 0, axis=-1)
    steps: Tensor = keras.ops.cumsum(keras.ops.ones_like(stories[:1, :, 0]), axis=1)
    ages = keras.ops.one_hot(keras.ops.cast(steps - 1, "int32"), network.longest)
    memories, vectors = [], None
    for hop in range(network.hops + 1):
        layer = _vectors(network.units, seed + 10 + hop, f"words_{hop}")
        age = _vectors(network.units, seed + 30 + hop, f"ages_{hop}")
        memories.append(layer(stories) + age(ages))
        vectors = layer(questions) if hop == 0 else vectors
    for keys, values in pairwise(memories):
        vectors = vectors + _looked_up(vectors, keys, values, is_there)
    return vectors


def _recurrent(network: AnswerNetwork, stories: Tensor, questions: Tensor, seed: int) -> Tensor:
    parts = [keras.ops.flip(stories, axis=1), keras.ops.expand_dims(questions, 1)]
    whole: Tensor = keras.ops.concatenate(parts[::-1] if network.question_first else parts, axis=1)
    looks = network.kind == "attention"
    read = _vectors(network.units, seed + 10, "words_0")(whole)
    layer = recurrent_layer(
        network.cell, network.units, seed=seed + 1, return_sequences=looks, name="recurrent"
    )
    hidden = layer(read, mask=keras.ops.any(whole > 0, axis=-1))
    if not looks:
        return hidden
    states = hidden[:, 1:] if network.question_first else hidden[:, :-1]
    states = keras.ops.flip(states, axis=1)
    vectors = _vectors(network.units, seed + 11, "words_1")(questions)
    is_there = keras.ops.any(stories > 0, axis=-1)
    for _hop in range(network.hops):
        vectors = vectors + _looked_up(vectors, states, states, is_there)
    return vectors


def _vectors(units: int, seed: int, name: str) -> keras.layers.Layer:
    """A sum of vectors: one of each word, or age, that is counted."""
    spread: Any = keras.initializers.RandomNormal(stddev=_SPREAD, seed=seed)
    return keras.layers.Dense(units, use_bias=False, kernel_initializer=spread, name=name)


def _looked_up(vectors: Tensor, keys: Tensor, values: Tensor, is_there: Tensor) -> Tensor:
    """The sentences' values, each with its share of the attention, (batch, units)."""
    scores = keras.ops.einsum("bd,bmd->bm", vectors, keys)
    shares = keras.ops.softmax(keras.ops.where(is_there, scores, -1e9))
    return keras.ops.einsum("bm,bmd->bd", shares, values)


def answer_weights(model: keras.Model, network: AnswerNetwork) -> dict[str, np.ndarray]:
    """The weights of a built network by the names of ``weight_names``."""
    return {
        f"{layer}.{part}": np.array(array)
        for layer, parts in weight_names(network).items()
        for part, array in zip(parts, model.get_layer(layer).get_weights(), strict=True)
    }
