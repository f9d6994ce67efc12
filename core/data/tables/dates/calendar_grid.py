"""A row for each year and a column for each month or quarter, or the other way round."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from core.data.tables.dates.times import is_time, month_named
from core.data.tables.layout import Layout, is_total
from core.data.tables.numbers import is_missing
from core.messages import N_, Note

_OF_YEAR = {"annual", "annuel", "annuelle", "année", "annee", "year", "jahr", "j-d", "d-n"}
_OF_YEAR |= {"ann", "djf", "mam", "jja", "son", "avg", "avg.", "win", "spr", "sum", "aut"}
_QUARTER = re.compile(r"[TQ]([1-4])")
_HOUR = re.compile(r"(?:h|hour|heure|hr)?[ _]?0?(\d{1,2})(?::00|h(?:00)?)?", re.IGNORECASE)
_FIRST, _LAST = 1500, 2200  # years


def unrolled(layout: Layout) -> Layout:
    """One date and one value in each row, in order, where the layout is such a grid.

    What sums a year up is left out, and what lacks before the first value and after the last.
    Another layout is returned as it is.
    """
    if (by_hour := _by_hour(layout)) is not None:
        return by_hour
    headings = [name.strip() for name in layout.names[1:]]
    stubs = [cells[0].strip() for _, cells in layout.rows]
    sums = [name for name in headings if is_total(name) or name.lower() in _OF_YEAR]
    parts = [name for name in headings if name not in sums]
    if headings == [f"x{at}" for at in range(2, 14)] and _are_years(stubs):  # without names
        parts = headings = [f"{month:02}" for month in range(1, 13)]
    if _are_years(stubs) and (form := _form(parts)):
        years, periods, by_row = stubs, parts, True
    elif _are_years(parts) and (form := _form(stubs)):
        years, periods, by_row = parts, stubs, False
    else:
        return layout
    columns = [at for at, name in enumerate(headings, 1) if name in parts]
    dated = []
    for row, (line, cells) in enumerate(layout.rows):
        for column, at in enumerate(columns):
            year, part = (row, column) if by_row else (column, row)
            dated.append((int(years[year]), part, line, cells[at]))
    rows = [(line, [form.format(year, part + 1), cell]) for year, part, line, cell in sorted(dated)]
    there = [at for at, (_, cells) in enumerate(rows) if not is_missing(cells[1])]
    rows = rows[there[0] : there[-1] + 1] if there else rows
    kind = N_("a grid of years and months, read as one series")
    if len(periods) == 4:
        kind = N_("a grid of years and quarters, read as one series")
    left_out = [*sums, *(cells[0] for _, cells in layout.totals)]
    notes = [Note(N_("{name} left out: it sums up"), {"name": name}) for name in left_out]
    removed = [*layout.removed, Note(kind), *notes]
    return replace(layout, rows=rows, names=["date", "x1"], removed=removed, totals=[])


def _by_hour(layout: Layout) -> Layout | None:
    """One hour in each row, where each row is a day and has a column for each hour of it."""
    matches = [_HOUR.fullmatch(name.strip()) for name in layout.names[1:]]
    hours = [int(match[1]) for match in matches if match]
    days = [cells[0].strip() for _, cells in layout.rows]
    if len(hours) != 24 or len(matches) != 24 or hours[0] > 1 or len(days) < 2:
        return None
    if hours != list(range(hours[0], hours[0] + 24)) or not all(map(is_time, days)):
        return None
    rows = [
        (line, [f"{day} {hour:02}:00", cells[1 + hour]])
        for day, (line, cells) in zip(days, layout.rows, strict=True)
        for hour in range(24)
    ]
    note = Note(N_("a grid of days and hours, read as one series"))
    return replace(layout, rows=rows, names=["date", "x1"], removed=[*layout.removed, note])


def _are_years(names: Sequence[str]) -> bool:
    if len(names) < 2 or not all(re.fullmatch(r"\d{4}", name) for name in names):
        return False
    years = sorted(map(int, names))
    return years[0] >= _FIRST and years[-1] <= _LAST and len(set(years)) == len(years)


def _form(names: Sequence[str]) -> str:
    """How a date is written from year and place where all periods of a year are named in order."""
    if len(names) == 12 and all(
        month_named(name) == at or (name.isdecimal() and int(name) == at)
        for at, name in enumerate(names, 1)
    ):
        return "{}-{:02d}"
    quarters = [match and match[1] for match in map(_QUARTER.fullmatch, names)]
    return "{}-Q{}" if quarters == list("1234") else ""
