"""What parts the cells of a table in a text, and which of its lines are rows."""

from __future__ import annotations

import csv
import re
from collections import Counter

from core.data.tables.dates.times import is_time
from core.data.tables.numbers import is_missing, is_number
from core.messages import N_, Problem

EMPTY = N_("The file is empty; rows of values are expected.")
_DELIMITERS = "\t;|,"
COMMENT = re.compile(r"\s*(?:#|%|//)")
_LOOKED_AT = 60  # rows, to tell a column of numbers from one of words
_USUAL = 0.6  # of the lines that have as many cells as the table
_ARROW = re.compile(r" -> ")  # what the monitor of a serial port puts behind the clock
_SPACED = re.compile(r'"[^"]*"(?=[ \t]|$)|[^ \t]+')  # narrower blanks part thousands
_COLUMNS_APART = re.compile(r"[ \t]{2,}")
_CLOCK = re.compile(r"\d{1,2}:\d{2}(?::\d{2}(?:[.,]\d+)?)?")

Line = tuple[int, str]  # its number in the file, what stands on it
Row = tuple[int, list[str]]  # the line of the file that it stands on, its cells


def numbered_lines(text: str) -> tuple[list[Line], str]:
    """Lines with something in them and their numbers; what a first line sep=; says."""
    named = re.match(r"\s*\"?sep=([;,|\t])\"?[ \t]*\n", text)  # what Excel writes and reads
    if named:
        text = "\n" + text[named.end() :]  # the lines keep their numbers
    numbered = [(at, line) for at, line in enumerate(text.split("\n"), 1) if line.strip()]
    if numbered and all(line.startswith(">") for _, line in numbered):  # as a mail quotes it
        numbered = [(at, line[1:].removeprefix(" ")) for at, line in numbered]
    inner = [line.rstrip()[:-1] for _, line in numbered]
    if len(inner) > 1 and all(line.rstrip().endswith(";") for _, line in numbered):
        other = max("\t|,", key=inner[0].count)
        if other in inner[0] and not any(";" in line for line in inner):  # no more than an end
            numbered = [(at, line) for (at, _), line in zip(numbered, inner, strict=True)]
    return [(at, line) for (at, _), line in zip(numbered, _mended(numbered), strict=True)], (
        named[1] if named else ""
    )


def _mended(numbered: list[Line]) -> list[str]:
    """Lines with one mark where two part the cells, and double quotes where single ones stand."""
    lines = [line for _, line in numbered]
    if len(lines) > 1 and all(re.search(r",[ \t]*\t", line) for line in lines):
        return [re.sub(r",[ \t]+", ",", line) for line in lines]
    if len(lines) > 1 and all(re.match(r"'.*'\s*$", line) and '"' not in line for line in lines):
        return [re.sub(r"'(?=[;,\t|]|\s*$)|(?<=[;,\t|])'|^'", '"', line) for line in lines]
    if sum(map(bool, map(_ARROW.search, lines))) >= _USUAL * len(lines) > 1:
        return [_ARROW.sub("\t", line, count=1) for line in lines]
    return lines


def without_comments(lines: list[Line]) -> tuple[list[Line], list[Line]]:
    """The other lines, and those that are comments."""
    comments = [one for one in lines if COMMENT.match(one[1])]
    if 2 * len(comments) > len(lines):
        return lines, []
    return [one for one in lines if not COMMENT.match(one[1])], comments


def unquoted(lines: list[Line]) -> list[Line]:
    """Without the quotation marks where each row stands in them as a whole."""
    whole = re.compile(r'\s*"(?:[^"]|"")*"\s*')
    if not all(whole.fullmatch(line) for _, line in lines):
        return lines
    inner = [(at, line.strip()[1:-1].replace('""', '"')) for at, line in lines]
    return inner if all(any(d in line for d in _DELIMITERS) for _, line in inner) else lines


