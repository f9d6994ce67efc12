"""Texts as rows of ids for a network that reads one text and writes another."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np

PAD, START, END = 0, 1, 2
FIRST = 3  # the id of the first symbol


@dataclass(frozen=True)
class Codec:
    """How questions and answers become ids: 0 fills up, 1 begins an answer, 2 ends it.

    symbols: every character that is known; the first has the id 3. reverse_questions,
    reverse_answers: whether they are read and written from the last character to the first. A
    question is turned round with its padding, which then comes first.
    """

    symbols: str
    reverse_questions: bool = False
    reverse_answers: bool = False

    @property
    def size(self) -> int:
        """The number of ids."""
        return FIRST + len(self.symbols)

    def questions(self, texts: Sequence[str], length: int = 0) -> np.ndarray:
        """Ids of questions, int32 (texts, length), or longer where a text is longer.

        Raises KeyError for a character that is not known.
        """
        ids = filled([self._ids(text) for text in texts], length)
        return ids[:, ::-1].copy() if self.reverse_questions else ids

    def answers(self, texts: Sequence[str], length: int = 0) -> np.ndarray:
        """Ids of answers, each behind its last character an END, int32 (texts, length)."""
        way = -1 if self.reverse_answers else 1
        return filled([[*self._ids(text)[::way], END] for text in texts], length)

    def text(self, ids: Sequence[int] | np.ndarray) -> str:
        """The answer that ids say, up to END, as it is read."""
        symbols = [self.symbol(i) for i in until_end(ids)]
        return "".join(reversed(symbols) if self.reverse_answers else symbols)

    def symbol(self, i: int) -> str:
        """The character of an id, nothing for PAD, START and END."""
        return self.symbols[i - FIRST] if i >= FIRST else ""

    def _ids(self, text: str) -> list[int]:
        return [self._places[character] for character in text]

    @cached_property
    def _places(self) -> dict[str, int]:
        return {symbol: FIRST + i for i, symbol in enumerate(self.symbols)}


def filled(rows: Sequence[Sequence[int]], length: int) -> np.ndarray:
    """Rows of ids with PAD behind them, int32 (rows, length), or as long as the longest."""
    ids = np.full((len(rows), max([length, *map(len, rows)])), PAD, np.int32)
    for row, values in zip(ids, rows, strict=True):
        row[: len(values)] = values
    return ids


def until_end(ids: Sequence[int] | np.ndarray) -> list[int]:
    """The ids before the first END."""
    known = [int(i) for i in ids]
    return known[: known.index(END)] if END in known else known


def decoder_inputs(answers: np.ndarray) -> np.ndarray:
    """What the decoder is given with teacher forcing: START, then the answer but for its last id.

    answers: int (batch, time). Returns int32 of the same shape.
    """
    first = np.full((len(answers), 1), START, np.int32)
    return np.concatenate([first, answers[:, :-1].astype(np.int32)], 1)
