"""A table as it was understood: what is in it, what was left out, and what stays open."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

import numpy as np

from core.data.tables.dates.times import Time
from core.messages import N_, Note


@dataclass(frozen=True)
class Question:
    """What a file leaves open: a choice was made, and can be made otherwise.

    name: by which ``read_table`` takes the answer. options: what each says, by name.
    """

    name: str
    asked: Note
    options: Mapping[str, Note]
    chosen: str


@dataclass(frozen=True)
class Table:
    """Columns by name, in the order of the file; the oldest row first.

    columns: those of numbers, float64 (rows,), finite. texts: the others, as they stand.
    time: which column tells the time, None if none does; it is in neither. missing: of columns in
    which values were missing, where, bool (rows,); they are filled on straight lines.
    removed: what was left out or mended. questions: what the file leaves open. decimal: the mark
    before the decimals. encoding: of the file. label: the column that was chosen for the class, ""
    for none, None where nothing was chosen. counters: columns of numbers that were left out since
    they only count rows or time.
    """

    columns: dict[str, np.ndarray]
    texts: dict[str, list[str]]
    rows: int
    time: Time | None = None
    missing: dict[str, np.ndarray] = field(default_factory=dict)
    removed: tuple[Note, ...] = ()
    questions: tuple[Question, ...] = ()
    decimal: str = "."
    encoding: str = "utf-8"
    label: str | None = None
    counters: tuple[str, ...] = ()

    def tells_time(self, name: str) -> bool:
        """Whether a column of the file only tells when its rows were, and so is no series."""
        dated = {self.time.column, *self.time.column.split()} if self.time else set()
        return name not in self.columns and name in {*self.counters, *dated}

    @property
    def leading(self) -> str:
        """The first column of numbers that are not all the same: of a series the one to begin with.

        The first of all where none is.
        """
        varying = (name for name, values in self.columns.items() if (values != values[0]).any())
        return next(varying, next(iter(self.columns)))

    def understood(self) -> list[Note]:
        """What was read, in a few sentences for who brought it."""
        notes = [Note(N_("{count} rows"), {"count": self.rows})]
        if self.time and self.time.texts:
            first, last = self.time.texts[0], self.time.texts[-1]
            notes.append(Note(N_("from {first} to {last}"), {"first": first, "last": last}))
        if self.decimal == ",":
            notes.append(Note(N_("decimal comma")))
        return [*notes, *self.removed]
