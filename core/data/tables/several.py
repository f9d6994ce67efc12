"""Several series below each other: a column says of each row whose it is."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from core.data.tables.layout import Layout
from core.data.tables.numbers import is_missing
from core.data.tables.table import Question, Table
from core.messages import N_, Note

_MOST = 200  # series in one file
_LEAST = 3  # rows of one


def one_of_several(
    layout: Layout, table: Table, choices: Mapping[str, str]
) -> tuple[Layout, Question, Note] | None:
    """The rows of one series, the question which, and what is said; None if there is but one.

    There are several where dates come again, but not with the same name beside them.
    """
    if table.time is None or not table.time.doubled:
        return None
    cells_of = zip(*(cells for _, cells in layout.rows), strict=True)
    columns = dict(zip(layout.names, cells_of, strict=True))
    times = [name for name in columns if name == table.time.column]
    times = times or [name for name in table.time.column.split(" ") if name in columns]
    if not times:
        return None
    dates = list(zip(*(columns[name] for name in times), strict=True))
    others = [name for name in columns if name not in times]
    name = next((other for other in others if _tells(columns[other], dates)), None)
    if name is None:
        return None
    keys = [cell.strip() for cell in columns[name]]
    options = list(dict.fromkeys(keys))
    chosen = choices.get("series", options[0])
    chosen = chosen if chosen in options else options[0]
    rows = [row for row, key in zip(layout.rows, keys, strict=True) if key == chosen]
    at = layout.names.index(name)
    rows = [(line, [*cells[:at], *cells[at + 1 :]]) for line, cells in rows]
    names = [other for other in layout.names if other != name]
    question = Question(
        "series",
        Note(N_("Several series, told apart by {name}: which one?"), {"name": name}),
        {key: Note("{name}", {"name": key}) for key in options},
        chosen,
    )
    fields = {"name": name, "value": chosen, "count": len(rows), "all": len(layout.rows)}
    note = Note(N_("{name}: {value}, {count} rows of {all}"), fields)
    return replace(layout, rows=rows, names=names), question, note


def _tells(cells: Sequence[str], dates: Sequence[tuple[str, ...]]) -> bool:
    """Whether no date comes again among the rows of one name, and each has some."""
    names = {cell.strip() for cell in cells}
    if not 2 <= len(names) <= _MOST or any(map(is_missing, names)):
        return False
    pairs = {(cell.strip(), *date) for cell, date in zip(cells, dates, strict=True)}
    return len(pairs) == len(cells) >= _LEAST * len(names)
