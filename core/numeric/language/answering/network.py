"""A network that answers a question about a story, read with NumPy.

A sentence, or a question, is the sum of its words' vectors. A memory network keeps the sentences as
they are and looks at them in hops; a recurrent one reads them in order into a state, and with
attention looks back at all its states in hops. Place 0 of a story is its last sentence.

Source: Sukhbaatar et al. (2015), arXiv:1503.08895, with adjacent weights and temporal encoding.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import NamedTuple

import numpy as np

from core.numeric.activations import softmax
from core.numeric.recurrent.cells import CELLS, Weights
from core.numeric.threads import one_blas_thread

KINDS = ("memory", "attention", "recurrent")
Sentence = Sequence[str]


class Reading(NamedTuple):
    """What a network makes of questions.

    probabilities: (questions, answers). attention: (questions, hops, sentences), of each hop the
    weights of the sentences, the last sentence first; no hops where nothing is looked at.
    """

    probabilities: np.ndarray
    attention: np.ndarray


@dataclass(frozen=True)
class AnswerNetwork:
    """Everything that a network is made of but its weights.

    kind: of KINDS. cell: of a recurrent one. units: of a sentence's vector, and of the state.
    longest: sentences that are read, the last ones. question_first: whether a recurrent one reads
    the question before the story, or after it.
    """

    kind: str
    vocabulary: tuple[str, ...]
    answers: tuple[str, ...]
    hops: int = 3
    units: int = 32
    longest: int = 50
    cell: str = "gru"
    question_first: bool = True

    @property
    def looks(self) -> int:
        """How often it looks at the sentences."""
        return 0 if self.kind == "recurrent" else self.hops

    def bag(self, sentence: Sentence) -> np.ndarray:
        """How often each word stands in a sentence, float32 (words,)."""
        numbers = [self.vocabulary.index(word) for word in sentence]
        return np.bincount(numbers, minlength=len(self.vocabulary)).astype(np.float32)

    def inputs(
        self, stories: Sequence[Sequence[Sentence]], questions: Sequence[Sentence]
    ) -> tuple[np.ndarray, np.ndarray]:
        """Bags of stories, float32 (questions, longest, words), and of questions, (n, words)."""
        bags = np.zeros((len(stories), self.longest, len(self.vocabulary)), np.float32)
        for row, story in zip(bags, stories, strict=True):
            for place, sentence in enumerate(story[: -self.longest - 1 : -1]):
                row[place] = self.bag(sentence)
        return bags, np.stack([self.bag(question) for question in questions])

    def read(
        self, weights: Mapping[str, np.ndarray], stories: np.ndarray, questions: np.ndarray
    ) -> Reading:
        """Answer questions, given as by ``inputs``. weights: by the names of ``weight_names``."""
        with one_blas_thread():
            if self.kind == "memory":
                vectors, looked_at = self._remembered(weights, stories, questions)
            else:
                vectors, looked_at = self._read_in_order(weights, stories, questions)
            logits = vectors @ weights["dense.kernel"] + weights["dense.bias"]
        return Reading(softmax(logits), looked_at)

    def _remembered(
        self, weights: Mapping[str, np.ndarray], stories: np.ndarray, questions: np.ndarray
    ) -> tuple[np.ndarray, np.ndarray]:
        memories = [
            stories @ weights[f"words_{hop}.kernel"] + weights[f"ages_{hop}.kernel"]
            for hop in range(self.hops + 1)
        ]
        vectors, looked_at = questions @ weights["words_0.kernel"], []
        for keys, values in pairwise(memories):
            shares = _shares(vectors, keys, stories)
            vectors = vectors + np.einsum("bm,bmd->bd", shares, values)
            looked_at.append(shares)
        return vectors, np.stack(looked_at, 1)

    def _read_in_order(
        self, weights: Mapping[str, np.ndarray], stories: np.ndarray, questions: np.ndarray
    ) -> tuple[np.ndarray, np.ndarray]:
        in_order = stories[:, ::-1]
        parts = [in_order, questions[:, None]]
        whole = np.concatenate(parts[::-1] if self.question_first else parts, 1)
        of_cell = Weights(*(weights[f"recurrent.{part}"] for part in Weights._fields))
        read = whole @ weights["words_0.kernel"]
        hidden, _ = CELLS[self.cell].read(read, of_cell, np.any(whole != 0, -1))
        if self.kind == "recurrent":
            return hidden[:, -1], np.zeros((len(stories), 0, self.longest), np.float32)
        states = (hidden[:, 1:] if self.question_first else hidden[:, :-1])[:, ::-1]
        vectors, looked_at = questions @ weights["words_1.kernel"], []
        for _hop in range(self.hops):
            shares = _shares(vectors, states, stories)
            vectors = vectors + np.einsum("bm,bmd->bd", shares, states)
            looked_at.append(shares)
        return vectors, np.stack(looked_at, 1)


def _shares(vectors: np.ndarray, keys: np.ndarray, stories: np.ndarray) -> np.ndarray:
    """The softmax over a story's sentences of vector times key, (batch, sentences)."""
    scores = np.einsum("bd,bmd->bm", vectors, keys)
    return softmax(np.where(stories.any(-1), scores, -1e9))


def weight_names(network: AnswerNetwork) -> dict[str, tuple[str, ...]]:
    """The weights of each layer in Keras's order: layer -> parts; LAYER.PART is a weight's name."""
    names: dict[str, tuple[str, ...]] = {}
    if network.kind == "memory":
        for hop in range(network.hops + 1):
            names |= {f"words_{hop}": ("kernel",), f"ages_{hop}": ("kernel",)}
    else:
        names |= {"words_0": ("kernel",), "recurrent": Weights._fields}
        if network.kind == "attention":
            names["words_1"] = ("kernel",)
    return names | {"dense": ("kernel", "bias")}


def facts_found(attention: np.ndarray, facts: Sequence[Sequence[int]]) -> np.ndarray:
    """Whether each supporting fact was the sentence looked at most in some hop, bool (questions,).

    attention: (questions, hops, sentences). facts: of each question the places of its facts among
    the sentences, the last sentence 0.
    """
    most = attention.argmax(-1)
    return np.array(
        [set(needed) <= set(row) for needed, row in zip(facts, most.tolist(), strict=True)]
    )
