"""A network that hears words step by step: its belief, computed with NumPy."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np

from core.messages import N_, Problem
from core.numeric.activations import softmax
from core.numeric.recurrent.stack.layers import Stack, recurrent_stack, weight_names
from core.numeric.recurrent.stack.read import stack_outputs
from core.numeric.sound.hearing import FEATURES, STEPS, packed, steps_of

SCALE = ("scale.mean", "scale.spread")
_FIELDS = ("cell", "units", "layers", "direction")
_SPEC = {"cell": ("rnn", "lstm", "gru"), "direction": ("one", "both")}


@dataclass(frozen=True)
class Listener:
    """A stack with an output at each step, whose mean over the steps is the answer.

    cell, units, layers, direction: of ``recurrent_stack``. weights: by the names of
    ``weight_names``, and the two of SCALE, (FEATURES,) each. classes: what it can hear.
    """

    cell: str
    units: int
    layers: int
    direction: str
    weights: Mapping[str, np.ndarray]
    classes: tuple[str, ...]

    @classmethod
    def of(cls, about: Mapping[str, Any], weights: Mapping[str, np.ndarray]) -> Listener:
        """The listener that a card describes, with its weights.

        Raises Problem if the card or the weights are none of a listener.
        """
        known = about.get("listener")
        if not isinstance(known, dict) or any(known.get(k) not in v for k, v in _SPEC.items()):
            raise Problem(N_("The card describes no network that hears words."))
        arrays = {name: np.asarray(array, np.float32) for name, array in weights.items()}
        fields = {name: known[name] for name in _FIELDS}
        made = cls(**fields, weights=arrays, classes=tuple(known["classes"]))
        if set(arrays) != {*SCALE, *weight_names(made.network)}:
            raise Problem(N_("The weights are not those that the card describes."))
        return made

    @property
    def about(self) -> dict[str, Any]:
        """What a card says of it: values of JSON."""
        fields = {name: getattr(self, name) for name in _FIELDS}
        return {"listener": {**fields, "classes": list(self.classes)}}

    @cached_property
    def network(self) -> Stack:
        """The layers, without dropout."""
        return listening_stack(
            self.cell, self.units, len(self.classes), self.layers, self.direction
        )

    @property
    def params(self) -> int:
        """Numbers that were learned."""
        return sum(self.weights[name].size for name in weight_names(self.network))

    def inputs(self, words: Sequence[np.ndarray]) -> np.ndarray:
        """Words in steps as the network reads them, (words, STEPS, FEATURES)."""
        return packed(list(words), *(self.weights[name] for name in SCALE))

    def logits(self, words: Sequence[np.ndarray]) -> np.ndarray:
        """Of words in steps, (steps, FEATURES) each: float (words, classes)."""
        outputs = stack_outputs(self.network, self.weights, self.inputs(words))
        return mean_of_steps(outputs, [len(word) for word in words])

    def beliefs(self, samples: np.ndarray) -> np.ndarray:
        """The probability of each class after each step of a word's samples, (steps, classes).

        A row is what the network would answer if the word ended there.
        """
        word = steps_of(samples)
        return softmax(self.logits([word[: t + 1] for t in range(len(word))]).astype(float))


def listening_stack(
    cell: str,
    units: int,
    classes: int,
    layers: int,
    direction: str,
    *,
    dropout: float = 0.0,
    seed: int = 0,
) -> Stack:
    """Recurrent layers, and logits at every step."""
    return recurrent_stack(
        cell,
        units,
        classes,
        layers=layers,
        direction=direction,
        pooling="none",
        dropout=dropout,
        seed=seed,
    )


def mean_of_steps(outputs: np.ndarray, lengths: Sequence[int]) -> np.ndarray:
    """The mean of the outputs of a word's own steps, (words, classes), of (words, STEPS, classes).

    lengths: how many steps each word has.
    """
    counts = np.asarray(lengths)
    heard = (np.arange(STEPS) < counts[:, None])[..., None]
    return np.where(heard, outputs, 0).sum(1) / counts[:, None]


def same_length(words: Sequence[np.ndarray], steps: int) -> np.ndarray:
    """Words stretched to so many steps, by linear interpolation: (words, steps, FEATURES)."""
    made = np.empty((len(words), steps, FEATURES))
    for row, word in zip(made, words, strict=True):
        places = np.linspace(0, len(word) - 1, steps)
        low = np.minimum(places.astype(int), len(word) - 1)
        high = np.minimum(low + 1, len(word) - 1)
        share = (places - low)[:, None]
        row[:] = (1 - share) * word[low] + share * word[high]
    return made
