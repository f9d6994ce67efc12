"""The dates of a column: which comes first, day or month, and what lacks between them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import datetime

import numpy as np

from core.data.tables.dates.times import is_season, parse_date, time_of
from core.data.tables.numbers import is_missing

_MOST_EMPTY = 0.02  # of a column of dates


def dates(cells: Sequence[str], choice: str) -> tuple[np.ndarray | None, bool, str]:
    """The dates of a column, datetime64[us] (rows,), or None if a cell is none.

    Of an empty cell it lies between its neighbours'. choice: "day" or "month" first, "" to judge.
    Returns whether the cells leave it open, too, and
    which was taken: where both can be read, the way in which the steps are more alike.
    """
    if len(cells) > 2 and all(map(is_season, cells)):  # 2001-02, 2002-03 are no months
        years = [datetime(int(cell.strip()[:4]), 1, 1) for cell in cells]
        return np.array(years, "datetime64[us]"), False, ""
    ways = {}
    lacking = [at for at, cell in enumerate(cells) if is_missing(cell)]
    for way in ("day", "month"):
        parsed = [parse_date(cell.strip(), day_first=way == "day") for cell in cells]
        if len(lacking) > max(1, _MOST_EMPTY * len(cells)) or len(lacking) > len(cells) - 2:
            continue
        if all(date or at in lacking for at, date in enumerate(parsed)):
            ways[way] = _between(_as_quarters(cells, _in_one_zone(parsed)))
    if not ways:
        return None, False, ""
    if len(ways) == 1 or np.array_equal(*ways.values()):
        taken = next(iter(ways))
        return ways[taken], False, taken
    even = {way: _unevenness(values) for way, values in ways.items()}
    taken = choice or min(ways, key=lambda way: even[way])
    firsts = {way: _are_firsts(values) for way, values in ways.items()}
    is_open = even["day"] == even["month"] or (
        any(firsts.values()) and max(even.values())[:2] == (False, 0)
    )
    return ways[taken], is_open or bool(choice), taken


def _unevenness(values: np.ndarray) -> tuple[bool, int, int]:
    """How little alike the steps of dates are: which of two readings of a column is to be doubted.

    Whether there is no usual step, how many are not it, and how many different ones there are.
    """
    ascending = np.sort(values)
    time = time_of("", ascending, ())
    return not time.step, time.gaps + time.doubled, len(np.unique(np.diff(ascending)))


def _are_firsts(values: np.ndarray) -> bool:
    """Whether dates are the first of one month after the other."""
    months = np.sort(values.astype("datetime64[M]"))
    return (
        bool((values == values.astype("datetime64[M]")).all())
        and (np.diff(months).astype(int) == 1).all()
    )


def _in_one_zone(parsed: Sequence[datetime | None]) -> np.ndarray:
    """Dates by the clock of the first one's zone: where summer begins, no hour lacks."""
    zone = next((date.tzinfo for date in parsed if date and date.tzinfo), None)
    plain = [
        date.astimezone(zone).replace(tzinfo=None) if date and date.tzinfo else date
        for date in parsed
    ]
    return np.array(plain, "datetime64[us]")


def _as_quarters(cells: Sequence[str], values: np.ndarray) -> np.ndarray:
    """The quarters that 1990:1, 1990:2, ... are where no number behind a year is above 4."""
    matches = [re.fullmatch(r"\s*\d{4}[-/.:]([1-4])\s*", cell) for cell in cells]
    if len(cells) < 8 or not all(matches) or {m[1] for m in matches if m} != set("1234"):
        return values
    months = values.astype("datetime64[M]")
    years = months.astype("datetime64[Y]")
    quarters = years.astype("datetime64[M]") + 3 * (months - years.astype("datetime64[M]"))
    return quarters.astype(values.dtype)


def _between(values: np.ndarray) -> np.ndarray:
    """With a date for each that lacks, as if the steps around it were even."""
    there = np.flatnonzero(~np.isnat(values))
    if len(there) == len(values):
        return values
    at, known = np.arange(len(values)), values[there].astype(int)
    step = np.median(np.diff(known))
    filled = np.interp(at, there, known)
    filled += step * (np.minimum(at - there[0], 0) + np.maximum(at - there[-1], 0))
    dates = filled.astype("int64").astype("datetime64[us]")
    months = values[there].astype("datetime64[M]")
    if (values[there] == months).all():  # then it is the first of a month, too
        dates = (dates + np.timedelta64(15, "D")).astype("datetime64[M]").astype("datetime64[us]")
    return np.where(np.isnat(values), dates, values)
