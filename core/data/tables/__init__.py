"""A table of numbers that a visitor brings, read as a person would read it, or refused.

Parted by commas, semicolons, tabs, bars or spaces; with or without names, titles, comments and
notes; numbers and dates as people write them. What was left out or mended is said, what is open is
asked.
"""

from __future__ import annotations

import io
import re
from collections.abc import Iterable, Mapping
from dataclasses import replace

import numpy as np

from core.data import encodings, texts
from core.data.packed import unpacked
from core.data.tables.dates.calendar_grid import unrolled
from core.data.tables.layout import Layout, lay_out
from core.data.tables.markup import lines_of_markup
from core.data.tables.numbers import is_number
from core.data.tables.parting import EMPTY
from core.data.tables.reading import Reading
from core.data.tables.several import one_of_several
from core.data.tables.structured import columns_of_arrays, lines_of_json
from core.data.tables.table import Question, Table
from core.data.tables.wide import stood_up
from core.messages import N_, Note, Problem

__all__ = ["MAX_ROWS", "MIN_ROWS", "Question", "Table", "read_table"]

MAX_BYTES, MAX_BYTES_OF_NUMBERS = 4_000_000, 60_000_000
BINARY = N_(
    "The file is not a text table but binary data. In a spreadsheet program, choose 'Save as' and "
    "CSV, and upload that file."
)
MAX_ROWS = 10_000
MIN_ROWS = 2
MAX_COLUMNS = 4_200
_LARGE = 300_000  # bytes, from which on plain numbers are read all at once
_OTHER = {",": ".", ".": ","}
_MOST_AROUND = 1_000  # lines of a file beside its rows


def read_table(
    raw: bytes,
    choices: Mapping[str, str] | None = None,
    *,
    max_rows: int = MAX_ROWS,
    needs_numbers: bool = True,
) -> Table:
    """The table of an uploaded file.

    choices: answers to the ``questions`` of an earlier reading, by name. A column of words is kept
    as text. needs_numbers: whether rows are steps in time, of which a column of numbers is needed;
    where not, each is a sequence, which may be shorter than others.
    Raises Problem, which says what is wrong and where, if the file is empty, too big, binary, has
    fewer than MIN_ROWS or more than max_rows rows, rows that fit no table, or no numbers.
    """
    raw, packed = unpacked(raw, MAX_BYTES_OF_NUMBERS)
    if len(raw) <= MAX_BYTES_OF_NUMBERS and (arrays := columns_of_arrays(raw)):
        rows = len(next(iter(arrays.values())))
        _check_size(rows, len(arrays), max_rows)
        return Table(arrays, {}, rows, encoding="NumPy")
    known = _decoded(raw)
    if (lines_in := lines_of_json(known.text)) is not None:
        notes = (*known.notes, Note(N_("JSON, read as a table")))
        known = replace(known, text=lines_in, notes=notes)
    elif (marked_up := lines_of_markup(known.text)) is not None:
        known = replace(known, text=marked_up[0], notes=(*known.notes, marked_up[1]))
    if packed:
        known = replace(known, notes=(packed, *known.notes))
    text, encoding = known.text, known.encoding
    # In steps of time there is more to understand than the numbers.
    if len(raw) > _LARGE and not needs_numbers:
        plain = _plain_numbers(text, dict(choices or {}), encoding)
        if plain is not None:
            _check_size(plain.rows, len(plain.columns), max_rows)
            known_label = _among((choices or {}).get("label"), plain.columns)
            return replace(plain, removed=(*known.notes, *plain.removed), label=known_label)
    if len(raw) > MAX_BYTES:
        raise _too_big(len(raw), MAX_BYTES)
    if (lines := text.count("\n")) > max_rows + _MOST_AROUND:  # before time is spent on each
        _check_size(lines, 1, max_rows)
    layout = lay_out(text, ragged=not needs_numbers)
    if needs_numbers:
        layout = stood_up(unrolled(layout))
    _check_size(len(layout.rows), len(layout.names), max_rows)
    layout.removed[:0] = known.notes
    table = Reading(layout, dict(choices or {}), needs_numbers).table(encoding)
    if needs_numbers and (one := one_of_several(layout, table, choices or {})):
        layout, question, note = one
        layout.removed.append(note)
        table = Reading(layout, dict(choices or {}), needs_numbers).table(encoding)
        table = replace(table, questions=(question, *table.questions))
    label = (choices or {}).get("label")
    return replace(table, label=_among(label, (*table.columns, *table.texts)))


