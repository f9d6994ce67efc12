"""Where in a text the table is: what parts its cells, its names, and what stands around it."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, field
from itertools import accumulate, pairwise

from core.data.tables.dates.times import is_time, names_time
from core.data.tables.numbers import is_missing, is_number
from core.data.tables.parting import (
    COMMENT,
    EMPTY,
    Row,
    cells_of,
    numbered_lines,
    ragged_problem,
    split,
    unquoted,
    without_comments,
)
from core.data.tables.quantities import is_scaled
from core.messages import N_, Note, Problem

_MOST_HEADINGS = 6
_MOST_ABOVE = 30  # lines that are shorter than the rows below them
_ENOUGH_ROWS = 10  # of one length, after which a shorter last one was cut off
_ROW_OF_STEPS = 7  # cells, beyond which a file of one row is a series that lies
_MOSTLY = 0.6  # of the cells of a column of numbers are some
_LOOKED_AT = 60  # rows, to tell a column of numbers from one of words
_TOTAL = re.compile(
    r"(?:grand |sub-?)?total(?:s|e|en)?(?: \w+){0,2}|sum|summe|somme|suma|gesamt|insgesamt|ensemble"
    r"|average|mean|moyenne|mittelwert|durchschnitt|max(?:imum)?|min(?:imum)?|median|médiane",
    re.IGNORECASE,
)


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
    lines, named = numbered_lines(text)
    lines, comments = without_comments(lines)
    if not lines:
        raise Problem(EMPTY)
    rows, delimiter = split(unquoted(lines), named, ragged)
    removed = []
    rows, titles = _without_titles(rows)
    rows, notes = _without_notes(rows)
    width = Counter(len(cells) for _, cells in rows).most_common(1)[0][0]
    if not ragged or delimiter == " " or _lacks_first_name(rows):
        rows, above = _without_short_ones_above(rows, width, delimiter)
        rows, cut = _without_a_cut_end(rows, width)
        titles += above
        if cut:
            cut_off = N_("the last line, {line}, lacks cells: left out")
            removed.append(Note(cut_off, {"line": cut[0]}))
    if ragged:
        width = max(len(cells) for _, cells in rows)
        rows = [(line, cells + [""] * (width - len(cells))) for line, cells in rows]
    elif uneven := next((row for row in rows if len(row[1]) != width), None):
        raise ragged_problem(*uneven, width)
    totals = [row for row in rows[1:] if _is_sum(row[1])]
    if 3 * len(totals) > len(rows):
        totals = []
    summed = {line for line, _ in totals}
    rows = [row for row in rows if row[0] not in summed]
    count = _headings(rows)
    headings, body = rows[:count], rows[count:]
    if not headings and comments:
        words = cells_of(COMMENT.sub("", comments[-1][1], count=1), delimiter)
        if len(words) == width:
            headings = [(comments.pop()[0], words)]
    if len(headings) > 1 and _names_all(headings[-1][1]):
        titles += headings[:-1]
        headings = headings[-1:]
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


def _without_titles(rows: list[Row]) -> tuple[list[Row], list[Row]]:
    """Lines of words alone above the first row that has two cells."""
    if max(len(cells) for _, cells in rows) == 1:
        return rows, []
    first = next((i for i, (_, cells) in enumerate(rows) if not _is_title(cells)), 0)
    return rows[first:], rows[:first]


def _lacks_first_name(rows: list[Row]) -> bool:
    """Whether all rows are one longer than their names, and begin with a name of their own."""
    first = [cells[0] for _, cells in rows[1:]]
    lengths = {len(cells) for _, cells in rows[1:]}
    return lengths == {len(rows[0][1]) + 1} and len(set(first)) == len(first)


def _is_title(cells: list[str]) -> bool:
    given = [bool(cell.strip()) for cell in cells]
    return sum(given) < 2 and not (len(cells) == 2 and given[1])  # else the first has no name


def _without_short_ones_above(
    rows: list[Row], width: int, delimiter: str
) -> tuple[list[Row], list[Row]]:
    """Rows of equal length as far as the top goes, and what above them is no row.

    Names may lack for a first column, as R writes row names, or stand on the line below the
    others, as pandas prints an index's.
    """
    first = next(at for at, (_, cells) in enumerate(rows) if len(cells) == width)
    above, body = rows[:first], rows[first:]
    if not above or len(above) > _MOST_ABOVE or len(body) < 2 or len(above[-1][1]) > width:
        return rows, []
    if len(above) > 1 and delimiter == " " and len(above[-1][1]) == 1:
        (line, names), (_, index) = above[-2:]
        if len(names) == width - 1 and not is_number(index[0]):
            return [(line, [*index, *names]), *body], above[:-2]
    line, names = above[-1]
    if names_time(names[0]) and is_time(body[0][1][0]):  # decimals that are parted from the rest
        return rows, []
    if len(names) == width - 1 and not any(map(is_number, names)):
        return [(line, ["", *names]), *body], above[:-1]
    are_words = [any(not is_number(c) and not is_missing(c) for c in cells) for _, cells in above]
    if any(len(cells) > width for _, cells in above) or not (delimiter == " " or all(are_words)):
        return rows, []
    return body, above


def _without_a_cut_end(rows: list[Row], width: int) -> tuple[list[Row], Row | None]:
    """Without a last row that is shorter than all others, as where a download broke off."""
    whole = all(len(cells) == width for _, cells in rows[:-1])
    is_cut = whole and len(rows) > _ENOUGH_ROWS and len(rows[-1][1]) < width
    return (rows[:-1], rows[-1]) if is_cut else (rows, None)


def _names_all(cells: list[str]) -> bool:
    """Whether a line has a name for each column, the first of which is one of time."""
    words = [cell for cell in cells if not (is_number(cell) or is_missing(cell) or is_time(cell))]
    return len(words) == len(cells) > 1 and names_time(cells[0])


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
    if is_number(cell) or is_scaled(cell):
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
        kinds.append(kind if count > _MOSTLY * sum(kind_counts.values()) else "word")
    if _begins_with_a_class(rows, kinds):
        return 0
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


def _begins_with_a_class(rows: list[Row], kinds: list[str]) -> bool:
    """Whether a word of the first row comes again below it, and is not the name of a column."""
    first = rows[0][1]
    below = [cells for _, cells in rows[1:] if cells != first]
    return any(
        kind == "word" and first[at].strip() and sum(cells[at] == first[at] for cells in below) > 1
        for at, kind in enumerate(kinds)
    )


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
