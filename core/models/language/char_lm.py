"""The character-level recurrent language model in Keras, its state an input and an output."""

from collections.abc import Sequence

import keras
import numpy as np

from core.models.seeds import glorot, orthogonal, uniform
from core.numeric.language.language_model import LanguageModel
from core.numeric.recurrent.cells import CELLS

_LAYERS = {"rnn": keras.layers.SimpleRNN, "lstm": keras.layers.LSTM, "gru": keras.layers.GRU}


def build_char_lm(
    vocabulary_size: int,
    cell: str = "lstm",
    units: int = 256,
    layers: int = 1,
    embedding_dim: int = 32,
    dropout: float = 0.0,
    seed: int = 0,
) -> keras.Model:
    """A model of [ids (batch, time), state, ...] -> [logits (batch, time, vocabulary), state, ...].

    Each layer has one state (batch, units), the LSTM two: hidden, then cell. dropout acts on the
    output of each layer. The GRU is the course's (``reset_after=False``).
    """
    ids = keras.Input((None,), dtype="int32", name="ids")
    count = CELLS[cell].states
    given = [keras.Input((units,), name=f"state_{i}") for i in range(layers * count)]
    more = {"reset_after": False} if cell == "gru" else {}
    hidden = keras.layers.Embedding(vocabulary_size, embedding_dim, uniform(seed))(ids)
    returned = []
    for i in range(layers):
        layer = _LAYERS[cell](
            units,
            return_sequences=True,
            return_state=True,
            kernel_initializer=glorot(seed + 3 * i + 1),
            recurrent_initializer=orthogonal(seed + 3 * i + 2),
            name=f"{cell}_{i}",
            **more,
        )
        hidden, *after = layer(hidden, initial_state=given[i * count : (i + 1) * count])
        returned += after
        hidden = keras.layers.Dropout(dropout, seed=seed + 3 * i + 3)(hidden)
    logits = keras.layers.Dense(
        vocabulary_size, kernel_initializer=glorot(seed + 3 * layers + 1), name="logits"
    )(hidden)
    return keras.Model([ids, *given], [logits, *returned], name=f"char_{cell}")


def named_weights(arrays: Sequence[np.ndarray]) -> dict[str, np.ndarray]:
    """What ``get_weights`` of such a model gives, by the names of ``LanguageModel``."""
    layers = (len(arrays) - 3) // 3
    named = {"embedding": arrays[0], "logits_kernel": arrays[-2], "logits_bias": arrays[-1]}
    for i in range(layers):
        kernel, recurrent, bias = arrays[1 + 3 * i : 4 + 3 * i]
        named |= {f"kernel_{i}": kernel, f"recurrent_{i}": recurrent, f"bias_{i}": bias}
    return named


def to_numpy(model: keras.Model, cell: str, vocabulary: str) -> LanguageModel:
    """The model as it is now, for NumPy: what generates, scores and explains."""
    return LanguageModel(cell, vocabulary, named_weights(model.get_weights()))
