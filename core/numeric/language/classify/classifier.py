"""A network of texts with its weights: what a page asks, and what is kept of it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from functools import cached_property
from typing import Any

import numpy as np

from core.numeric.language.classify import pushes
from core.numeric.language.classify.counted import Counted
from core.numeric.language.classify.network import (
    TextNetwork,
    probabilities,
    weight_names,
)
from core.numeric.language.classify.ngrams import Runs
from core.numeric.language.classify.vocabulary import WordList

NGRAMS = "counts.ngrams"  # what the rows of "counts.embeddings" stand for: Counted.known
_FIELDS = ("kind", "dim", "units", "bidirectional", "longest", "most_counted")


@dataclass(frozen=True)
class TextClassifier:
    """A network, its weights by the names of ``weight_names``, and what its classes are called.

    Where the network counts, NGRAMS stands among the weights.
    """

    network: TextNetwork
    weights: Mapping[str, np.ndarray]
    classes: tuple[str, ...]

    @classmethod
    def of(cls, card: Mapping[str, Any], weights: Mapping[str, np.ndarray]) -> TextClassifier:
        """As a card describes it (``about``), with weights of any precision."""
        known = card["text_network"]
        counted = known["counted"]
        network = TextNetwork(
            classes=len(known["classes"]),
            vocabulary=WordList(known["vocabulary"], known["longest_run"]),
            counted=Counted(
                Runs(**{name: _hashable(value) for name, value in counted.items()}),
                weights[NGRAMS],
            )
            if counted
            else None,
            **{name: known[name] for name in _FIELDS},
        )
        arrays = {
            name: array if name == NGRAMS else np.asarray(array, np.float32)
            for name, array in weights.items()
        }
        return cls(network, arrays, tuple(known["classes"]))

    @cached_property
    def about(self) -> dict[str, Any]:
        """What a card says of it: values of JSON."""
        network, counted = self.network, self.network.counted
        return {
            "text_network": {
                **{name: getattr(network, name) for name in _FIELDS},
                "classes": list(self.classes),
                "longest_run": network.vocabulary.longest,
                "counted": counted and asdict(counted.runs),
                "vocabulary": list(network.vocabulary.names),
            }
        }

    @property
    def params(self) -> int:
        """Numbers that were learned."""
        return sum(self.weights[n].size for n in _names(self.network))

    def probabilities(self, texts: Sequence[Sequence[str]]) -> np.ndarray:
        """Of each class, (texts, classes)."""
        return probabilities(self.network, self.weights, texts)

    def word_by_word(self, text: Sequence[str]) -> np.ndarray:
        """As ``pushes.word_by_word``."""
        return pushes.word_by_word(self.network, self.weights, text)

    def without_each(self, text: Sequence[str], towards: int) -> np.ndarray:
        """As ``pushes.without_each``."""
        return pushes.without_each(self.network, self.weights, text, towards)

    def gradient_times_input(self, text: Sequence[str], towards: int) -> np.ndarray:
        """As ``pushes.gradient_times_input``."""
        return pushes.gradient_times_input(self.network, self.weights, text, towards)

    def by_direction(self, text: Sequence[str], towards: int) -> dict[str, np.ndarray]:
        """As ``pushes.by_direction``; of a recurrent network alone."""
        return pushes.by_direction(self.network, self.weights, text, towards)


def _hashable(value: Any) -> Any:
    return tuple(value) if isinstance(value, list) else value


def _names(network: TextNetwork) -> list[str]:
    return [f"{layer}.{part}" for layer, parts in weight_names(network).items() for part in parts]
