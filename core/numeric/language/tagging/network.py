"""A network that tags the words of a sentence: what it reads, and what it answers, by NumPy.

Each word is a vector of its own beside what a convolution makes of its characters. One recurrent
layer reads from the left, one from the right. What each has read up to a word gives a reading of
its own, too: the left's knows nothing of what comes, the right's nothing of what was. A table of
hand-made features adds its rows to all that may see them; a transition layer may join the tags.
``core.models.language.tag_network`` builds the same in Keras.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from core.numeric.activations import relu
from core.numeric.language.classify.ngrams import padded
from core.numeric.language.classify.vocabulary import WordList
from core.numeric.language.tagging import features
from core.numeric.language.tagging.book import NOTES
from core.numeric.recurrent.cells import CELLS, Weights
from core.numeric.threads import one_blas_thread

LETTERS = 14  # of a word that are read: of a longer one its first and its last
WINDOW = 3  # characters under a filter
READINGS = ("both", "left", "right")
WAYS = {"left": "forward", "right": "backward"}  # reading -> the layer that it is of


@dataclass(frozen=True)
class TagNetwork:
    """Everything that a network is made of but its weights.

    direction: of READINGS, which layers there are. characters: those that have a vector, in order.
    filters: of the convolution over characters, 0 for none. buckets: rows of the table of
    features, 0 for none. book: whether features tell of a word's other places in its book.
    transitions: whether there is a transition layer: what
    the first word's tag costs is its first row, then from one tag, a row, to the next.
    """

    tags: int
    words: WordList
    characters: str
    direction: str = "both"
    cell: str = "lstm"
    dim: int = 64
    units: int = 64
    character_dim: int = 24
    filters: int = 48
    buckets: int = 2**15
    book: bool = False
    transitions: bool = True

    @property
    def readings(self) -> tuple[str, ...]:
        """The readings there are, the one that counts first."""
        return READINGS if self.direction == "both" else (self.direction,)

    @property
    def sides(self) -> tuple[str, ...]:
        """The sides of a word that are read."""
        return features.SIDES if self.direction == "both" else (self.direction,)

    @property
    def counts(self) -> dict[str, int]:
        """How many features of each kind a word has, in order."""
        own = features.OWN + NOTES * self.book
        return {"own": own, **dict.fromkeys(self.sides, features.BESIDE)}

    @cached_property
    def _character_numbers(self) -> dict[str, int]:
        return {character: number for number, character in enumerate(self.characters, 2)}

    def word_numbers(self, sentence: Sequence[str]) -> np.ndarray:
        """The number of each word, int32 (words,): 1 of one that has no vector."""
        return self.words.numbers([word.lower() for word in sentence])

    def letters(self, words: Sequence[str]) -> np.ndarray:
        """The characters of each word by number, int32 (words, LETTERS); 0 behind the last."""
        rows = []
        for word in words:
            read = word if len(word) <= LETTERS else word[: LETTERS // 2] + word[-(LETTERS // 2) :]
            numbers = [self._character_numbers.get(character, 1) for character in read]
            rows.append(np.array(numbers, np.int32))
        return padded(rows, LETTERS)

    def inputs(
        self, sentence: Sequence[str], of_book: np.ndarray | None = None
    ) -> list[np.ndarray]:
        """What the network reads of a sentence, int32 (words, ...) each.

        of_book: as of ``BookNotes``, where the network asks for it.
        """
        return self.inputs_of([sentence], None if of_book is None else [of_book])[0]

    def inputs_of(
        self, sentences: Sequence[Sequence[str]], of_books: Sequence[np.ndarray] | None = None
    ) -> list[list[np.ndarray]]:
        """The ``inputs`` of each sentence, which is faster of many."""
        kinds = [[self.word_numbers(sentence) for sentence in sentences]]
        if self.filters:
            different = list({word for sentence in sentences for word in sentence})
            known = dict(zip(different, self.letters(different), strict=True))
            kinds.append([np.stack([known[word] for word in words]) for words in sentences])
        if self.buckets:
            notes = of_books if self.book else None
            hashes = features.feature_hashes_of(sentences, notes, self.sides)
            kinds.append([features.bucket_numbers(rows, self.buckets) for rows in hashes])
        return [list(arrays) for arrays in zip(*kinds, strict=True)]

    def emissions(
        self, weights: Mapping[str, np.ndarray], inputs: Sequence[np.ndarray]
    ) -> dict[str, np.ndarray]:
        """What each reading says for each tag of each word of a sentence, float (words, tags).

        weights: by the names of ``weight_names``. inputs: as of ``inputs``.
        """
        with one_blas_thread():
            vectors = self._vectors(weights, inputs)[None]
            hidden = {}
            for side in self.sides:
                given = Weights(*(weights[f"{WAYS[side]}.{part}"] for part in Weights._fields))
                step = -1 if side == "right" else 1
                hidden[side] = CELLS[self.cell].read(vectors[:, ::step], given)[0][0, ::step]
            out = {}
            for reading in self.readings:
                seen = self.sides if reading == "both" else (reading,)
                state = np.concatenate([hidden[side] for side in seen], -1)
                out[reading] = state @ weights[f"{reading}.kernel"] + weights[f"{reading}.bias"]
                if self.buckets:
                    rows = weights["table.embeddings"][inputs[-1][:, self.columns(reading)]]
                    out[reading] = out[reading] + rows.sum(1)
            if self.transitions:
                out[self.readings[0]][0] += weights["transitions.embeddings"][0]
        return out

    def columns(self, reading: str) -> np.ndarray:
        """The columns of the features that a reading may see, int (features,)."""
        seen, at = [], 0
        for kind, count in self.counts.items():
            if kind in ("own", reading) or reading == "both":
                seen += range(at, at + count)
            at += count
        return np.array(seen)

    def _vectors(
        self, weights: Mapping[str, np.ndarray], inputs: Sequence[np.ndarray]
    ) -> np.ndarray:
        """The vector of each word, (words, features)."""
        parts = [weights["words.embeddings"][inputs[0]]]
        if self.filters:
            letters = weights["characters.embeddings"][inputs[1]]
            around = np.pad(letters, ((0, 0), (WINDOW // 2, WINDOW // 2), (0, 0)))
            kernel = weights["filters.kernel"][0]
            filtered = np.sum([around[:, i : i + LETTERS] @ kernel[i] for i in range(WINDOW)], 0)
            parts.append(relu(filtered + weights["filters.bias"]).max(1))
        return np.concatenate(parts, -1)


def weight_names(network: TagNetwork) -> dict[str, tuple[str, ...]]:
    """The weights of each layer in Keras's order: layer -> parts; LAYER.PART is a weight's name."""
    names: dict[str, tuple[str, ...]] = {"words": ("embeddings",)}
    if network.filters:
        names |= {"characters": ("embeddings",), "filters": ("kernel", "bias")}
    names |= {WAYS[side]: Weights._fields for side in network.sides}
    names |= dict.fromkeys(network.readings, ("kernel", "bias"))
    if network.buckets:
        names["table"] = ("embeddings",)
    if network.transitions:
        names["transitions"] = ("embeddings",)
    return names


def characters_of(sentences: Iterable[Sequence[str]], least: int = 3) -> str:
    """The characters that come at least so often, in order."""
    counts: dict[str, int] = {}
    for sentence in sentences:
        for character in "".join(sentence):
            counts[character] = counts.get(character, 0) + 1
    return "".join(sorted(character for character, count in counts.items() if count >= least))
