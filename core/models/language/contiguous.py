"""A long text as batches of contiguous pieces, so that the state can be carried along."""

import itertools
from collections.abc import Iterator

import numpy as np


def contiguous_batches(
    ids: np.ndarray, batch: int, length: int, offset: int = 0
) -> Iterator[tuple[np.ndarray, np.ndarray]]:
    """Inputs and targets (the next characters), each int32 (batch, length).

    The text is cut into ``batch`` streams of equal length; row r of one batch goes on in row r of
    the next. offset: where in the text the first stream begins (it wraps around), so that no two
    epochs need cut alike. What does not fill a piece is left out.
    """
    rolled = np.roll(np.asarray(ids, np.int32), -offset)
    pieces = steps_per_epoch(len(rolled), batch, length)
    per_stream = pieces * length
    streams = rolled[: batch * per_stream].reshape(batch, per_stream)
    after = rolled[1 : batch * per_stream + 1].reshape(batch, per_stream)
    for at in range(0, per_stream, length):
        yield streams[:, at : at + length], after[:, at : at + length]


def endless_batches(
    ids: np.ndarray, batch: int, length: int
) -> Iterator[tuple[np.ndarray, np.ndarray, bool]]:
    """Contiguous batches for ever; the third value tells that the text began again.

    Each pass cuts the text half a piece further on, so that the seams lie elsewhere.
    """
    for offset in itertools.count(step=length // 2):
        for i, (inputs, targets) in enumerate(
            contiguous_batches(ids, batch, length, offset % len(ids))
        ):
            yield inputs, targets, i == 0


def steps_per_epoch(characters: int, batch: int, length: int) -> int:
    """How many batches a text of that many characters gives."""
    return (characters - 1) // (batch * length)


def vocabulary_of(text: str, at_least: int = 1) -> str:
    """The characters that occur ``at_least`` times, by code point, behind U+FFFD for all others."""
    codes, counts = np.unique(
        np.frombuffer(text.encode("utf-32-le"), np.uint32), return_counts=True
    )
    known = "".join(chr(c) for c, n in zip(codes, counts, strict=True) if n >= at_least)
    return "\ufffd" + known.replace("\ufffd", "")
