"""The loss of a transition layer (linear-chain CRF) over the tags of a sentence, in TensorFlow.

The gradient is that of the sum over all paths: what the forward and the backward pass together say
of each tag and of each pair, less what is true. Both passes are one compiled loop each.
Source: Lafferty, McCallum & Pereira (2001); Lample et al. (2016), arXiv:1603.01360.
"""

from collections.abc import Callable
from typing import Any

import tensorflow as tf

Tensor = Any  # TensorFlow's types do not know Keras's


def path_surprise(tags: Tensor, emissions: Tensor, transitions: Tensor, is_word: Tensor) -> Tensor:
    """-log p(tags), in nats, (batch,), of paths whose shares go with exp(score).

    tags: int (batch, words); emissions: (batch, words, tags); transitions: (tags, tags), from
    one tag, a row, to the next; is_word: bool (batch, words), False only behind the last word.
    """
    tags = tf.where(is_word, tags, 0)
    counts = tf.cast(is_word, emissions.dtype)
    emitted = tf.gather(emissions, tags, batch_dims=2)
    passed = tf.gather_nd(transitions, tf.stack([tags[:, :-1], tags[:, 1:]], -1))
    score = tf.reduce_sum(emitted * counts, 1) + tf.reduce_sum(passed * counts[:, 1:], 1)
    log_sum: Tensor = log_sum_of_paths(emissions, transitions, is_word)
    return log_sum - score


@tf.custom_gradient
def log_sum_of_paths(
    emissions: Tensor, transitions: Tensor, is_word: Tensor
) -> tuple[Tensor, Callable[[Tensor], tuple[Tensor, Tensor, None]]]:
    """Log of the sum of exp(score) over all paths, (batch,); arguments as of ``path_surprise``."""

    def gradient(upstream: Tensor) -> tuple[Tensor, Tensor, None]:
        return *_gradient(emissions, transitions, is_word, upstream), None

    # told that nothing is to be derived, it keeps no lists of what it held, which XLA could not
    return _log_sum(tf.stop_gradient(emissions), tf.stop_gradient(transitions), is_word), gradient


@tf.function(jit_compile=True, autograph=False)
def _log_sum(emissions: Tensor, transitions: Tensor, is_word: Tensor) -> Tensor:
    return tf.reduce_logsumexp(_forward(emissions, transitions, is_word)[-1], -1)


@tf.function(jit_compile=True, autograph=False)
def _gradient(
    emissions: Tensor, transitions: Tensor, is_word: Tensor, upstream: Tensor
) -> tuple[Tensor, Tensor]:
    """Each tag's and each pair's share of all paths, times ``upstream`` (batch,)."""
    before = _forward(emissions, transitions, is_word)
    after = _backward(emissions, transitions, is_word)
    log_sum = tf.reduce_logsumexp(before[-1], -1)[:, None]
    real: Tensor = tf.cast(tf.transpose(is_word), emissions.dtype)
    counts = real[..., None] * upstream[:, None]
    shares = tf.exp(before + after - log_sum) * counts
    onward = tf.transpose(emissions, [1, 0, 2])[1:] + after[1:]
    pairs = tf.exp(
        before[:-1, :, :, None] + transitions + onward[:, :, None, :] - log_sum[..., None]
    )
    passed = tf.reduce_sum(pairs * counts[1:, ..., None], [0, 1])
    return tf.transpose(shares, [1, 0, 2]), passed


def _forward(emissions: Tensor, transitions: Tensor, is_word: Tensor) -> Tensor:
    """Log of the sum over what comes before a word and is in a tag there, (words, batch, tags)."""

    def step(before: Tensor, word: tuple[Tensor, Tensor]) -> Tensor:
        emitted, real = word
        passed = tf.reduce_logsumexp(before[:, :, None] + transitions, 1)
        return tf.where(real[:, None], passed + emitted, before)

    words = tf.transpose(emissions, [1, 0, 2])
    rest = tf.scan(step, (words[1:], tf.transpose(is_word)[1:]), words[0])
    return tf.concat([words[:1], rest], 0)


def _backward(emissions: Tensor, transitions: Tensor, is_word: Tensor) -> Tensor:
    """Log of the sum over what comes after a word in a tag, (words, batch, tags)."""

    def step(after: Tensor, word: tuple[Tensor, Tensor]) -> Tensor:
        emitted, real = word
        passed = tf.reduce_logsumexp((emitted + after)[:, None, :] + transitions, 2)
        return tf.where(real[:, None], passed, after)

    words = tf.transpose(emissions, [1, 0, 2])
    last = tf.zeros_like(words[0])
    rest = tf.scan(step, (words[1:], tf.transpose(is_word)[1:]), last, reverse=True)
    return tf.concat([rest, last[None]], 0)
