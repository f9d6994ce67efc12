"""Sentences as rows of ids for a network that translates, and back."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache

import numpy as np

from core.numeric.language.codec import END, FIRST, filled, until_end
from core.numeric.language.translation.pieces import START_MARK, split
from core.numeric.language.translation.tokens import tokens


@dataclass(frozen=True)
class PieceCodec:
    """How sentences of one language become ids, and ids sentences of another.

    source, target: the two languages. read, written: their pieces, parted by spaces, in the order
    in which they were learned. What is read is in lower case.
    """

    source: str
    target: str
    read: str
    written: str

    @property
    def size(self) -> int:
        """The number of ids that are written."""
        return FIRST + len(self._written)

    @property
    def read_size(self) -> int:
        """The number of ids that are read."""
        return FIRST + len(self._ranks[0])

    @cached_property
    def _written(self) -> tuple[str, ...]:
        return tuple(self.written.split(" "))

    @cached_property
    def _ranks(self) -> tuple[dict[str, int], dict[str, int]]:
        read, written = (
            {piece: rank for rank, piece in enumerate(pieces.split(" "))}
            for pieces in (self.read, self.written)
        )
        return read, written

    @cached_property
    def _split(self) -> Callable[[str, int], tuple[str, ...]]:
        @lru_cache(50_000)
        def known(token: str, side: int) -> tuple[str, ...]:
            return tuple(split(token, self._ranks[side]))

        return known

    def read_pieces(self, text: str) -> list[str]:
        """The pieces of a sentence that is read; START_MARK begins what stands behind a space."""
        every = tokens(text.lower(), self.source)
        return [piece for token in every for piece in self._split(token, 0)]

    def split_read(self, token: str) -> tuple[str, ...]:
        """The pieces of a word that is read, with the space before it."""
        return self._split(token.lower(), 0)

    def questions(self, texts: Sequence[str], length: int = 0) -> np.ndarray:
        """Ids of sentences to be read, int32 (texts, length), or longer where a text is longer."""
        ranks = self._ranks[0]
        rows = [[FIRST + ranks[piece] for piece in self.read_pieces(text)] for text in texts]
        return filled(rows, length)

    def answers(self, texts: Sequence[str], length: int = 0) -> np.ndarray:
        """Ids of sentences to be written, an END behind each, int32 (texts, length)."""
        ranks = self._ranks[1]
        rows = [
            [FIRST + ranks[p] for token in tokens(text, self.target) for p in self._split(token, 1)]
            for text in texts
        ]
        return filled([[*row, END] for row in rows], length)

    def text(self, ids: Sequence[int] | np.ndarray) -> str:
        """The sentence that ids say, up to END, with no capital at its start."""
        return "".join(map(self.symbol, until_end(ids))).replace(START_MARK, " ").strip()

    def symbol(self, i: int) -> str:
        """The piece of an id, nothing for PAD, START and END."""
        return self._written[i - FIRST] if i >= FIRST else ""
