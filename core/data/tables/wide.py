"""Series that lie: a row for each, a column for each date, as statistics offices publish them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from core.data.tables.dates import date_columns, times
from core.data.tables.layout import Layout
from core.data.tables.numbers import is_missing, is_number
from core.data.tables.quantities import is_scaled
from core.messages import N_, Note

_LEAST = 5  # dates beside each other that are no chance
_MOST_BEFORE = 12  # columns before them, which say what each row is
_FIRST, _LAST = 1500, 2200  # years


def stood_up(layout: Layout) -> Layout:
    """A date in each row and a column for each series, where the layout is the other way round.

    Another layout is returned as it is.
    """
    names = [name.strip() for name in layout.names]
    start = next((at for at, name in enumerate(names) if _is_date(name)), 0)
    dates = names[start:]
    while dates and _is_empty(layout, start + len(dates) - 1):
        dates = dates[:-1]  # as years are that have not come
    if not 1 <= start <= _MOST_BEFORE or len(dates) < _LEAST or not _go_on(dates):
        return layout
    numbers = [
        is_number(cell.split(" ")[0]) or is_missing(cell.split(" ")[0]) or is_scaled(cell)
        for _, cells in layout.rows
        for cell in cells[start : start + len(dates)]
    ]
    if not layout.rows or sum(numbers) < 0.9 * len(numbers):
        return layout
    series = _series_names([[cell.strip() for cell in cells[:start]] for _, cells in layout.rows])
    rows = [
        (layout.rows[0][0], [date, *(cells[start + at] for _, cells in layout.rows)])
        for at, date in enumerate(dates)
    ]
    there = [at for at, (_, cells) in enumerate(rows) if not all(map(is_missing, cells[1:]))]
    rows = rows[there[0] : there[-1] + 1] if there else rows
    note = Note(N_("a column for each date: turned, so that each row is one"))
    label = "year" if dates[0].isdecimal() and len(dates[0]) == 4 else "date"
    taken = _unused([label, *series])
    return replace(layout, rows=rows, names=taken, removed=[*layout.removed, note])


def _is_date(name: str) -> bool:
    if re.fullmatch(r"\d{4}", name):
        return _FIRST <= int(name) <= _LAST
    return times.is_time(name)


def _is_empty(layout: Layout, at: int) -> bool:
    named = not re.fullmatch(r"x\d+", layout.names[at])
    return not named and all(is_missing(cells[at]) for _, cells in layout.rows)


def _go_on(dates: Sequence[str]) -> bool:
    """Whether names are dates from first to last, one after the other."""
    if all(re.fullmatch(r"\d{4}", date) for date in dates):
        steps = np.diff([int(date) for date in dates])
    else:
        values, _, _ = date_columns.dates(dates, "")
        if values is None:
            return False
        steps = np.diff(values).astype(int)
    return bool((steps > 0).all() or (steps < 0).all())


def _series_names(before: list[list[str]]) -> list[str]:
    """What each row is called: by the first column that tells all apart, else by several."""
    columns = list(zip(*before, strict=True))
    apart = [c for c in columns if len(set(c)) == len(c) and not any(map(is_missing, c))]
    words = [column for column in apart if not all(map(is_number, column))]
    if words or apart:
        return list((words or apart)[0])
    varying = [c for c in columns if len(set(c)) > 1] or columns
    return [" ".join(cell for cell in cells if cell) for cells in zip(*varying, strict=True)]


def _unused(names: list[str]) -> list[str]:
    taken: list[str] = []
    for name in names:
        short = name if len(name) <= 60 else name[:57] + "..."
        count = sum(other == short or other.startswith(f"{short} (") for other in taken)
        taken.append(f"{short} ({count + 1})" if short in taken else short or f"x{len(taken)}")
    return taken
