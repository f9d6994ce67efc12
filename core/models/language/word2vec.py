"""word2vec in Keras: skip-gram and CBOW over pieces of text, as products of whole matrices.

A word's row is looked up once for each place that it stands at, and all pairs of a piece are one
product of its input and its output vectors, of which those within the window count; the negative
samples of a piece are shared by its words. Expectations are those of word2vec's pair by pair.
Sources: Mikolov et al. (2013), arXiv:1310.4546; Ji et al. (2016), arXiv:1604.04661.
"""

import time
from typing import Any

import keras
import numpy as np
import tensorflow as tf

Tensor = Any  # TensorFlow's types do not know Keras's
_BETAS, _EPSILON = (0.9, 0.999), 1e-7  # Keras's own


def build_word2vec(words: int, dim: int, seed: int) -> keras.Model:
    """A model of [word (batch,), other (batch,)] -> logit (batch, 1) that they stand together.

    Its weights are the input vectors, (words, dim), drawn within 0.5 / dim, and the output vectors,
    zeros at first, as in word2vec's program.
    """
    word, other = (keras.Input((), dtype="int32", name=name) for name in ("word", "other"))
    drawn: Any = keras.initializers.RandomUniform(-0.5 / dim, 0.5 / dim, seed=seed)
    inputs = keras.layers.Embedding(words, dim, drawn, name="input_vectors")(word)
    outputs = keras.layers.Embedding(words, dim, "zeros", name="output_vectors")(other)
    return keras.Model([word, other], keras.layers.Dot(1)([inputs, outputs]), name="word2vec")


def within_windows(ids: Tensor, reach: Tensor) -> Tensor:
    """Which places of a piece are read together, float32 (rows, length, length).

    ids: int32 (rows, length), negative between sentences and behind the last word. reach: how far
    the window of each place goes, int32 (rows, length). 1 where the second place is in the window
    of the first and in its sentence.
    """
    places = tf.range(tf.shape(ids)[1])
    apart = tf.abs(places[:, None] - places[None, :])[None]
    sentence = tf.cumsum(tf.cast(ids < 0, tf.int32), 1)
    together = (
        (apart > 0)
        & (apart <= reach[:, :, None])
        & (sentence[:, :, None] == sentence[:, None, :])
        & (ids >= 0)[:, :, None]
        & (ids >= 0)[:, None, :]
    )
    return tf.cast(together, tf.float32)


def loss_of(
    vectors: Tensor,
    outputs: Tensor,
    ids: Tensor,
    reach: Tensor,
    noise: Tensor,
    negatives: float,
    method: str,
    objective: str,
) -> Tensor:
    """The mean loss of a batch in nats: of skip-gram per pair, of CBOW per word.

    vectors, outputs: the two matrices, (words, dim). noise: int32 (rows, drawn), the negative
    samples of each row; of the words that are predicted each counts ``negatives / drawn``. method:
    "skip-gram" or "cbow"; objective: "negatives", or "softmax", which asks all words.
    """
    near = within_windows(ids, reach)
    known = tf.maximum(ids, 0)
    count = tf.reduce_sum(near, 2)  # of the words in each window
    hidden = tf.gather(vectors, known)
    if method == "cbow":
        hidden = near @ hidden / tf.expand_dims(tf.maximum(count, 1), -1)
        count = tf.minimum(count, 1)
    true = tf.gather(outputs, known)
    if method == "cbow":
        scores, weights = tf.reduce_sum(hidden * true, 2), count
    else:
        scores, weights = tf.matmul(hidden, true, transpose_b=True), near
    if objective == "softmax":
        total = tf.reduce_logsumexp(tf.einsum("rld,wd->rlw", hidden, outputs), 2)
        loss = tf.reduce_sum(total * count) - tf.reduce_sum(scores * weights)
    else:
        sampled = tf.matmul(hidden, tf.gather(outputs, noise), transpose_b=True)
        share = negatives / tf.cast(tf.shape(noise)[1], tf.float32)
        loss = tf.reduce_sum(tf.nn.softplus(-scores) * weights) + share * tf.reduce_sum(
            tf.nn.softplus(sampled) * tf.expand_dims(count, -1)
        )
    return loss / tf.maximum(tf.reduce_sum(count), 1)


