"""Times that a file counts or parts: years, days, seconds since a start, clocks, parts of dates."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from datetime import datetime

import numpy as np

from core.data.tables.dates.times import DATE_NAMES, MONTH_NAMES, YEAR_NAMES, month_named
from core.data.tables.numbers import is_missing

_DAY_NUMBERS = 18_264, 73_050  # 1950 to 2100 in a spreadsheet's days
_CLOCK_ALONE = re.compile(
    r"(\d{1,2})[:h.](\d{2})(?:[:.m](\d{2})(?:[.,]\d+)?)?(?: ?([AaPp])\.?[Mm]\.?)?"
)
HOUR_NAMES = {"hour", "heure", "hr", "h", "stunde", "hora", "ora"}
_QUARTER_NAMES = {"quarter", "trimestre", "quartal", "qtr", "trim", "q"}
_DAY_NAMES = {"day", "jour", "tag", "dy", "dd", "día", "dia", "giorno"}
_DAY_OF_YEAR_NAMES = {"doy", "yday", "day of year", "dayofyear", "day_of_year", "julian day"}
_WEEK_NAMES = {"week", "semaine", "woche", "kw", "wk"}
_HALF_DAY_S = 43_200


def years_of(name: str, values: np.ndarray, *, alone: bool) -> np.ndarray | None:
    """Dates of a column of years, also of fractions of years; None if it has none.

    alone: whether other columns have what is measured.
    """
    if values.min() < 1500 or values.max() > 2200 or len(values) < 2:
        return None
    steps = np.abs(np.diff(values))
    whole = (values == np.round(values)).all()
    called = name.strip().lower() in YEAR_NAMES or name.strip().lower() in ("date", "time")
    if whole and (called or (not alone and (steps == 1).all())):
        return np.array([datetime(int(year), 1, 1) for year in values], "datetime64[us]")
    parts = (12, 4, 52, 365, 365.25)
    if not whole and not alone and any(np.allclose(steps, 1 / n, rtol=0.05) for n in parts):
        return np.array([_within(value) for value in values], "datetime64[us]")
    return None


def unix_of(values: np.ndarray) -> np.ndarray | None:
    """Dates of a column of seconds or milliseconds since 1970 that go on evenly, else None."""
    for unit in (1, 1000):
        seconds, steps = values / unit, np.diff(values)
        if (seconds < 5e8).any() or (seconds > 4e9).any() or len(values) < 3:
            continue
        same = np.abs(steps - np.median(steps)) <= 0.01 * np.abs(np.median(steps))
        if ((steps > 0).all() or (steps < 0).all()) and 2 * same.sum() >= len(steps):
            return np.round(seconds * 1e6).astype("int64").astype("datetime64[us]")
    return None


def day_numbers_of(name: str, values: np.ndarray) -> np.ndarray | None:
    """Dates of a column that is called a date and has a spreadsheet's numbers of days, else None.

    Excel and its kin count days from 1899-12-30; what is behind the point is the time of day.
    """
    steps = np.diff(values)
    if name.strip().lower() not in DATE_NAMES or len(values) < 3:
        return None
    if values.min() < _DAY_NUMBERS[0] or values.max() > _DAY_NUMBERS[1]:
        return None
    if not ((steps > 0).all() or (steps < 0).all()):
        return None
    seconds = np.round(values * 86400).astype("int64").astype("timedelta64[s]")
    return np.datetime64("1899-12-30", "s") + seconds


def clocks(name: str, cells: Sequence[str]) -> np.ndarray | None:
    """Seconds of the day of a column of clock times or, by its name, of hours; else None."""
    if name.strip().lower() in HOUR_NAMES:
        cells = [re.sub(r"^(\d{1,2}) ?h?$", r"\1:00", cell) for cell in cells]
    matches = [_CLOCK_ALONE.fullmatch(cell.strip()) for cell in cells]
    seconds = []
    for part in matches:
        if part is None:
            return None
        hour, minute, second = (int(digits or 0) for digits in part.groups()[:3])
        if half := part[4]:
            hour = hour % 12 + 12 * (half in "Pp")
        seconds.append(3600 * hour + 60 * minute + second)
    return np.array(seconds) if max(seconds) <= 86400 else None


def unwrapped(seconds: np.ndarray) -> np.ndarray | None:
    """Seconds since the first midnight of clock times in a row, past which a day goes on.

    None where they do not go on: then they tell no time. Newest first is turned round by others.
    """
    steps = np.diff(seconds)
    if len(seconds) < 3 or not steps.any():
        return None
    if 2 * (steps < 0).sum() > len(steps):
        back = unwrapped(seconds[::-1])
        return None if back is None else back[::-1]
    falls = steps < 0
    if (steps[falls] > -_HALF_DAY_S).any():
        return None
    return seconds + 86400 * np.concatenate([[0], np.cumsum(falls)])


def _within(year: float) -> datetime:
    whole = int(year)
    month = min(11, int((year - whole) * 12 + 1e-3))
    return datetime(whole, month + 1, 1)


def weeks_of(cells: Sequence[str]) -> np.ndarray | None:
    """Dates of a column of years and weeks as 202013, some of which can be no months, else None."""
    parts = [re.fullmatch(r"((?:19|20)\d\d)(\d\d)", cell) for cell in cells]
    try:
        days = [datetime.fromisocalendar(int(p[1]), int(p[2]), 1) for p in parts if p]
    except ValueError:
        return None
    return np.array(days, "datetime64[us]") if len(days) == len(cells) > 0 else None


def parts_of(
    columns: Mapping[str, Sequence[str]], numbers: Mapping[str, np.ndarray]
) -> tuple[list[str], np.ndarray, list[str]] | None:
    """The columns that have the parts of a date, the dates and how they are shown; else None.

    columns: the cells of each. numbers: of those that are numbers. A year with a month, in figures
    or words, and perhaps a day; with a quarter, a week or a day of the year. Where a year stands
    only in the first row of each, it holds for the rows below.
    """
    year = _year_column(columns, numbers)
    if year is None:
        return None
    name, years = year
    kinds = (
        (MONTH_NAMES, 12, "M"),
        (_QUARTER_NAMES, 4, "Q"),
        (_WEEK_NAMES, 53, "W"),
        (_DAY_OF_YEAR_NAMES, 366, "D"),
    )
    for names, most, unit in kinds:
        part = _part(columns, numbers, names, most, unit)
        if part is None or part[0] == name:
            continue
        day = _part(columns, numbers, _DAY_NAMES, 31, "d") if unit == "M" else None
        used = [name, part[0], *([day[0]] if day else [])]
        if len(numbers) <= sum(one in numbers for one in used):
            return None  # nothing would be left that was measured
        dates = _dates_of(years, part[1], unit, day[1] if day else None)
        if dates is not None:
            shown = np.datetime_as_string(dates, "D" if day or unit in "WD" else "M").tolist()
            return used, dates, shown
    return None


def _year_column(
    columns: Mapping[str, Sequence[str]], numbers: Mapping[str, np.ndarray]
) -> tuple[str, np.ndarray] | None:
    first = next(iter(columns))
    for name in [n for n in numbers if n.strip().lower() in YEAR_NAMES or n == first]:
        values = numbers[name]
        there = ~np.isnan(values)
        if not there[0]:
            continue
        years = values[np.maximum.accumulate(np.where(there, np.arange(len(values)), 0))]
        if (years == np.round(years)).all() and years.min() >= 1500 and years.max() <= 2200:
            return name, years.astype(int)
    return None


def _part(
    columns: Mapping[str, Sequence[str]],
    numbers: Mapping[str, np.ndarray],
    names: set[str],
    most: int,
    unit: str,
) -> tuple[str, np.ndarray] | None:
    """The column of a part of a date by its name, or where it has months in words."""
    for name, cells in columns.items():
        if name in numbers:
            values = numbers[name]
            is_part = name.strip().lower() in names and not np.isnan(values).any()
            if is_part and (values == np.round(values)).all() and values.min() >= 1:
                return (name, values.astype(int)) if values.max() <= most else None
            continue
        if any(map(is_missing, cells)):
            continue
        if unit == "M" and all(month := [month_named(cell.strip(" .")) for cell in cells]):
            return name, np.array(month)
        quarters = [re.fullmatch(r"[TQ]([1-4])", cell.strip()) for cell in cells]
        if unit == "Q" and all(quarters):
            return name, np.array([int(match[1]) for match in quarters if match])
    return None


def _dates_of(
    years: np.ndarray, parts: np.ndarray, unit: str, days: np.ndarray | None
) -> np.ndarray | None:
    """Dates datetime64[us] (rows,), None where a day is in no calendar."""
    dates = []
    for row, (year, part) in enumerate(zip(years.tolist(), parts.tolist(), strict=True)):
        try:
            if unit == "W":
                dates.append(datetime.fromisocalendar(year, part, 1))
            elif unit == "D":
                dates.append(datetime.strptime(f"{year} {part}", "%Y %j"))
            else:
                month = part if unit == "M" else 3 * part - 2
                dates.append(datetime(year, month, 1 if days is None else int(days[row])))
        except ValueError:
            return None
    return np.array(dates, "datetime64[us]")