def _among(label: str | None, names: Iterable[str]) -> str | None:
    return label if label in ("", *names) else None


def _plain_numbers(text: str, choices: dict[str, str], encoding: str) -> Table | None:
    """A large file of numbers alone, read all at once; None if it is not that plain."""
    first = text[: text.find("\n")]
    delimiter = max(",;\t", key=first.count)
    cells = [cell.strip().strip('"') for cell in first.split(delimiter)]
    some = [cell for line in text[:_LARGE].split("\n")[1:-1] for cell in line.split(delimiter)]
    names = None if all(map(is_number, cells)) else cells
    if len(cells) < 3 or (len(set(cells)) < len(cells) and names):
        return None
    called = names or [f"x{at}" for at in range(1, len(cells) + 1)]
    reading = Reading(Layout([], called, delimiter), choices, needs_numbers=False)
    reading.mark = reading.decimal_mark(some)
    mark = reading.mark or "."
    is_grouped = any(_OTHER[mark] in cell for cell in some)
    if mark == delimiter or (is_grouped and _OTHER[mark] == delimiter):
        return None
    import pandas as pd

    try:
        frame = pd.read_csv(
            io.StringIO(text),
            sep=delimiter,
            header=0 if names else None,
            dtype=float,
            decimal=mark,
            thousands=_OTHER[mark] if is_grouped else None,
        )
    except (ValueError, pd.errors.ParserError):
        return None
    if len(frame.columns) != len(called):
        return None
    values = frame.to_numpy()
    if not np.isfinite(values).all() or not isinstance(frame.index, pd.RangeIndex):
        return None
    values.flags.writeable = False
    return reading.table_of(dict(zip(called, values.T, strict=True)), encoding)


def _decoded(raw: bytes) -> texts.Decoded:
    if len(raw) > MAX_BYTES_OF_NUMBERS:
        raise _too_big(len(raw), MAX_BYTES_OF_NUMBERS)
    if not raw.strip():
        raise Problem(EMPTY)
    if b"\0" not in (kept := raw.rstrip(b"\0")):  # where the power failed while it was written
        raw = kept
    try:
        return texts.read(raw, min_chars=1, max_bytes=MAX_BYTES_OF_NUMBERS)
    except Problem:
        if re.search(rb"[\x00-\x08\x0e-\x1f]", raw):
            raise Problem(BINARY) from None
        # Names of columns have more accents than prose has.
        if b"\xa4" in raw and encodings.is_western(raw.replace(b"\xa4", b"\x80")):
            return texts.Decoded(raw.decode("iso8859-15"), "ISO-8859-15")  # nobody writes ¤
        found = encodings.likeliest_western(raw)
        return texts.Decoded(raw.decode(found.codec, "replace"), found.name)


def _check_size(rows: int, columns: int, max_rows: int) -> None:
    if rows > max_rows:
        raise Problem(
            N_("The table has {given:,} rows; at most {most:,} are accepted. Upload a part of it."),
            given=rows,
            most=max_rows,
        )
    if rows < MIN_ROWS:
        raise Problem(
            N_("The table has too few rows: {given} with values; at least {least} are expected."),
            given=rows,
            least=MIN_ROWS,
        )
    if columns > MAX_COLUMNS:
        raise Problem(
            N_("The table has {given:,} columns; at most {most:,} are accepted."),
            given=columns,
            most=MAX_COLUMNS,
        )


def _too_big(given: int, most: int) -> Problem:
    return Problem(
        N_("The file has {given:,} bytes; at most {most:,} are accepted. Upload a part of it."),
        given=given,
        most=most,
    )
