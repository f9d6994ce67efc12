"""A tagger: a network with its weights and the names of its tags; what a page asks of it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any, NamedTuple

import numpy as np

from core.numeric.activations import softmax
from core.numeric.language.classify.vocabulary import WordList
from core.numeric.language.tagging import paths
from core.numeric.language.tagging.book import BookNotes
from core.numeric.language.tagging.network import TagNetwork, weight_names

_FIELDS = (
    "direction",
    "cell",
    "dim",
    "units",
    "character_dim",
    "filters",
    "buckets",
    "book",
    "transitions",
)


class Reading(NamedTuple):
    """What a tagger makes of a sentence.

    emissions: of the reading that counts, float (words, tags). probabilities: of each reading,
    (words, tags), a row sums to 1; with a transition layer those of the first are each tag's share
    of all paths. best: the tags, int (words,).
    """

    emissions: np.ndarray
    probabilities: dict[str, np.ndarray]
    best: np.ndarray


@dataclass(frozen=True)
class Tagger:
    """A network, its weights by the names of ``weight_names``, and its tags in order."""

    network: TagNetwork
    weights: Mapping[str, np.ndarray]
    tags: tuple[str, ...]

    @classmethod
    def of(cls, card: Mapping[str, Any], weights: Mapping[str, np.ndarray]) -> Tagger:
        """As a card describes it (``about``), with weights of any precision."""
        known = card["tag_network"]
        network = TagNetwork(
            tags=len(known["tags"]),
            words=WordList(known["words"].split("\n")),
            characters=known["characters"],
            **{name: known[name] for name in _FIELDS},
        )
        arrays = {name: np.asarray(array, np.float32) for name, array in weights.items()}
        return cls(network, arrays, tuple(known["tags"]))

    @cached_property
    def about(self) -> dict[str, Any]:
        """What a card says of it: values of JSON."""
        network = self.network
        return {
            "tag_network": {
                **{name: getattr(network, name) for name in _FIELDS},
                "tags": list(self.tags),
                "characters": network.characters,
                "words": "\n".join(network.words.names),
            }
        }

    @property
    def params(self) -> int:
        """Numbers that were learned."""
        names = weight_names(self.network).items()
        return sum(self.weights[f"{layer}.{part}"].size for layer, parts in names for part in parts)

    @property
    def spans(self) -> bool:
        """Whether its tags mark spans."""
        return "O" in self.tags

    @property
    def transitions(self) -> np.ndarray:
        """From tag to tag, (tags, tags); zeros where nothing is learned."""
        if self.network.transitions:
            return self.weights["transitions.embeddings"][1:]
        return np.zeros((len(self.tags), len(self.tags)), np.float32)

    def read(self, sentence: Sequence[str], book: BookNotes | None = None) -> Reading:
        """What it makes of a sentence of at least one word.

        book: of the text that the sentence is from; alone, a sentence is its own book.
        """
        of_book = None
        if self.network.book:
            of_book = (book or BookNotes([sentence])).of(sentence)
        emissions = self.network.emissions(self.weights, self.network.inputs(sentence, of_book))
        first = self.network.readings[0]
        shares = {reading: softmax(each.astype(float)) for reading, each in emissions.items()}
        best = shares[first].argmax(1)
        if self.network.transitions:
            shares[first] = paths.marginals(emissions[first], self.transitions)
            best = paths.trellis(emissions[first], self.transitions).best
        return Reading(emissions[first], shares, best)

    def named(self, best: Sequence[int] | np.ndarray) -> list[str]:
        """The names of tags."""
        return [self.tags[int(tag)] for tag in best]
