"""Encoder-decoder networks in Keras, with and without attention."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any

import keras
import numpy as np
import tensorflow as tf

from core.models.recurrent.fast_cells import Tensor
from core.models.recurrent.layers import bidirectional_layer, recurrent_layer
from core.models.seeds import glorot, uniform
from core.numeric.language.codec import PAD, START, Codec
from core.numeric.language.seq2seq import Seq2Seq, Seq2SeqArchitecture
from core.numeric.recurrent.cells import CELLS

_EVERYTHING: Any = {"return_sequences": True, "return_state": True}
_PARTS = ("kernel", "recurrent", "bias")
# Layer -> the names in Seq2Seq of its weights, in Keras's order; dot-product attention has none.
_NAMES = {
    "encoder_embedding": ["encoder.embedding"],
    "decoder_embedding": ["decoder.embedding"],
    "forward": [f"forward.{part}" for part in _PARTS],
    "both_ways": [f"{way}.{part}" for way in ("forward", "backward") for part in _PARTS],
    "decoder": [f"decoder.{part}" for part in _PARTS],
    "query": ["attention.query"],
    "key": ["attention.key"],
    "attention": ["attention.scale"],
    "combined": ["combined.kernel", "combined.bias"],
    "logits": ["logits.kernel", "logits.bias"],
    "position": ["position"],
    "start": ["start.kernel", "start.bias"],
    "self_attention": [
        f"{part}.{what}"
        for part in ("query", "key", "value", "output")
        for what in ("kernel", "bias")
    ],
}


@dataclass(frozen=True)
class EncoderDecoder:
    """An encoder-decoder, and its two halves, which share its layers.

    whole: [questions (batch, time), decoder_inputs (batch, steps)], ids, -> logits (batch, steps,
    symbols); with teacher forcing the decoder reads START and the right answer.
    encoder: questions -> [memory, state, ...].
    decoder: [decoder_inputs, questions, memory, state, ...] -> [logits, state, ...].
    """

    whole: keras.Model
    encoder: keras.Model
    decoder: keras.Model


def build_seq2seq(
    symbols: int,
    architecture: Seq2SeqArchitecture,
    units: int,
    *,
    embedding_dim: int = 16,
    answer_length: int | None,
    read_symbols: int = 0,
    tied: bool = False,
    dropout: float = 0.0,
    seed: int = 0,
) -> EncoderDecoder:
    """An encoder-decoder over ids below ``symbols``; the decoder has ``units``.

    answer_length: steps of an answer; None if that differs. read_symbols: ids that are read, if
    those are others than are written. tied: the logits are products with the decoder's embedding
    (Press & Wolf 2017, arXiv:1608.05859).
    An encoder that reads both ways has half the units each way. The attention comes after the
    decoder's cell (Luong et al. 2015), so that all steps of a training answer are one call.
    dropout: share of the memory, and of what the logits are taken from, that is hidden in training.
    """
    questions = keras.Input((architecture.question_length or None,), dtype="int32")
    memory, state = _encoder(
        questions, read_symbols or symbols, architecture, units, embedding_dim, seed
    )
    if dropout:
        memory = keras.layers.Dropout(dropout, seed=seed + 50)(memory)
    encoder = keras.Model(questions, [memory, *state], name="encoder")

    made: Any = {"embeddings_initializer": uniform(seed + 20), "name": "decoder_embedding"}
    kind = keras.layers.ReversibleEmbedding if tied else keras.layers.Embedding
    embed: Any = kind(symbols, embedding_dim, **made)
    cell = recurrent_layer(architecture.cell, units, seed=seed + 21, name="decoder", **_EVERYTHING)
    attend = _attention(architecture, units, embedding_dim if tied else units, tied, seed + 30)
    logits = keras.layers.Dense(symbols, kernel_initializer=glorot(seed + 40), name="logits")
    to_logits = partial(embed, reverse=True) if tied else logits
    hide = keras.layers.Dropout(dropout, seed=seed + 51) if dropout else keras.layers.Identity()

    def decode(
        decoder_inputs: Tensor, questions: Tensor, memory: Tensor, state: Sequence[Tensor]
    ) -> list[Any]:
        output, *after = cell(embed(decoder_inputs), initial_state=state)
        return [to_logits(hide(attend(output, memory, questions))), *after]

    decoder_inputs = keras.Input((answer_length,), dtype="int32", name="decoder_inputs")
    whole = keras.Model(
        [questions, decoder_inputs],
        decode(decoder_inputs, questions, memory, state)[0],
        name="seq2seq",
    )
    if architecture.attention == "additive":  # Keras draws its v from no seed
        scale: Any = whole.get_layer("attention")
        scale.set_weights([glorot(seed + 33)((units,))])
    one = keras.Input((1,), dtype="int32", name="one")
    given = [keras.Input(part.shape[1:]) for part in (memory, *state)]
    decoder = keras.Model(
        [one, questions, *given], decode(one, questions, given[0], given[1:]), name="decoder"
    )
    return EncoderDecoder(whole, encoder, decoder)


def _encoder(
    questions: Tensor,
    symbols: int,
    architecture: Seq2SeqArchitecture,
    units: int,
    embedding_dim: int,
    seed: int,
) -> tuple[Tensor, Sequence[Tensor]]:
    """The memory (batch, time, units) and the decoder's first state, a list of (batch, units)."""
    attends = architecture.encoder == "self_attention"
    width = units if attends else embedding_dim
    embed = keras.layers.Embedding(symbols, width, uniform(seed), name="encoder_embedding")
    embedded = embed(questions)
    if attends:
        return _self_attention(questions, embedded, architecture, units, seed)
    known = keras.ops.not_equal(questions, PAD) if architecture.masked else None
    if architecture.encoder == "one_way":
        layer = recurrent_layer(
            architecture.cell, units, seed=seed + 1, name="forward", **_EVERYTHING
        )
        memory, *state = layer(embedded, mask=known)
        return memory, state
    both: Any = bidirectional_layer(
        architecture.cell, units // 2, seed=seed + 1, name="both_ways", **_EVERYTHING
    )
    memory, *states = both(embedded, mask=known)
    half = len(states) // 2
    pairs = zip(states[:half], states[half:], strict=True)
    return memory, [keras.layers.Concatenate()(list(pair)) for pair in pairs]


