"""Where in a text the table is: what parts its cells, its names, and what stands around it."""

from __future__ import annotations

import csv
import re
from collections import Counter
from dataclasses import dataclass, field
from itertools import accumulate, pairwise

from core.data.tables.numbers import is_missing, is_number
from core.data.tables.times import is_time
from core.messages import N_, Note, Problem

_DELIMITERS = "\t;|,"
_COMMENT = re.compile(r"\s*(?:#|%|//)")
_MOST_HEADINGS = 6
_ROW_OF_STEPS = 7  # cells, beyond which a file of one row is a series that lies
_LOOKED_AT = 60  # rows, to tell a column of numbers from one of words
_USUAL = 0.6  # of the lines that have as many cells as the table
_TOTAL = re.compile(
    r"(?:grand |sub-?)?total(?:s|e|en)?(?: \w+){0,2}|sum|summe|somme|suma|gesamt|insgesamt|ensemble"
    r"|average|mean|moyenne|mittelwert|durchschnitt",
    re.IGNORECASE,
)

Row = tuple[int, list[str]]  # the line of the file that it stands on, its cells


@dataclass
class Layout:
    """Rows of equally many cells, the columns' names, what parts the cells ("" for one column).

    removed: what stood around it. totals: rows that sum the others up.
    """

    rows: list[Row]
    names: list[str]
    delimiter: str
    removed: list[Note] = field(default_factory=list)
    totals: list[Row] = field(default_factory=list)


def lay_out(text: str, *, ragged: bool) -> Layout:
    """The table in a text. ragged: whether rows may be of unequal length, as sequences are.

    Raises Problem where no table is to be seen, or a row does not fit it.
    """
    lines, named = _lines(text)
    lines, comments = _without_comments(lines)
    if not lines:
        raise Problem(N_("The file is empty; a table with a row for each time step is expected."))
    rows, delimiter = _split(_unquoted(lines), named, ragged)
    removed = []
    rows, titles = _without_titles(rows)
    rows, notes = _without_notes(rows)
    width = Counter(len(cells) for _, cells in rows).most_common(1)[0][0]
    if ragged:
        width = max(len(cells) for _, cells in rows)
        rows = [(line, cells + [""] * (width - len(cells))) for line, cells in rows]
    elif uneven := next((row for row in rows if len(row[1]) != width), None):
        raise _ragged(*uneven, width)
    totals = [row for row in rows[1:] if _is_sum(row[1])]
    if 3 * len(totals) > len(rows):
        totals = []
    summed = {line for line, _ in totals}
    rows = [row for row in rows if row[0] not in summed]
    count = _headings(rows)
    headings, body = rows[:count], rows[count:]
    if not headings and comments:
        words = _cells(_COMMENT.sub("", comments[-1][1], count=1), delimiter)
        if len(words) == width:
            headings = [(comments.pop()[0], words)]
    names = _names(headings, width)
    repeated = [row for row in body if any(row[1] == heading for _, heading in headings)]
    body = [row for row in body if row not in repeated]
    while len(body) > 2 and any(map(is_total, body[-1][1])):
        totals.append(body.pop())
    if not ragged and len(body) == 1 and len(body[0][1]) > _ROW_OF_STEPS and not headings:
        line, cells = body[0]
        body, names = [(line, [cell]) for cell in cells], ["x1"]
    for template, count in (
        (N_("lines above the table: {count}"), len(titles)),
        (N_("comments: {count}"), len(comments)),
        (
            N_("more lines of headings: {count}"),
            max(0, len(headings) - 1) + len(repeated),
        ),
        (N_("lines of notes below the table: {count}"), len(notes)),
    ):
        if count:
            removed.append(Note(template, {"count": count}))
    return Layout(body, names, delimiter, removed, totals)


def is_total(cell: str) -> bool:
    """Whether a row or a column of that name sums the others up."""
    return bool(_TOTAL.fullmatch(cell.strip(" :.")))


def _is_sum(cells: list[str]) -> bool:
    first = next((cell for cell in cells if cell.strip()), "")
    return is_total(first) and any(map(is_number, cells))


def _lines(text: str) -> tuple[list[tuple[int, str]], str]:
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
    return numbered, named[1] if named else ""


def _without_comments(
    lines: list[tuple[int, str]],
) -> tuple[list[tuple[int, str]], list[tuple[int, str]]]:
    comments = [one for one in lines if _COMMENT.match(one[1])]
    if 2 * len(comments) > len(lines):
        return lines, []
    return [one for one in lines if not _COMMENT.match(one[1])], comments


def _unquoted(lines: list[tuple[int, str]]) -> list[tuple[int, str]]:
    """Without the quotation marks where each row stands in them as a whole."""
    whole = re.compile(r'\s*"(?:[^"]|"")*"\s*')
    if not all(whole.fullmatch(line) for _, line in lines):
        return lines
    inner = [(at, line.strip()[1:-1].replace('""', '"')) for at, line in lines]
    return inner if all(any(d in line for d in _DELIMITERS) for _, line in inner) else lines


def _split(lines: list[tuple[int, str]], named: str, ragged: bool) -> tuple[list[Row], str]:
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
        if _is_one_column(rows):  # its decimal commas look like a ragged table
            return rows, ""
    spaced = [(at, line.split()) for at, line in lines]
    for rows, delimiter in [*readings, (spaced, " ")]:
        width, count = Counter(len(cells) for _, cells in rows).most_common(1)[0]
        if delimiter == " " and not _are_numbers(rows):
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
        raise _ragged(line, cells, width)
    if troubles:
        raise troubles[0]
    if not lines or (candidates and not readings):
        raise Problem(N_("The file is empty; a table with a row for each time step is expected."))
    return [(at, [line]) for at, line in lines], ""


