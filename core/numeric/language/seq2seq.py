"""A network that reads one sequence and writes another, without Keras.

The encoder reads the question; its hidden states are the memory, its last states the decoder's
first ones. The decoder writes one symbol after the other, each time reading the one before. With
attention it looks at the memory at each step: weights over the places of the question, and the
average of the memory by these weights, the context.

| paper                                | here                                             |
|--------------------------------------|--------------------------------------------------|
| score s_i . h_t (Luong et al. 2015)  | attention "dot"                                  |
| v . tanh(W_s s_i + U_h h_t)          | attention "additive", which in Bahdanau's        |
|                                      | article scores with the state before, s_{i-1}    |
| tanh(W_z [z_i; s_i]) (Luong, eq. 5)  | weights "combined", on the context z_i           |

Source: Sutskever et al. (2014), arXiv:1409.3215; Bahdanau et al. (2015), arXiv:1409.0473;
Luong et al. (2015), arXiv:1508.04025; Vaswani et al. (2017), arXiv:1706.03762.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any, NamedTuple, Self

import numpy as np

from core.numeric.activations import log_softmax, softmax
from core.numeric.language.beam import Prefix, Search, greatest
from core.numeric.language.codec import END, PAD, START, Codec
from core.numeric.language.translation.codec import PieceCodec
from core.numeric.recurrent.cells import CELLS, State
from core.numeric.recurrent.cells import Weights as CellWeights

ATTENTIONS = ("none", "additive", "dot")
ENCODERS = ("one_way", "both_ways", "self_attention")
_NOTHING = -1e9  # a score that gets no weight, as Keras has it

Weights = Mapping[str, np.ndarray]


@dataclass(frozen=True)
class Seq2SeqArchitecture:
    """What kind of network it is.

    cell: "rnn", "lstm" or "gru". attention: of ATTENTIONS. encoder: of ENCODERS. masked: whether
    padding is passed over; if not, a question is filled up to ``question_length`` and the network
    reads the padding, too. With self-attention it is always passed over in the attention.
    """

    cell: str = "lstm"
    attention: str = "dot"
    encoder: str = "both_ways"
    masked: bool = True
    question_length: int = 0


class Encoded(NamedTuple):
    """What the encoder hands over.

    memory: (batch, time, units). known: bool (batch, time), places that may be looked at.
    state: the decoder's first, (batch, units) each. self_attention: (batch, time, time), each row
    where a place looked, or None.
    """

    memory: np.ndarray
    known: np.ndarray
    state: State
    self_attention: np.ndarray | None


class Written(NamedTuple):
    """What the decoder wrote, the steps in the order of writing.

    ids: int (batch, steps), PAD behind END. probabilities: (batch, steps, symbols).
    attention: (batch, steps, time), zeros without attention.
    """

    ids: np.ndarray
    probabilities: np.ndarray
    attention: np.ndarray

    def chosen(self) -> np.ndarray:
        """The probability of each symbol written, (batch, steps)."""
        return np.take_along_axis(self.probabilities, self.ids[..., None], -1)[..., 0]


class Edit(NamedTuple):
    """An attention weight that is held: at ``step`` of writing, ``weight`` on ``place``."""

    step: int
    place: int
    weight: float


class Seq2Seq:
    """A trained network.

    weights by name: encoder.embedding, decoder.embedding; forward.*, backward.* and decoder.* with
    kernel, recurrent, bias; attention.query, attention.key, attention.scale (additive);
    combined.kernel, combined.bias (with attention); logits.kernel, logits.bias, or neither where
    the logits are products of what is combined with decoder.embedding; of self-attention position,
    query.*, key.*, value.*, output.*, start.* with kernel and bias.
    """

    def __init__(
        self, codec: Codec | PieceCodec, architecture: Seq2SeqArchitecture, weights: Weights
    ):
        self.codec: Any = codec  # each lesson knows which of the two its networks have
        self.architecture = architecture
        self.weights = {name: np.asarray(w, np.float32) for name, w in weights.items()}
        self._cell = CELLS[architecture.cell]

    @classmethod
    def of(cls, about: Mapping[str, Any], weights: Weights) -> Self:
        """What ``about`` describes, with these weights."""
        kind = PieceCodec if "read" in about["codec"] else Codec
        return cls(kind(**about["codec"]), Seq2SeqArchitecture(**about["architecture"]), weights)

    @property
    def about(self) -> dict[str, Any]:
        """All but the weights, as JSON has it."""
        return {"architecture": asdict(self.architecture), "codec": asdict(self.codec)}

    @property
    def params(self) -> int:
        """The number of weights."""
        return sum(array.size for array in self.weights.values())

    @property
    def units(self) -> int:
        """The size of the decoder's state."""
        return self.weights["decoder.recurrent"].shape[0]

    def questions(self, texts: Sequence[str]) -> np.ndarray:
        """Ids of questions as this network wants them. Raises KeyError for unknown characters."""
        length = 0 if self.architecture.masked else self.architecture.question_length
        return self.codec.questions(texts, length)

    def encode(self, ids: np.ndarray) -> Encoded:
        """Read questions, int (batch, time)."""
        known = ids != PAD
        embedded = self.weights["encoder.embedding"][ids]
        if self.architecture.encoder == "self_attention":
            return self._look_around(embedded, known)
        read = known if self.architecture.masked else np.ones_like(known)
        hidden, state = self._read("forward", embedded, read)
        if self.architecture.encoder == "both_ways":
            back, back_state = self._read("backward", embedded[:, ::-1], read[:, ::-1])
            hidden = np.concatenate([hidden, back[:, ::-1]], -1)
            state = tuple(np.concatenate(two, -1) for two in zip(state, back_state, strict=True))
        return Encoded(hidden, read, state, None)

    def step(
        self, ids: np.ndarray, state: State, encoded: Encoded, edit: Edit | None = None
    ) -> tuple[np.ndarray, State, np.ndarray]:
        """Write one symbol on: logits (batch, symbols), the next state, attention (batch, time).

        ids: int (batch,), the symbols before. edit: a weight to be held, whatever its step.
        """
        w = self.weights
        projected = w["decoder.embedding"][ids] @ w["decoder.kernel"] + w["decoder.bias"]
        after = self._cell.step(projected, state, w["decoder.recurrent"])
        seen, attention = after.hidden, np.zeros(encoded.known.shape, np.float32)
        if self.architecture.attention != "none":
            attention = self._attention(seen, encoded)
            if edit is not None:
                attention = hold_weight(attention, edit)
            context = (attention[:, None] @ encoded.memory)[:, 0]
            seen = np.concatenate([context, seen], -1)
        is_tied = "logits.kernel" not in w
        if is_tied or self.architecture.attention != "none":
            seen = np.tanh(seen @ w["combined.kernel"] + w["combined.bias"])
        if is_tied:
            return seen @ w["decoder.embedding"].T, after[: self._cell.states], attention
        logits = seen @ w["logits.kernel"] + w["logits.bias"]
        return logits, after[: self._cell.states], attention

    def write(self, ids: np.ndarray, longest: int, edit: Edit | None = None) -> Written:
        """Write answers greedily: always the likeliest symbol, until END or ``longest`` steps.

        ids: questions, int (batch, time).
        """
        steps = list(self._greedy(ids, longest, edit))
        symbols, logits, attention = (np.stack(one, 1) for one in zip(*steps, strict=True))
        return Written(symbols, softmax(logits), attention)

    def ids(self, ids: np.ndarray, longest: int) -> np.ndarray:
        """The greedy answers to questions as ids, int (batch, steps), PAD behind END."""
        return np.stack([symbols for symbols, *_ in self._greedy(ids, longest)], 1)

    def answers(self, texts: Sequence[str], longest: int) -> list[str]:
        """The greedy answers to questions."""
        if not texts:
            return []
        return [self.codec.text(row) for row in self.ids(self.questions(texts), longest)]

    def beam(self, text: str, width: int, longest: int) -> list[tuple[str, float]]:
        """The likeliest answers that a search of ``width`` finds, with their probabilities.

        See ``search``, whose length does not count here.
        """
        found = self.search(text, width, longest)
        return [
            (
                self.codec.text(found.ids(number)),
                float(np.exp(found.prefixes[number].log_probability)),
            )
            for number in found.best
        ]

    def search(self, text: str, width: int, longest: int, length_power: float = 0.0) -> Search:
        """A beam search: at each step the ``width`` likeliest prefixes are gone on from.

        With a width of 1 it is the greedy answer. length_power: the log probability is divided by
        the steps to this power before answers are compared, since long ones are less likely (Wu et
        al. 2016, arXiv:1609.08144, without the constant). Raises ValueError for a width below 1.
        """
        if width < 1:
            raise ValueError(f"width must be at least 1, not {width}")
        encoded = self.encode(self.questions([text]))
        prefixes: list[Prefix] = []
        live, ended, state = [-1], [], encoded.state
        for step in range(1, longest + 1):
            last = np.array([prefixes[at].id if at >= 0 else START for at in live])
            memory, known = (np.repeat(a, len(live), 0) for a in encoded[:2])
            logits, state, _ = self.step(last, state, Encoded(memory, known, state, None))
            before = [prefixes[at].log_probability if at >= 0 else 0.0 for at in live]
            scores = np.array(before)[:, None] + log_softmax(logits)
            best = greatest(scores.ravel(), width - len(ended))
            rows, ids = np.unravel_index(best, scores.shape)
            first = len(prefixes)
            prefixes += [
                Prefix(live[row], int(i), step, float(scores[row, i]))
                for row, i in zip(rows, ids, strict=True)
            ]
            numbers = np.arange(first, len(prefixes))
            ended += numbers[ids == END].tolist()
            live = numbers[ids != END].tolist()
            if not live:
                break
            state = tuple(part[rows[ids != END]] for part in state)

        def score(number: int) -> float:
            prefix = prefixes[number]
            return prefix.log_probability / prefix.steps**length_power

        return Search(prefixes, sorted([*ended, *live], key=score, reverse=True))

    def _greedy(
        self, ids: np.ndarray, longest: int, edit: Edit | None = None
    ) -> Iterator[tuple[np.ndarray, np.ndarray, np.ndarray]]:
        """At each step the symbols written, the logits they were chosen by, and the attention."""
        encoded = self.encode(ids)
        state, last = encoded.state, np.full(len(ids), START)
        over = np.zeros(len(ids), bool)
        for step in range(longest):
            here = edit if edit and edit.step == step else None
            logits, state, attention = self.step(last, state, encoded, here)
            last = np.where(over, PAD, logits.argmax(-1))
            yield last, logits, attention
            over |= last == END
            if over.all():
                return

    def _read(
        self, direction: str, inputs: np.ndarray, real: np.ndarray
    ) -> tuple[np.ndarray, State]:
        """Hidden states (batch, time, units) and the last state; where not ``real``, kept."""
        parts = (self.weights[f"{direction}.{part}"] for part in CellWeights._fields)
        return self._cell.read(inputs, CellWeights(*parts), real)

    def _attention(self, output: np.ndarray, encoded: Encoded) -> np.ndarray:
        """Weights over the places of the question, (batch, time), which sum to 1."""
        w = self.weights
        if self.architecture.attention == "dot":
            scores = (encoded.memory @ output[..., None])[..., 0]
        else:
            asked = (output @ w["attention.query"])[:, None]
            offered = encoded.memory @ w["attention.key"]
            scores = np.tanh(asked + offered) @ w["attention.scale"]
        return softmax(np.where(encoded.known, scores, _NOTHING))

    def _look_around(self, embedded: np.ndarray, known: np.ndarray) -> Encoded:
        """One layer of self-attention in the encoder's place."""
        w, time = self.weights, embedded.shape[1]
        placed = embedded + w["position"][:time]
        query, key, value = (
            placed @ w[f"{part}.kernel"] + w[f"{part}.bias"] for part in ("query", "key", "value")
        )
        scores = query @ key.transpose(0, 2, 1) / np.sqrt(query.shape[-1])
        weights = softmax(np.where(known[:, None], scores, _NOTHING))
        seen = weights @ value @ w["output.kernel"] + w["output.bias"]
        memory = placed + seen
        mean = (memory * known[..., None]).sum(1) / known.sum(1, keepdims=True)
        start = np.tanh(mean @ w["start.kernel"] + w["start.bias"])
        return Encoded(memory, known, tuple(np.split(start, self._cell.states, -1)), weights)


def hold_weight(attention: np.ndarray, edit: Edit) -> np.ndarray:
    """Attention weights (batch, time) with one held; the others share what is left as they did.

    Where the others have no weight at all, they share it equally.
    """
    places = attention.shape[1]
    if places == 1:
        return np.ones_like(attention)
    free = np.arange(places) != edit.place
    others = attention * free
    left = others.sum(-1, keepdims=True)
    shared = np.where(left > 0, others / np.where(left > 0, left, 1), free / (places - 1))
    return np.where(free, (1 - edit.weight) * shared, edit.weight).astype(attention.dtype)
