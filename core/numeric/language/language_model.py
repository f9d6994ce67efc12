"""A trained character-level recurrent language model, in NumPy."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any, Self

import numpy as np

from core.messages import N_, Problem
from core.numeric.activations import log_softmax
from core.numeric.language import streams
from core.numeric.recurrent.cells import CELLS, Cell, State
from core.numeric.threads import one_blas_thread

UNKNOWN = "\ufffd"  # index 0 of every vocabulary: read for a character it lacks, never written
UNKNOWN_BITS = 20.0  # the charge for a character that a model does not know
START = "\n"  # what a model has read before a text begins
MAX_VOCABULARY = 4096
_LARGEST = float(np.finfo(np.float16).max)  # as files hold them; no product of such overflows
_CHUNK = 1024  # characters read at once: bounds the memory of a long text


@dataclass(frozen=True)
class TextReading:
    """What a model made of a text.

    activations: float32 (time, units), a layer's hidden state after each character.
    log_probs: float32 (time, vocabulary), natural logarithms: what it expected before each
    character; -inf for index 0.
    """

    activations: np.ndarray
    log_probs: np.ndarray


@dataclass(frozen=True, eq=False)
class LanguageModel:
    """Embedding, recurrent layers and a dense layer of logits over ``vocabulary``.

    cell: "rnn", "lstm" or "gru". vocabulary: distinct characters, the first U+FFFD.
    weights, with V characters, E dimensions, H units and G gates in Keras's order:
    embedding (V, E); kernel_i (E or H, G * H), recurrent_i (H, G * H), bias_i (G * H) for each
    layer i from 0; logits_kernel (H, V), logits_bias (V). They are kept as float32.
    Raises Problem if cell, vocabulary, names, shapes, types or values are not these.
    """

    cell: str
    vocabulary: str
    weights: Mapping[str, np.ndarray]

    def __post_init__(self):
        if self.cell not in CELLS:
            raise Problem(
                N_("The cell must be one of {cells}, not {cell}."),
                cells=", ".join(CELLS),
                cell=repr(self.cell)[:40],
            )
        check_vocabulary(self.vocabulary)
        check_weights(self.cell, len(self.vocabulary), self.weights)
        as_float32 = {name: np.asarray(array, np.float32) for name, array in self.weights.items()}
        object.__setattr__(self, "weights", as_float32)

    @classmethod
    def of(cls, about: Mapping[str, Any], weights: Mapping[str, np.ndarray]) -> Self:
        """What ``about`` describes, with these weights. Raises Problem as above."""
        return cls(about["cell"], about["vocabulary"], weights)

    @property
    def about(self) -> dict[str, Any]:
        """All but the weights, as JSON has it."""
        return {"cell": self.cell, "vocabulary": self.vocabulary}

    @property
    def layers(self) -> int:
        """How many recurrent layers there are."""
        return _layers(self.weights)

    @property
    def params(self) -> int:
        """How many weights there are."""
        return sum(array.size for array in self.weights.values())

    def units(self, layer: int = -1) -> int:
        """Hidden units of a layer, the last by default."""
        return self.weights[f"recurrent_{range(self.layers)[layer]}"].shape[0]

    def encode(self, text: str) -> np.ndarray:
        """Indices of the characters of ``text``, intp (time,); 0 where unknown."""
        points = _code_points(text)
        return self._numbers[np.minimum(points, len(self._numbers) - 1)]

    def decode(self, ids: np.ndarray) -> str:
        """The text of ``ids`` (time,); U+FFFD for 0."""
        return "".join(self.vocabulary[i] for i in ids)

    def unknown(self, text: str) -> list[str]:
        """The distinct characters of ``text`` that the model does not know, in order."""
        return [char for char in dict.fromkeys(text) if char not in self.vocabulary[1:]]

    def initial_state(self, batch: int | None = None) -> tuple[State, ...]:
        """Zeros for each layer, (units,), or (batch, units) for several texts at once."""
        shape = () if batch is None else (batch,)
        return tuple(
            self._kind.zero_state(*shape, recurrent.shape[0]) for _, _, recurrent in self._stack
        )

    def step(
        self, ids: int | np.ndarray, state: tuple[State, ...]
    ) -> tuple[np.ndarray, tuple[State, ...]]:
        """Read one character: the logits of the next and the new state.

        ids: an index, or int (batch,), and ``state`` as of ``initial_state`` or ``step``.
        Returns float32 (vocabulary,) or (batch, vocabulary), -inf at index 0, and the state.
        """
        hidden = self._table[ids]
        after = []
        for i, (kernel, bias, recurrent) in enumerate(self._stack):
            projected = hidden @ kernel + bias if i else hidden
            new = self._kind.step(projected, state[i], recurrent)
            hidden = new.hidden
            after.append(new[: self._kind.states])
        kernel, bias = self._output
        return hidden @ kernel + bias, tuple(after)

    def start(self, prompt: str = "") -> tuple[np.ndarray, tuple[State, ...]]:
        """Logits of the character after ``prompt`` and the state there; a line begins before it."""
        with one_blas_thread():
            logits, state = self.step(self.encode(START)[0], self.initial_state())
            for i in self.encode(prompt):
                logits, state = self.step(i, state)
        return logits, state

    def read(self, text: str, layer: int = -1) -> TextReading:
        """What a layer's units do along ``text``, and what the model expects before each character.

        The state is carried through the whole text; a line begins before it.
        Raises Problem if the text is empty.
        """
        hidden, log_probs = zip(*self._read(text, range(self.layers)[layer]), strict=True)
        return TextReading(np.concatenate(hidden)[1:], np.concatenate(log_probs)[:-1])

    def surprise_pieces(self, text: str) -> Iterator[np.ndarray]:
        """Bits that each character of ``text`` costs, piece by piece, float64 (at most 1024,).

        20 bits for an unknown one; the state is carried from piece to piece.
        Raises Problem if the text is empty.
        """
        ids = self.encode(text)
        at = 0
        for _, log_probs in self._read(text, self.layers - 1):
            now = ids[at : at + len(log_probs)]
            at += len(log_probs)
            yield self.costs(log_probs[: len(now)], now)

    def surprise_bits(self, text: str) -> np.ndarray:
        """The same for the whole text, float64 (time,)."""
        return np.concatenate(list(self.surprise_pieces(text)))

    def bits_per_char(
        self,
        text: str,
        heard: Callable[[float], object] = lambda _share: None,
        threads: int = 1,
    ) -> float:
        """Mean of ``surprise_bits`` to 1e-5; the perplexity is 2 to the power of it.

        heard: is told what share is done, now and then; of a long text, with ``threads``, in one of
        them. Raises Problem if the text is empty.
        """
        if (parts := streams.parts_of(len(text))) > 1:
            ids = self.encode(START + text)
            return streams.total_bits(self, ids, parts, heard, threads) / len(text)
        bits = []
        for piece in self.surprise_pieces(text):
            bits.append(piece)
            heard(min(1.0, len(bits) * _CHUNK / len(text)))
        return float(np.concatenate(bits).mean())

    def over_time(
        self, ids: np.ndarray, state: tuple[State, ...]
    ) -> tuple[np.ndarray, tuple[State, ...]]:
        """Log-probabilities after each character of ids (..., time), and the last state.

        state: as of ``initial_state``. Returns float32 (..., time, vocabulary), -inf at index 0.
        """
        hidden, state = self._layers_over_time(ids, state)
        kernel, bias = self._output
        return log_softmax(hidden[-1] @ kernel + bias), state

    def costs(self, log_probs: np.ndarray, ids: np.ndarray) -> np.ndarray:
        """Bits of characters, float64 (n,): log_probs (n, vocabulary) before each; ids (n,)."""
        bits = np.full(len(ids), UNKNOWN_BITS)
        known = np.flatnonzero(ids)
        bits[known] = -log_probs[known, ids[known]] / np.log(2)
        return bits

    def _read(self, text: str, layer: int) -> Iterator[tuple[np.ndarray, np.ndarray]]:
        """A layer's hidden state after START and each character, and the log-probabilities then."""
        if not text:
            raise Problem(N_("The text is empty."))
        ids = self.encode(START + text)
        state = self.initial_state()
        kernel, bias = self._output
        for at in range(0, len(ids), _CHUNK):
            with one_blas_thread():
                hidden, state = self._layers_over_time(ids[at : at + _CHUNK], state)
                log_probs = log_softmax(hidden[-1] @ kernel + bias)
            yield hidden[layer], log_probs

    def _layers_over_time(
        self, ids: np.ndarray, state: tuple[State, ...]
    ) -> tuple[list[np.ndarray], tuple[State, ...]]:
        """Each layer's hidden states along ids (..., time), and the last state."""
        hidden, after = [], []
        for i, (kernel, bias, recurrent) in enumerate(self._stack):
            projected = hidden[-1] @ kernel + bias if i else self._table[ids]
            states, last = self._kind.over_time(projected, state[i], recurrent)
            hidden.append(states)
            after.append(last)
        return hidden, tuple(after)

    @cached_property
    def _numbers(self) -> np.ndarray:
        """The index of each code point up to one above the largest that is known; 0: unknown."""
        known = _code_points(self.vocabulary)
        numbers = np.zeros(known.max() + 2, np.intp)
        numbers[known[1:]] = np.arange(1, len(known))
        return numbers

    @property
    def _kind(self) -> Cell:
        return CELLS[self.cell]

    @cached_property
    def _stack(self) -> list[tuple[np.ndarray, np.ndarray, np.ndarray]]:
        # Column order lets BLAS walk along contiguous memory when one hidden state is multiplied.
        return [
            (
                self.weights[f"kernel_{i}"],
                self.weights[f"bias_{i}"],
                np.asfortranarray(self.weights[f"recurrent_{i}"]),
            )
            for i in range(self.layers)
        ]

    @cached_property
    def _table(self) -> np.ndarray:
        """What the first layer adds for each character, (vocabulary, gates * units)."""
        kernel, bias, _ = self._stack[0]
        return self.weights["embedding"] @ kernel + bias

    @cached_property
    def _output(self) -> tuple[np.ndarray, np.ndarray]:
        bias = self.weights["logits_bias"].copy()
        bias[0] = -np.inf  # nobody can write an unknown character
        return np.asfortranarray(self.weights["logits_kernel"]), bias


