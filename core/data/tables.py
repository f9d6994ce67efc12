"""A table of numbers that a visitor brings as CSV, read or refused with a reason.

Commas, semicolons or tabs; decimal points or the decimal commas that French spreadsheets write;
with or without a header; UTF-8, UTF-16 or Western European.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from core.data import texts
from core.messages import N_, Problem

MAX_BYTES = 2_000_000
MAX_ROWS = 10_000
MIN_ROWS = 2
MAX_COLUMNS = 500
_DELIMITERS = "\t;,"
_NUMBER = re.compile(r"[+-]?(?:\d+(?:[.,]\d*)?|[.,]\d+)(?:[eE][+-]?\d+)?")
_THOUSANDS = re.compile(r"[+-]?\d{1,3}(?:(?P<mark>[.,])\d{3})(?:(?P=mark)\d{3})*(?:[.,]\d+)?")
_GROUPS = re.compile(r"(?<=\d)[\xa0\u202f\u2009](?=\d{3}(?!\d))")
_MISSING = {"", "na", "n/a", "#n/a", "nan", "null", "none", "-", "?", "inf", "+inf", "-inf"}
_MISSING |= {"infinity", "-infinity", "#value!", "#valeur!", "#div/0!", "#ref!"}

Row = tuple[int, list[str]]  # the line of the file that it stands on, its cells


@dataclass(frozen=True)
class Table:
    """Columns by name, in the order of the file.

    columns: those of numbers, float64 (rows,), finite. texts: the others, as they stand.
    """

    columns: dict[str, np.ndarray]
    texts: dict[str, list[str]]
    rows: int


def read_table(raw: bytes, *, max_rows: int = MAX_ROWS, needs_numbers: bool = True) -> Table:
    """The table of an uploaded CSV file.

    A first row without any number names the columns; else they are called x1, x2, ... (a single
    column of decimal commas needs a name, or it would read as two columns). A column
    of words (dates, labels, DNA) is kept as text; one of numbers has a number in every cell.
    needs_numbers: whether a table of texts alone is refused too.
    Raises Problem, which says what is wrong and where, if the file is empty, too big, binary,
    ragged, lacks a cell, has fewer than MIN_ROWS or more than max_rows rows, or no numbers.
    """
    text = _decoded(raw)
    rows, delimiter = _split(text)
    names = _header(rows)
    body = rows[1:] if _is_header(rows[0][1]) else rows
    if len(body) > max_rows:
        raise Problem(
            N_("The table has {given:,} rows; at most {most:,} are taken. Give a part of it."),
            given=len(body),
            most=max_rows,
        )
    if len(body) < MIN_ROWS:
        raise Problem(
            N_("The table has too few rows: {given} of values, at least {least} are expected."),
            given=len(body),
            least=MIN_ROWS,
        )
    columns, words = {}, {}
    for at, name in enumerate(names):
        cells = [(line, cells[at].strip()) for line, cells in body]
        numbers = _numbers(cells, name, delimiter)
        if numbers is not None:
            columns[name] = numbers
        else:
            words[name] = [cell for _, cell in cells]
    if needs_numbers and not columns:
        raise Problem(
            N_(
                "The table has no column of numbers (its columns: {names}); "
                "at least one is expected."
            ),
            names=_short(", ".join(words)),
        )
    return Table(columns, words, len(body))


def _decoded(raw: bytes) -> str:
    if len(raw) > MAX_BYTES:
        raise Problem(
            N_("The file has {given:,} bytes; at most {most:,} are taken. Give a part of it."),
            given=len(raw),
            most=MAX_BYTES,
        )
    if not raw.strip():
        raise Problem(N_("The file is empty; a table with a row for each time step is expected."))
    try:
        return texts.read_text(raw, min_chars=1)
    except Problem:
        if re.search(rb"[\x00-\x08\x0e-\x1f]", raw):
            raise Problem(
                N_(
                    "The file is no table of text but binary data. In a spreadsheet, choose "
                    "'Save as' and CSV, and bring that file."
                )
            ) from None
        return raw.decode("cp1252", "replace")  # names of columns with more accents than prose has


def _split(text: str) -> tuple[list[Row], str]:
    """The rows that are not empty, and what parts their cells ("" for a single column)."""
    named = re.match(r"\s*\"?sep=([;,|\t])\"?[ \t]*\n", text)  # what Excel writes and reads
    if named:
        text = "\n" + text[named.end() :]  # the lines keep their numbers
    candidates = [named[1]] if named else [d for d in _DELIMITERS if d in text] or [","]
    readings: list[tuple[list[Row], str]] = []
    troubles = []
    for delimiter in candidates:
        try:
            readings.append((_rows(text, delimiter), delimiter))
        except Problem as problem:
            troubles.append(problem)
    if readings and not any(rows for rows, _ in readings):
        raise Problem(N_("The file is empty; a table with a row for each time step is expected."))
    readings = [(rows, d) for rows, d in readings if rows]
    for rows, delimiter in readings:
        if len({len(cells) for _, cells in rows}) == 1 < len(rows[0][1]):
            return _bounded(rows), delimiter
    lines = [(at, [line]) for at, line in enumerate(text.split("\n"), 1) if line.strip()]
    for rows in [rows for rows, _ in readings] + [lines]:
        if len(candidates) == 1 and all(len(c) == 1 for _, c in rows) and rows is not lines:
            return rows, ""
        if _is_one_column(rows):  # its decimal commas look like a ragged table
            return rows, ""
    uneven = [rows for rows, _ in readings if len({len(cells) for _, cells in rows}) > 1]
    if uneven:
        raise _ragged(max(uneven, key=lambda rows: sum(len(cells) > 1 for _, cells in rows)))
    if troubles:
        raise troubles[0]
    return readings[0][0], ""


def _is_one_column(rows: list[Row]) -> bool:
    name = rows[0][1][0]
    single = all(len(cells) == 1 for _, cells in rows)
    return (
        single and not set(name) & set(_DELIMITERS) and all(_is_number(c[0]) for _, c in rows[1:])
    )


def _rows(text: str, delimiter: str) -> list[Row]:
    """Rows with something in them; cells that are empty in every row at the end are cut off."""
    reader = csv.reader(text.split("\n"), delimiter=delimiter, skipinitialspace=True, strict=True)
    try:
        rows = [(reader.line_num, cells) for cells in reader if any(c.strip() for c in cells)]
    except csv.Error:
        raise Problem(
            N_("Line {line}: a quotation mark is left open, or stands inside a cell."),
            line=reader.line_num,
        ) from None
    used = max((len(_trimmed(cells)) for _, cells in rows), default=0)
    return [(line, cells[:used]) for line, cells in rows]


def _trimmed(cells: list[str]) -> list[str]:
    while cells and not cells[-1].strip():
        cells = cells[:-1]
    return cells


def _bounded(rows: list[Row]) -> list[Row]:
    width = len(rows[0][1])
    if width > MAX_COLUMNS:
        raise Problem(
            N_("The table has {given:,} columns; at most {most:,} are taken."),
            given=width,
            most=MAX_COLUMNS,
        )
    return rows


def _ragged(rows: list[Row]) -> Problem:
    widths = [len(cells) for _, cells in rows]
    usual = max(widths, key=widths.count)
    line, cells = next((line, cells) for line, cells in rows if len(cells) != usual)
    return Problem(
        N_(
            "The rows are not equally long (cells in line {line}: {given}, "
            "in most lines: {usual}). Each row needs a value for each column."
        ),
        line=line,
        given=len(cells),
        usual=usual,
    )


def _is_header(cells: list[str]) -> bool:
    return not any(_is_number(cell) or cell.strip().lower() in _MISSING - {""} for cell in cells)


def _header(rows: list[Row]) -> list[str]:
    first = rows[0][1]
    given = [cell.strip() for cell in first] if _is_header(first) else [""] * len(first)
    names: list[str] = []
    for at, name in enumerate(given, 1):
        names.append(_unused(_short(name) or f"x{at}", names))
    return names


def _unused(name: str, names: list[str]) -> str:
    return name if name not in names else next(_others(name, names))


def _others(name: str, names: list[str]) -> Iterator[str]:
    return (other for k in range(2, len(names) + 2) if (other := f"{name} ({k})") not in names)


def _numbers(cells: list[tuple[int, str]], name: str, delimiter: str) -> np.ndarray | None:
    """A column's numbers, float64 (rows,); None if it is one of words. Raises Problem if mixed."""
    plain = [(line, _GROUPS.sub("", cell).replace("−", "-")) for line, cell in cells]
    strangers = [(line, cell) for line, cell in plain if not _is_number(cell)]
    numeric = len(plain) - len(strangers)
    lacking = next(((n, c) for n, c in strangers if c.lower() in _MISSING), None)
    words = [cell for _, cell in strangers if cell.lower() not in _MISSING]
    if not numeric or (words and 2 * numeric < len(plain)):
        return None
    if lacking and not lacking[1]:
        raise Problem(
            N_("Line {line}: the cell of column {name} is empty; every row needs a number there."),
            line=lacking[0],
            name=name,
        )
    if strangers:
        line, cell = lacking or strangers[0]
        raise Problem(
            N_("Line {line}: column {name} has {given} where a number is expected."),
            line=line,
            name=name,
            given=_short(cell),
        )
    values = np.array([float(c) for c in _with_points([c for _, c in plain], delimiter)])
    if not np.isfinite(values).all():
        at = int(np.flatnonzero(~np.isfinite(values))[0])
        raise Problem(
            N_("Line {line}: the number {given} in column {name} is too big."),
            line=plain[at][0],
            name=name,
            given=_short(plain[at][1]),
        )
    values.flags.writeable = False
    return values


def _is_number(cell: str) -> bool:
    cell = _GROUPS.sub("", cell.strip()).replace("−", "-")
    return bool(_NUMBER.fullmatch(cell) or _THOUSANDS.fullmatch(cell))


def _with_points(cells: list[str], delimiter: str) -> list[str]:
    """A column's numbers as Python reads them: whether a comma is decimal, the column tells."""
    commas = [cell for cell in cells if "," in cell]
    grouped = all(_THOUSANDS.fullmatch(cell) for cell in commas)
    if any("." in c and c.rfind(".") > c.rfind(",") for c in commas) or (
        commas and grouped and delimiter == ","  # in quotation marks, in an English spreadsheet
    ):
        return [cell.replace(",", "") for cell in cells]
    if any("." in cell for cell in commas):
        return [cell.replace(".", "").replace(",", ".") for cell in cells]
    return [cell.replace(",", ".") for cell in cells]


def _short(text: str) -> str:
    return text if len(text) <= 60 else text[:57] + "..."