def _are_numbers(rows: list[Row]) -> bool:
    cells = [cell for _, cells in rows[:: max(1, len(rows) // _LOOKED_AT)] for cell in cells]
    return 2 * sum(map(is_number, cells)) >= len(cells)


def _cells(line: str, delimiter: str) -> list[str]:
    """The cells of one line, none where it cannot be parted."""
    if delimiter in " ":
        return line.split() if delimiter else [line]
    reader = csv.reader([line], delimiter=delimiter, skipinitialspace=True, strict=True)
    try:
        return next(reader, [])
    except csv.Error:
        return []


def _rows(lines: list[tuple[int, str]], delimiter: str) -> list[Row]:
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


def _without_titles(rows: list[Row]) -> tuple[list[Row], list[Row]]:
    """Lines of words alone above the first row that has two cells."""
    if max(len(cells) for _, cells in rows) == 1:
        return rows, []
    first = next((i for i, (_, cells) in enumerate(rows) if sum(map(bool, cells)) > 1), 0)
    return rows[first:], rows[:first]


def _without_notes(rows: list[Row]) -> tuple[list[Row], list[Row]]:
    """Lines of words alone below the last row that has two cells."""
    if max(len(cells) for _, cells in rows) == 1:
        return rows, []
    last = len(rows)
    while last > 1 and _is_note(rows[last - 1][1]):
        last -= 1
    return rows[:last], rows[last:]


def _is_note(cells: list[str]) -> bool:
    words = [cell for cell in cells if cell.strip()]
    return len(words) == 1 and not (
        is_number(words[0]) or is_time(words[0]) or is_missing(words[0])
    )


def _kind(cell: str) -> str:
    if is_number(cell):
        return "number"
    return "time" if is_time(cell) else "word"


def _headings(rows: list[Row]) -> int:
    """How many rows at the top name the columns, judged against the rows below."""
    body = rows[len(rows) // 3 :] if len(rows) > 2 else rows[1:] or rows
    body = body[:: max(1, len(body) // _LOOKED_AT)]
    kinds = []
    for cells in zip(*(cells for _, cells in body), strict=True):
        kind_counts = Counter(_kind(cell) for cell in cells if not is_missing(cell))
        kind, count = kind_counts.most_common(1)[0] if kind_counts else ("word", 0)
        kinds.append(kind if 2 * count >= sum(kind_counts.values()) else "word")
    if set(kinds) <= {"word"}:
        return int(not any(is_number(cell) for cell in rows[0][1]))
    for at, (_, cells) in enumerate(rows[:_MOST_HEADINGS]):
        typed = [
            (cell, kind)
            for cell, kind in zip(cells, kinds, strict=True)
            if kind != "word" and not is_missing(cell)
        ]
        if not typed and any(cell.strip() for cell in cells) and at == 0:
            return 0 if all(is_missing(cell) for cell in cells) else 1
        strange = [kind for cell, kind in typed if _kind(cell) != kind]
        fits = "time" not in strange and len(strange) < len(typed) if at else not strange
        if typed and fits:
            return at + (at == 0 and len(rows) > 1 and _are_names(cells, kinds, rows[1][1]))
    return 1 if _kind(rows[0][1][0]) == "word" else 0


def _are_names(first: list[str], kinds: list[str], second: list[str]) -> bool:
    """Whether a first row of numbers names the columns: 0, 1, 2, ... or years, unlike the next."""

    def counts(cells: list[str]) -> bool:
        at_numbers = zip(cells, kinds, strict=True)
        numbers = [cell.strip() for cell, kind in at_numbers if kind == "number"]
        if len(numbers) < 2 or not all(cell.isdecimal() and len(cell) < 10 for cell in numbers):
            return False
        if len(numbers) == 2 and "word" not in kinds and not 1500 <= int(numbers[0]) <= 2200:
            return False  # 1, 2 may be two values
        return all(int(after) - int(before) == 1 for before, after in pairwise(numbers))

    return counts(first) and not counts(second)


def _names(headings: list[Row], width: int) -> list[str]:
    """Of each column; x1, x2, ... where none is given."""
    given = [""] * width
    if headings:
        best = max(headings, key=lambda row: sum(bool(cell.strip()) for cell in row[1]))
        given = [cell.strip() for cell in best[1]]
        above = [row for row in headings if row[0] < best[0]]
        if above and len(set(given)) < len(given):  # cells that were one in a spreadsheet
            groups = accumulate(above[-1][1], lambda last, cell: cell.strip() or last)
            pairs = zip(groups, given, strict=True)
            given = [f"{group} {name}" if given.count(name) > 1 else name for group, name in pairs]
    names: list[str] = []
    for at, name in enumerate(given, 1):
        short = name if len(name) <= 60 else name[:57] + "..."
        names.append(_unused(short or f"x{at}", names))
    return names


def _unused(name: str, names: list[str]) -> str:
    others = (other for k in range(2, len(names) + 2) if (other := f"{name} ({k})") not in names)
    return name if name not in names else next(others)


def _ragged(line: int, cells: list[str], usual: int) -> Problem:
    return Problem(
        N_(
            "The rows are not equally long (cells in line {line}: {given}, "
            "in most lines: {usual}). Each row needs a value for each column."
        ),
        line=line,
        given=len(cells),
        usual=usual,
    )
