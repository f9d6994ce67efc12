"""A network that puts a text into a class: what it reads, and what it answers, by NumPy.

Two parts add up to the logits. One counts: a row for every n-gram, which naive Bayes has filled,
the rows of a text summed; it may be missing. The other reads words by their vectors: the mean of
them, one recurrent layer (or two, from both ends), or a convolution.
``core.models.language.text_network`` builds the same in Keras.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from core.numeric.activations import relu, softmax
from core.numeric.language.classify.counted import Counted
from core.numeric.language.classify.ngrams import PADDING, padded
from core.numeric.language.classify.vocabulary import WordList
from core.numeric.recurrent.cells import CELLS, Weights
from core.numeric.recurrent.stack.layers import DIRECTIONS
from core.numeric.threads import one_blas_thread

RECURRENT = tuple(CELLS)
NETWORKS = ("mean", *RECURRENT, "convolution")
WIDTH = 3  # words under a filter of the convolution
TEMPERATURE = 0.1  # naive Bayes takes its n-grams for independent, and is ten times too sure


@dataclass(frozen=True)
class TextNetwork:
    """Everything that a network is made of but its weights.

    kind: of NETWORKS. dim: of a word's vector. units: of the recurrent layer or the convolution.
    longest: words that are read; of what is counted, most_counted.
    """

    kind: str
    classes: int
    vocabulary: WordList
    dim: int = 32
    units: int = 32
    bidirectional: bool = False
    longest: int = 60
    counted: Counted | None = None
    most_counted: int = 1

    @property
    def directions(self) -> tuple[str, ...]:
        """In which directions a recurrent layer reads."""
        both = self.bidirectional and self.kind in RECURRENT
        return DIRECTIONS if both else DIRECTIONS[:1]

    @cached_property
    def features(self) -> int:
        """Numbers that the dense layer sees of a text."""
        if self.kind == "mean":
            return self.dim
        return self.units * len(self.directions)

    def inputs(self, texts: Sequence[Sequence[str]]) -> list[np.ndarray]:
        """Texts, each a list of words, as the arrays that the parts read, int32 (texts, ...)."""
        arrays = [padded([self.vocabulary.numbers(text) for text in texts], self.longest)]
        if self.counted:
            arrays.append(padded(self.counted.rows(texts), self.most_counted))
        return arrays

    def logits(
        self, weights: Mapping[str, np.ndarray], texts: Sequence[Sequence[str]]
    ) -> np.ndarray:
        """The logits of texts, (texts, classes). weights: by the names of ``weight_names``."""
        numbers, *counted = self.inputs(texts)
        vectors = weights["words.embeddings"][numbers]
        return self.from_vectors(weights, vectors, numbers > 0, *counted)

    def from_vectors(
        self,
        weights: Mapping[str, np.ndarray],
        vectors: np.ndarray,
        real: np.ndarray,
        counted: np.ndarray | None = None,
    ) -> np.ndarray:
        """The logits, (texts, classes), of words' vectors, (texts, words, dim), and n-grams.

        real: bool (texts, words), False where there is no word. counted: int (texts, n-grams).
        """
        with one_blas_thread():
            logits = self._encoded(weights, vectors, real) @ weights["dense.kernel"]
            if counted is not None:
                rows = weights["counts.embeddings"][counted] * (counted > PADDING)[..., None]
                logits = logits + TEMPERATURE * rows.sum(1)
        return logits + weights["dense.bias"]

    def _encoded(
        self, weights: Mapping[str, np.ndarray], vectors: np.ndarray, real: np.ndarray
    ) -> np.ndarray:
        vectors = vectors * real[..., None]
        if self.kind == "mean":
            return vectors.sum(1) / np.maximum(1, real.sum(1))[:, None]
        if self.kind == "convolution":
            filtered = _convolved(vectors, weights["convolution.kernel"])
            return (relu(filtered + weights["convolution.bias"]) * real[..., None]).max(1)
        read = self.states(weights, vectors, real).items()
        return np.concatenate([h[:, 0 if way == "backward" else -1] for way, h in read], -1)

    def states(
        self, weights: Mapping[str, np.ndarray], vectors: np.ndarray, real: np.ndarray
    ) -> dict[str, np.ndarray]:
        """The state of each direction of a recurrent layer after each word: (texts, words, units).

        That of "backward" has read the words from the last to this one.
        """
        read = {}
        for way in self.directions:
            given = Weights(*(weights[f"{way}.{part}"] for part in Weights._fields))
            step = -1 if way == "backward" else 1
            hidden, _ = CELLS[self.kind].read(vectors[:, ::step], given, real[:, ::step])
            read[way] = hidden[:, ::step]
        return read


def weight_names(network: TextNetwork) -> dict[str, tuple[str, ...]]:
    """The weights of each layer in Keras's order: layer -> parts; LAYER.PART is a weight's name."""
    names: dict[str, tuple[str, ...]] = {"words": ("embeddings",)}
    if network.kind in RECURRENT:
        names |= dict.fromkeys(network.directions, Weights._fields)
    if network.kind == "convolution":
        names["convolution"] = ("kernel", "bias")
    if network.counted:
        names["counts"] = ("embeddings",)
    return names | {"dense": ("kernel", "bias")}


def probabilities(
    network: TextNetwork, weights: Mapping[str, np.ndarray], texts: Sequence[Sequence[str]]
) -> np.ndarray:
    """The probability of each class, (texts, classes)."""
    return softmax(network.logits(weights, texts))


def _convolved(vectors: np.ndarray, kernel: np.ndarray) -> np.ndarray:
    """The sum over WIDTH words, (texts, words, filters), zeros beyond both ends."""
    words = vectors.shape[1]
    around = np.pad(vectors, ((0, 0), (WIDTH // 2, WIDTH // 2), (0, 0)))
    return np.sum([around[:, at : at + words] @ kernel[at] for at in range(WIDTH)], 0)