def _self_attention(
    questions: Tensor, embedded: Tensor, architecture: Seq2SeqArchitecture, units: int, seed: int
) -> tuple[Tensor, Sequence[Tensor]]:
    """One layer in which every place looks at every other (Vaswani et al. 2017), and their mean."""
    counted: Any = keras.ops.cumsum(keras.ops.ones_like(questions), axis=1)
    position = keras.layers.Embedding(
        architecture.question_length, units, uniform(seed + 2), name="position"
    )(counted - 1)
    known = keras.ops.not_equal(questions, PAD)
    placed = keras.layers.Add()([embedded, position])
    look: Any = keras.layers.MultiHeadAttention(1, units, name="self_attention")
    seen = look(placed, placed, attention_mask=keras.ops.expand_dims(known, 1))
    # Keras would draw all four kernels from one seed: they would be the same.
    look.set_weights(
        [
            np.reshape(glorot(seed + 3 + i // 2)((units, units)), w.shape) if i % 2 == 0 else w
            for i, w in enumerate(look.get_weights())
        ]
    )
    memory = keras.layers.Add()([placed, seen])
    mean = keras.layers.GlobalAveragePooling1D()(memory, mask=known)
    states = CELLS[architecture.cell].states
    start = keras.layers.Dense(
        states * units, "tanh", kernel_initializer=glorot(seed + 7), name="start"
    )(mean)
    return memory, [start[:, i * units : (i + 1) * units] for i in range(states)]


def _attention(
    architecture: Seq2SeqArchitecture, units: int, out: int, always: bool, seed: int
) -> Callable[[Tensor, Tensor, Tensor], Tensor]:
    """A function of (decoder's outputs, memory, questions): what the logits are taken from.

    out: its size; without attention that of the decoder's outputs, but if ``always``.
    """
    combine = keras.layers.Dense(out, "tanh", kernel_initializer=glorot(seed + 2), name="combined")
    if architecture.attention == "none":
        return lambda output, memory, questions: combine(output) if always else output
    additive = architecture.attention == "additive"
    kind = keras.layers.AdditiveAttention if additive else keras.layers.Attention
    attention = kind(name="attention")
    query, key = (
        keras.layers.Dense(units, use_bias=False, kernel_initializer=glorot(s), name=name)
        for name, s in (("query", seed), ("key", seed + 1))
    )
    join = keras.layers.Concatenate(name="context_and_state")

    def attend(output: Tensor, memory: Tensor, questions: Tensor) -> Tensor:
        known: Any = None
        if architecture.masked or architecture.encoder == "self_attention":
            known = keras.ops.not_equal(questions, PAD)
        queries = query(output) if additive else output
        keys = key(memory) if additive else memory
        context = attention([queries, memory, keys], mask=[None, known])
        return combine(join([context, output]))

    return attend


def piece_loss(targets: Tensor, logits: Tensor) -> Tensor:
    """Cross-entropy in nats, the mean over what is not PAD."""
    counted = targets != PAD
    losses = tf.nn.sparse_softmax_cross_entropy_with_logits(
        tf.boolean_mask(targets, counted), tf.boolean_mask(logits, counted)
    )
    return tf.reduce_mean(losses)


class FreeRunning(keras.Model):
    """A network whose decoder reads, in training, what it wrote itself, not the right answer.

    No gradient flows through the choice of a symbol; so what is learned from is the same as if the
    symbols that it wrote had been given to it.
    """

    def __init__(self, network: EncoderDecoder):
        super().__init__()
        self._network = network
        self.whole = network.whole  # whose weights are this model's

    def call(self, inputs: Sequence[Tensor], training: bool = False) -> Tensor:
        """Logits, as of the whole network."""
        questions, decoder_inputs = inputs
        if training:
            steps = decoder_inputs.shape[1]
            decoder_inputs = tf.stop_gradient(written(self._network, questions, steps))
        return self.whole([questions, decoder_inputs], training=training)


def written(network: EncoderDecoder, questions: Tensor, steps: int) -> tf.Tensor:
    """What the decoder reads when it goes on from its own answers, int32 (batch, steps)."""
    memory, *state = map(tf.identity, network.encoder(questions))  # which drops Keras's masks
    ids = [tf.fill((tf.shape(questions)[0], 1), START)]
    for _ in range(steps - 1):
        logits, *state = network.decoder([ids[-1], questions, memory, *state])
        ids.append(tf.argmax(logits, -1, output_type=tf.int32))
    return tf.concat(ids, 1)


def named_weights(network: EncoderDecoder) -> dict[str, np.ndarray]:
    """The weights by the names of ``core.numeric.seq2seq.Seq2Seq``."""
    return {
        name: _flat(name, array)
        for layer in network.whole.layers
        for name, array in zip(_NAMES.get(layer.name, []), layer.get_weights(), strict=False)
    }


def load_weights(network: EncoderDecoder, model: Seq2Seq) -> None:
    """Give a network the weights of a trained one of the same architecture."""
    for layer in network.whole.layers:
        before = layer.get_weights()
        names = _NAMES.get(layer.name, [])[: len(before)]
        pairs = zip(names, before, strict=True)
        layer.set_weights([model.weights[name].reshape(array.shape) for name, array in pairs])


def _flat(name: str, array: np.ndarray) -> np.ndarray:
    """Keras's heads, of which there is one, as plain matrices."""
    part, _, what = name.partition(".")
    if part not in ("query", "key", "value", "output"):
        return array
    if what == "bias":
        return array.ravel()
    return array.reshape((-1, array.shape[-1]) if part == "output" else (len(array), -1))


def to_numpy(network: EncoderDecoder, codec: Codec, architecture: Seq2SeqArchitecture) -> Seq2Seq:
    """The network as it is now, for NumPy."""
    return Seq2Seq(codec, architecture, named_weights(network))
