"""A network of stories with its weights: what a page asks, and what is kept of it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np

from core.numeric.language.answering.network import AnswerNetwork, Reading, Sentence

_FIELDS = ("kind", "hops", "units", "longest", "cell", "question_first")


@dataclass(frozen=True)
class StoryAnswerer:
    """A network and its weights by the names of ``weight_names``."""

    network: AnswerNetwork
    weights: Mapping[str, np.ndarray]

    @classmethod
    def of(cls, card: Mapping[str, Any], weights: Mapping[str, np.ndarray]) -> StoryAnswerer:
        """As a card describes it (``about``), with weights of any precision."""
        known = card["answer_network"]
        network = AnswerNetwork(
            vocabulary=tuple(known["vocabulary"]),
            answers=tuple(known["answers"]),
            **{name: known[name] for name in _FIELDS},
        )
        return cls(network, {n: np.asarray(array, np.float32) for n, array in weights.items()})

    @cached_property
    def about(self) -> dict[str, Any]:
        """What a card says of it: values of JSON."""
        network = self.network
        return {
            "answer_network": {
                **{name: getattr(network, name) for name in _FIELDS},
                "vocabulary": list(network.vocabulary),
                "answers": list(network.answers),
            }
        }

    @property
    def params(self) -> int:
        """Numbers that were learned."""
        return sum(array.size for array in self.weights.values())

    def read(self, stories: Sequence[Sequence[Sentence]], questions: Sequence[Sentence]) -> Reading:
        """Answer each question about its story; words must be of the vocabulary."""
        return self.network.read(self.weights, *self.network.inputs(stories, questions))