def check_vocabulary(vocabulary: object) -> None:
    """Raise Problem unless it is U+FFFD and at least one more character, all distinct."""
    if not isinstance(vocabulary, str) or not 2 <= len(vocabulary) <= MAX_VOCABULARY:
        raise Problem(
            N_("The vocabulary must be a text of 2 to {most} characters."), most=MAX_VOCABULARY
        )
    if vocabulary[0] != UNKNOWN:
        raise Problem(N_("The vocabulary must begin with U+FFFD, for unknown characters."))
    if len(set(vocabulary)) < len(vocabulary):
        raise Problem(N_("The vocabulary holds a character twice."))


def check_weights(cell: str, vocabulary: int, weights: Mapping[str, np.ndarray]) -> None:
    """Raise Problem unless ``weights`` are those of a LanguageModel; ``vocabulary``: its length."""
    embedding = weights.get("embedding")
    if embedding is None or np.ndim(embedding) != 2:
        raise Problem(N_("The weights lack {name}."), name="embedding")
    width = int(np.shape(embedding)[1])
    expected: dict[str, tuple[int, ...]] = {"embedding": (vocabulary, width)}
    for i in range(max(1, _layers(weights))):
        recurrent = weights.get(f"recurrent_{i}", np.zeros(0))
        units = (np.shape(recurrent) or (0,))[0]
        gates = CELLS[cell].gates * units
        expected[f"kernel_{i}"] = (width, gates)
        expected[f"recurrent_{i}"] = (units, gates)
        expected[f"bias_{i}"] = (gates,)
        width = units
    expected["logits_kernel"] = (width, vocabulary)
    expected["logits_bias"] = (vocabulary,)
    for name in weights:
        if name not in expected:
            raise Problem(N_("The model has no place for the weights {name}."), name=str(name)[:40])
    for name, shape in expected.items():
        if name not in weights:
            raise Problem(N_("The weights lack {name}."), name=name)
        array = weights[name]
        if not isinstance(array, np.ndarray) or array.dtype.kind != "f":
            raise Problem(N_("The weights {name} must be floating-point numbers."), name=name)
        if array.shape != shape or 0 in shape:
            raise Problem(
                N_("The weights {name} must have the shape {expected}, not {given}."),
                name=name,
                expected=shape,
                given=array.shape,
            )
        if not (np.abs(array) <= _LARGEST).all():  # NaN fails too
            raise Problem(
                N_("The weights {name} hold values that are not numbers or are too large."),
                name=name,
            )


def _layers(weights: Mapping[str, np.ndarray]) -> int:
    return sum(name.startswith("kernel_") for name in weights)


def _code_points(text: str) -> np.ndarray:
    return np.frombuffer(text.encode("utf-32-le", "surrogatepass"), "<u4")