def split(lines: list[Line], named: str, ragged: bool) -> tuple[list[Row], str]:
    """The rows, and what parts their cells."""
    text = "\n".join(line for _, line in lines)
    candidates = [named] if named else [d for d in _DELIMITERS if d in text]
    readings, troubles = [], []
    for delimiter in candidates:
        try:
            readings.append((_rows(lines, delimiter), delimiter))
        except Problem as problem:
            troubles.append(problem)
    readings = [(rows, delimiter) for rows, delimiter in readings if rows]
    for rows, delimiter in readings:
        if len({len(cells) for _, cells in rows}) == 1 < len(rows[0][1]):
            return rows, delimiter
    for rows in [*(rows for rows, _ in readings), [(at, [line]) for at, line in lines]]:
        if _is_one_column(rows) and not _are_spaced(lines):  # decimal commas look ragged
            return rows, ""
    spaced = [(at, cells_of(line, " ")) for at, line in lines]
    apart = [(at, _COLUMNS_APART.split(line.strip())) for at, line in lines]
    for rows, delimiter in [*readings, (spaced, " "), (apart, "  ")]:
        width, count = Counter(len(cells) for _, cells in rows).most_common(1)[0]
        if delimiter == " " and not _are_numbers(rows):
            continue
        if delimiter == "  " and (not _have_numbers(rows, width) or count < 0.9 * len(rows)):
            continue
        if width > 1 and count >= _USUAL * len(rows):
            return rows, delimiter
        if ragged and sum(len(cells) > 1 for _, cells in rows) >= 0.9 * len(rows):
            return rows, delimiter
    uneven = [rows for rows, _ in readings if len({len(cells) for _, cells in rows}) > 1]
    if uneven:
        rows = max(uneven, key=lambda rows: sum(len(cells) > 1 for _, cells in rows))
        width = Counter(len(cells) for _, cells in rows).most_common(1)[0][0]
        line, cells = next(row for row in rows if len(row[1]) != width)
        raise ragged_problem(line, cells, width)
    if troubles:
        raise troubles[0]
    if not lines or (candidates and not readings):
        raise Problem(EMPTY)
    return [(at, [line]) for at, line in lines], ""


def _are_numbers(rows: list[Row]) -> bool:
    cells = [cell for _, cells in rows[:: max(1, len(rows) // _LOOKED_AT)] for cell in cells]
    told = (is_number(cell) or is_time(cell) or bool(_CLOCK.fullmatch(cell)) for cell in cells)
    return 2 * sum(told) >= len(cells)


def _have_numbers(rows: list[Row], width: int) -> bool:
    """Whether a column of rows that are wide enough has numbers from top to bottom."""
    whole = [cells for _, cells in rows[1:] if len(cells) == width]
    return any(all(map(is_number, cells)) for cells in zip(*whole, strict=True))


def _are_spaced(lines: list[Line]) -> bool:
    """Whether a line of words has a name for each number that spaces part below it, or but one."""
    names, *widths = [len(line.split()) for _, line in lines]
    words = not any(map(is_number, lines[0][1].split()))
    return words and len(set(widths)) == 1 and names > 1 and widths[0] - names in (0, 1)


def cells_of(line: str, delimiter: str) -> list[str]:
    """The cells of one line, none where it cannot be parted."""
    if delimiter in " ":
        return [cell.strip('"') for cell in _SPACED.findall(line)] if delimiter else [line]
    reader = csv.reader([line], delimiter=delimiter, skipinitialspace=True, strict=True)
    try:
        return next(reader, [])
    except csv.Error:
        return []


def _rows(lines: list[Line], delimiter: str) -> list[Row]:
    """Rows with something in them; columns that are empty in every row are left out."""
    reader = csv.reader(
        [line for _, line in lines], delimiter=delimiter, skipinitialspace=True, strict=True
    )
    rows = []
    try:
        for cells in reader:
            if any(cell.strip() for cell in cells):
                rows.append((lines[reader.line_num - 1][0], cells))
    except csv.Error:
        raise Problem(
            N_("Line {line}: a quotation mark is left open, or is inside a cell."),
            line=lines[min(reader.line_num, len(lines)) - 1][0],
        ) from None
    used = {at for _, cells in rows for at, cell in enumerate(cells) if cell.strip()}
    last = max(used, default=-1) + 1
    return [
        (line, [cell for at, cell in enumerate(cells[:last]) if at in used]) for line, cells in rows
    ]


def _is_one_column(rows: list[Row]) -> bool:
    name = rows[0][1][0]
    return (
        all(len(cells) == 1 for _, cells in rows)
        and not set(name) & set(_DELIMITERS)
        and all(is_number(cells[0]) or is_missing(cells[0]) for _, cells in rows[1:])
    )


def ragged_problem(line: int, cells: list[str], usual: int) -> Problem:
    """What is wrong with a row that has not the usual number of cells."""
    return Problem(
        N_(
            "The rows are not equally long (cells in line {line}: {given}, "
            "in most lines: {usual}). Each row needs a value for each column."
        ),
        line=line,
        given=len(cells),
        usual=usual,
    )
