"""A text as what a network holds: a paragraph vector, or the last state of a recurrent network."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Self

import numpy as np

from core.numeric.activations import log_softmax
from core.numeric.language.embeddings.space import unit
from core.numeric.language.embeddings.vocabulary import Vocabulary
from core.numeric.language.language_model import START, LanguageModel
from core.numeric.language.thoughts.bags import Texts, bags
from core.numeric.recurrent.cells import CELLS, Weights
from core.numeric.threads import one_blas_thread

SHRINKAGE = 0.5  # of a paragraph vector: what its squared length costs, twice
_STEPS = 10
_AT_ONCE = 500


@dataclass(frozen=True, eq=False)
class ParagraphVectors:
    """PV-DBOW: the vector that tells best which words a text has, at length 1.

    outputs: (d, words), and bias (words,): the softmax layer. Of any text, read before or not, the
    vector is found anew: it minimises a convex function, so there is one.
    Source: Le & Mikolov (2014), arXiv:1405.4053, with all words compared instead of a tree of them.
    """

    vocabulary: Vocabulary
    outputs: np.ndarray
    bias: np.ndarray
    name = "paragraph"

    @classmethod
    def of(cls, about: Mapping[str, Any], weights: Mapping[str, np.ndarray]) -> Self:
        """What a card describes, with these weights."""
        arrays = _in_single(weights)
        return cls(known(about["paragraph_words"].split()), arrays["outputs"], arrays["bias"])

    @property
    def about(self) -> dict[str, Any]:
        """What its card says of it."""
        return {"paragraph_words": " ".join(self.vocabulary.words)}

    @property
    def weights(self) -> dict[str, np.ndarray]:
        """Its weights by name."""
        return {"outputs": self.outputs, "bias": self.bias}

    @property
    def params(self) -> int:
        """How many numbers it has."""
        return self.outputs.size + self.bias.size

    def vectors(self, texts: Texts) -> np.ndarray:
        """The vectors before they are scaled, float32 (texts, d)."""
        parts = [
            inferred(
                bags(texts[at : at + _AT_ONCE], self.vocabulary).toarray(), self.outputs, self.bias
            )
            for at in range(0, len(texts), _AT_ONCE)
        ]
        return np.concatenate(parts)

    def kept(self, texts: Texts) -> np.ndarray:
        """Texts that are searched, (texts, d)."""
        return unit(self.vectors(texts))

    asked = kept


def paragraph_loss(
    vectors: np.ndarray, shares: np.ndarray, outputs: np.ndarray, bias: np.ndarray
) -> np.ndarray:
    """What each vector (n, d) costs: the words' mean surprise in nats, and its squared length.

    shares: of each text's words, (n, words), each row's sum 1 (or 0 where no word is known).
    """
    surprise = -(shares * log_softmax(vectors @ outputs + bias)).sum(1)
    return surprise + SHRINKAGE / 2 * (vectors**2).sum(1)


def inferred(counts: np.ndarray, outputs: np.ndarray, bias: np.ndarray) -> np.ndarray:
    """The vectors of the least ``paragraph_loss``, float32 (n, d).

    counts: of the texts' words, (n, words). A text without known words has zeros.
    By Nesterov's accelerated gradient: where a step makes it worse, the rate is halved and the
    momentum begins anew.
    """
    dense = np.asarray(counts, np.float32)
    totals = dense.sum(1, keepdims=True)
    shares = dense / np.maximum(totals, 1)
    usual = np.exp(log_softmax(bias))
    centred = (outputs - (outputs @ usual)[:, None]) * np.sqrt(usual)
    curvature = float(np.linalg.norm(centred, 2)) ** 2 + SHRINKAGE  # at zero, the steepest way
    rates = np.full((len(dense), 1), 1 / curvature, np.float32)
    vectors = ahead = np.zeros((len(dense), len(outputs)), np.float32)
    least, momentum = np.full((len(dense), 1), np.inf, np.float32), np.zeros_like(rates)
    for _ in range(_STEPS):
        logs = log_softmax(ahead @ outputs + bias)
        cost = -(shares * logs).sum(1, keepdims=True)
        cost += SHRINKAGE / 2 * (ahead**2).sum(1, keepdims=True)
        gradient = (np.exp(logs) * np.sign(totals) - shares) @ outputs.T + SHRINKAGE * ahead
        worse = cost > least
        rates, momentum = np.where(worse, rates / 2, rates), np.where(worse, 0, momentum + 1)
        new = np.where(worse, vectors, ahead - rates * gradient)
        least = np.where(worse, least, cost)
        ahead, vectors = new + momentum / (momentum + 3) * (new - vectors), new
    return vectors


@dataclass(frozen=True, eq=False)
class RecurrentReader:
    """The last hidden state of a recurrent network that has read a text's words, at length 1.

    vocabulary: its words are numbered from 1; 0 is none. weights: embedding (words + 1, e), kernel,
    recurrent and bias of the cell in Keras's order. longest: words that are read at most.
    """

    cell: str
    vocabulary: Vocabulary
    weights: Mapping[str, np.ndarray]
    longest: int
    name = "recurrent"

    def states(self, texts: Texts) -> np.ndarray:
        """The last states before they are scaled, float32 (texts, units)."""
        parts = [
            self._read(word_ids(texts[at : at + _AT_ONCE], self.vocabulary, self.longest))
            for at in range(0, len(texts), _AT_ONCE)
        ]
        return np.concatenate(parts)

    def _read(self, ids: np.ndarray) -> np.ndarray:
        weights = Weights(*(self.weights[name] for name in ("kernel", "recurrent", "bias")))
        inputs = self.weights["embedding"][ids]
        return CELLS[self.cell].read(inputs, weights, ids > 0)[1][0]

    def kept(self, texts: Texts) -> np.ndarray:
        """Texts that are searched, (texts, units)."""
        return unit(self.states(texts))

    asked = kept


def known(words: Sequence[str]) -> Vocabulary:
    """A vocabulary of whose counts nothing is told."""
    return Vocabulary(tuple(words), np.zeros(len(words), np.int64))


def _in_single(weights: Mapping[str, np.ndarray]) -> dict[str, np.ndarray]:
    return {name: array.astype(np.float32) for name, array in weights.items()}


def word_ids(texts: Texts, vocabulary: Vocabulary, longest: int) -> np.ndarray:
    """The first ``longest`` known words of each text, numbered from 1, int32 (texts, longest)."""
    numbers = vocabulary.numbers
    ids = np.zeros((len(texts), longest), np.int32)
    for row, text in enumerate(texts):
        own = [numbers[word] + 1 for word in text if word in numbers][:longest]
        ids[row, : len(own)] = own
    return ids


@dataclass(frozen=True, eq=False)
class CharacterReader:
    """The last hidden state of a character language model that has read a text, at length 1.

    It reads the words in lower case with a space between them.
    """

    model: LanguageModel
    name = "language_model"

    def states(self, texts: Texts) -> np.ndarray:
        """The last layer's states before they are scaled, float32 (texts, units)."""
        lines = [START + " ".join(text) for text in texts]
        ids = np.zeros((len(lines), max(map(len, lines), default=1)), np.intp)
        real = np.zeros(ids.shape, bool)
        for row, line in enumerate(lines):
            ids[row, : len(line)] = self.model.encode(line)
            real[row, : len(line)] = True
        state = self.model.initial_state(len(lines))
        with one_blas_thread():
            for t in range(ids.shape[1]):
                _, new = self.model.step(ids[:, t], state)
                keep = real[:, t, None]
                state = tuple(
                    tuple(np.where(keep, a, b) for a, b in zip(layer, old, strict=True))
                    for layer, old in zip(new, state, strict=True)
                )
        return state[-1][0]

    def kept(self, texts: Texts) -> np.ndarray:
        """Texts that are searched, (texts, units)."""
        return unit(self.states(texts))

    asked = kept