class WordTrainer:
    """Training of a model of ``build_word2vec`` by Adam, a batch of pieces in a compiled call.

    Its updates are Keras's, made in one operation a matrix: with many words they are most of the
    work.

    negatives, method, objective: as for ``loss_of``. train_s: seconds that were spent in steps,
    tracing included.
    """

    def __init__(self, model: keras.Model, negatives: int, method: str, objective: str):
        self.model = model
        self.train_s = 0.0
        self._negatives, self._method, self._objective = float(negatives), method, objective
        self._rate, self._updates = _zeros(()), _zeros(())
        self._moments = [
            [_zeros(matrix.shape) for _ in _BETAS] for matrix in model.trainable_variables
        ]
        signature = [tf.TensorSpec((None, None), tf.int32)] * 3
        self._compiled = tf.function(self._learn, input_signature=signature, autograph=False)
        self._loss = tf.function(self._score, input_signature=signature, autograph=False)

    def steps_per_execution(self) -> int:
        """A batch at a time."""
        return 1

    def steps(
        self, ids: np.ndarray, reach: np.ndarray, rate: float, noise: np.ndarray
    ) -> list[float]:
        """Learn from batch after batch, int32 (count, rows, ...); returns their losses."""
        began = time.perf_counter()
        self._rate.assign(rate)
        losses = [float(self._compiled(*batch)) for batch in zip(ids, reach, noise, strict=True)]
        self.train_s += time.perf_counter() - began
        return losses

    def loss(self, ids: np.ndarray, reach: np.ndarray, noise: np.ndarray) -> float:
        """The loss of one batch, of which nothing is learned."""
        return float(self._loss(tf.constant(ids), tf.constant(reach), tf.constant(noise)))

    def vectors(self) -> np.ndarray:
        """The input vectors as they are, float32 (words, dim)."""
        return self.matrices()[0]

    def matrices(self) -> tuple[np.ndarray, np.ndarray]:
        """The input and the output vectors as they are, float32 (words, dim) each."""
        names = ("input_vectors", "output_vectors")
        inputs, outputs = (self.model.get_layer(name).embeddings.numpy() for name in names)
        return inputs, outputs

    def _of(self, matrices: list[Tensor], ids: Tensor, reach: Tensor, noise: Tensor) -> Tensor:
        vectors, outputs = matrices
        return loss_of(
            vectors, outputs, ids, reach, noise, self._negatives, self._method, self._objective
        )

    def _score(self, ids: Tensor, reach: Tensor, noise: Tensor) -> Tensor:
        return self._of([v.value for v in self.model.trainable_variables], ids, reach, noise)

    def _learn(self, ids: Tensor, reach: Tensor, noise: Tensor) -> Tensor:
        with tf.GradientTape() as tape:
            matrices = [v.value for v in self.model.trainable_variables]
            tape.watch(matrices)
            loss = self._of(matrices, ids, reach, noise)
        gradients = [tf.convert_to_tensor(g) for g in tape.gradient(loss, matrices)]
        self._updates.assign_add(1.0)
        powers = [beta**self._updates for beta in _BETAS]
        for matrix, gradient, moments in zip(matrices, gradients, self._moments, strict=True):
            tf.raw_ops.ResourceApplyAdam(
                var=matrix.handle,
                m=moments[0].handle,
                v=moments[1].handle,
                beta1_power=powers[0],
                beta2_power=powers[1],
                lr=self._rate,
                beta1=_BETAS[0],
                beta2=_BETAS[1],
                epsilon=_EPSILON,
                grad=gradient,
            )
        return loss


def _zeros(shape: Any) -> Any:
    initial: Any = tf.zeros(shape)
    return tf.Variable(initial, trainable=False)
