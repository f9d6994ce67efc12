"""Dates as people write them: the column that tells the time, its step, its gaps."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

import numpy as np

from core.data.tables.numbers import is_missing

_CLOCK = (
    r"(?:[T ]+(?P<h>\d{1,2})[:h](?P<min>\d{2})(?::(?P<s>\d{2})(?:[.,]\d+)?)?"
    r"\s*(?P<half>[AaPp]\.?[Mm]\.?)?\s*(?:Z|[+-]\d{2}:?\d{2})?)?"
)
_FORMS = [
    re.compile(form + _CLOCK)
    for form in (
        r"(?P<y>\d{4})[-/.](?P<m>\d{1,2})[-/.](?P<d>\d{1,2})",
        r"(?P<y>\d{4})[-/.](?P<m>\d{1,2})",
        r"(?P<m>\d{1,2})[-/.](?P<y>\d{4})",
        r"(?P<y>(?:19|20)\d{2})(?P<m>0[1-9]|1[0-2])(?P<d>[0-3]\d)",
        r"(?P<y>(?:19|20)\d{2})(?P<m>0[1-9]|1[0-2])",
        r"(?P<y>\d{4})[ -]?M(?P<m>\d{1,2})",
        r"(?P<y>\d{4})[ -/]*[TQ](?P<q>[1-4])",
        r"[TQ](?P<q>[1-4])[ -/]*(?P<y>\d{4})",
        r"(?P<q>[1-4])(?:er|e|[eè]me|st|nd|rd|th|\.)? ?(?:trim(?:estre|\.)?|quarter|Quartal|[QT])"
        r"[ -/]*(?P<y>\d{4})",
        r"(?P<y>\d{4})[ -]*(?:W|KW ?|S(?=\d\d))(?P<w>\d{1,2})",
        r"(?:[Ss]emaine|[Ww]eek|KW|W|S) ?(?P<w>\d{1,2})[ ,/-]+(?P<y>\d{4})",
        r"(?:(?P<d>\d{1,2})(?:er|st|nd|rd|th|\.)?[-/. ]+)?"
        r"(?P<name>[^\W\d_]{3,})\.?[-/., ]+(?P<y>\d{4}|\d{2})",
        r"(?P<name>[^\W\d_]{3,})\.? (?P<d>\d{1,2}),? (?P<y>\d{4})",
        r"(?P<y>\d{4})[-/ ]+(?P<name>[^\W\d_]{3,})\.?",
    )
]
_WEEKDAY = re.compile(
    r"(?:lun|mar|mer|jeu|ven|sam|dim|mon|tue|wed|thu|fri|sat|sun|mo|di|mi|do|fr|sa|so)[^\W\d_]*"
    r"\.?,? +(?=\d)",
    re.IGNORECASE,
)
_CLOCK_ALONE = re.compile(
    r"(\d{1,2})[:h.](\d{2})(?:[:.m](\d{2})(?:[.,]\d+)?)?(?: ?([AaPp])\.?[Mm]\.?)?"
)
_TWO_WAYS = re.compile(r"(?P<a>\d{1,2})[-/.](?P<b>\d{1,2})[-/.](?P<y>\d{4}|\d{2})" + _CLOCK)
_MONTHS = (  # English, French, German, Spanish, Italian: as they begin
    ("jan", "ene", "gen"),
    ("feb", "fév", "fev", "fébr"),
    ("mar", "mär", "mrz"),
    ("apr", "avr", "abr"),
    ("may", "mai", "mag"),
    ("jun", "juin", "giu"),
    ("jul", "juil", "lug"),
    ("aug", "aoû", "aou", "ago"),
    ("sep", "set"),
    ("oct", "okt", "ott"),
    ("nov",),
    ("dec", "déc", "dez", "dic"),
)
_YEAR_NAMES = {"year", "an", "année", "annee", "ans", "jahr", "año", "anno", "yr"}
_MONTH_NAMES = {"month", "mois", "monat", "mes", "mese", "mo"}
_DATE_NAMES = {"date", "datum", "dates", "jour", "day", "tag", "fecha", "data", "time", "temps"}
_DAY_NUMBERS = 18_264, 73_050  # 1950 to 2100 in a spreadsheet's days
HOUR_NAMES = {"hour", "heure", "hr", "h", "stunde", "hora", "ora"}
_STEPS = {1: "month", 3: "quarter", 6: "half-year", 12: "year"}
_MOST_EMPTY = 0.02  # of a column of dates
_SECONDS = {1: "second", 60: "minute", 3600: "hour", 86400: "day", 604800: "week"}


@dataclass(frozen=True)
class Time:
    """What the rows stand for in time.

    column: its name; two, with a blank between them, where one has the year and one the month.
    values: datetime64[s] (rows,), ascending. texts: as they stand in the file. step: "day",
    "month", ..., or "" where most steps differ. gaps, doubled: how many steps are longer, and how
    many dates come again.
    """

    column: str
    values: np.ndarray
    texts: tuple[str, ...]
    step: str
    gaps: int
    doubled: int


def is_time(cell: str) -> bool:
    """Whether a person would read a date there."""
    text = cell.strip()
    if text.isdigit() and len(text) != 8:
        return False
    return _parsed(text, day_first=True) is not None or _parsed(text, day_first=False) is not None


def dates(cells: Sequence[str], choice: str) -> tuple[np.ndarray | None, bool, str]:
    """The dates of a column, datetime64[s] (rows,), or None if a cell is none.

    Of an empty cell it lies between its neighbours'. choice: "day" or "month" first, "" to judge.
    Returns whether the cells leave it open, too, and
    which was taken: where both can be read, the way in which the steps are more alike.
    """
    ways = {}
    for way in ("day", "month"):
        parsed = [_parsed(cell.strip(), day_first=way == "day") for cell in cells]
        lacking = [at for at, cell in enumerate(cells) if is_missing(cell)]
        if len(lacking) > max(1, _MOST_EMPTY * len(cells)) or len(lacking) > len(cells) - 2:
            continue
        if all(date or at in lacking for at, date in enumerate(parsed)):
            ways[way] = _between(np.array(parsed, "datetime64[s]"))
    if not ways:
        return None, False, ""
    if len(ways) == 1 or np.array_equal(*ways.values()):
        taken = next(iter(ways))
        return ways[taken], False, taken
    uneven = {way: len(np.unique(np.diff(values))) for way, values in ways.items()}
    taken = choice or min(ways, key=lambda way: uneven[way])
    return ways[taken], uneven["day"] == uneven["month"] or bool(choice), taken


def _between(values: np.ndarray) -> np.ndarray:
    """With a date for each that lacks, as if the steps around it were even."""
    there = np.flatnonzero(~np.isnat(values))
    if len(there) == len(values):
        return values
    at, known = np.arange(len(values)), values[there].astype(int)
    step = np.median(np.diff(known))
    filled = np.interp(at, there, known)
    filled += step * (np.minimum(at - there[0], 0) + np.maximum(at - there[-1], 0))
    dates = filled.astype("int64").astype("datetime64[s]")
    months = values[there].astype("datetime64[M]")
    if (values[there] == months).all():  # then it is the first of a month, too
        dates = (dates + np.timedelta64(15, "D")).astype("datetime64[M]").astype("datetime64[s]")
    return np.where(np.isnat(values), dates, values)


def years_of(name: str, values: np.ndarray, *, alone: bool) -> np.ndarray | None:
    """Dates of a column of years, also of fractions of years; None if it has none.

    alone: whether other columns have what is measured.
    """
    if values.min() < 1500 or values.max() > 2200 or len(values) < 2:
        return None
    steps = np.abs(np.diff(values))
    whole = (values == np.round(values)).all()
    called = name.strip().lower() in _YEAR_NAMES or name.strip().lower() in ("date", "time")
    if whole and (called or (not alone and (steps == 1).all())):
        return np.array([datetime(int(year), 1, 1) for year in values], "datetime64[s]")
    parts = (12, 4, 52, 365, 365.25)
    if not whole and not alone and any(np.allclose(steps, 1 / n, rtol=0.05) for n in parts):
        return np.array([_within(value) for value in values], "datetime64[s]")
    return None


def unix_of(values: np.ndarray) -> np.ndarray | None:
    """Dates of a column of seconds or milliseconds since 1970 that go on evenly, else None."""
    for unit in (1, 1000):
        seconds, steps = values / unit, np.diff(values)
        if (seconds < 5e8).any() or (seconds > 4e9).any() or len(values) < 3:
            continue
        same = np.abs(steps - np.median(steps)) <= 0.01 * np.abs(np.median(steps))
        if ((steps > 0).all() or (steps < 0).all()) and 2 * same.sum() >= len(steps):
            return seconds.astype("int64").astype("datetime64[s]")
    return None


def day_numbers_of(name: str, values: np.ndarray) -> np.ndarray | None:
    """Dates of a column that is called a date and has a spreadsheet's numbers of days, else None.

    Excel and its kin count days from 1899-12-30; what is behind the point is the time of day.
    """
    steps = np.diff(values)
    if name.strip().lower() not in _DATE_NAMES or len(values) < 3:
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
        cells = [f"{cell}:00" if cell.isdecimal() else cell for cell in cells]
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


def months_of(columns: dict[str, np.ndarray]) -> tuple[str, str, np.ndarray] | None:
    """The names of the columns with year and month, if there are, and the dates."""
    lower = {name.strip().lower(): name for name in columns}
    year = next((lower[name] for name in lower if name in _YEAR_NAMES), None)
    month = next((lower[name] for name in lower if name in _MONTH_NAMES), None)
    if year is None or month is None:
        return None
    try:
        pairs = zip(columns[year], columns[month], strict=True)
        values = [datetime(int(y), int(m), 1) for y, m in pairs]
    except ValueError:
        return None
    return year, month, np.array(values, "datetime64[s]")


def time_of(column: str, values: np.ndarray, texts: Sequence[str]) -> Time:
    """What dates in ascending order say of their steps."""
    months = values.astype("datetime64[M]").astype(int)
    by_month = np.diff(months)
    same_day = len(np.unique((values - values.astype("datetime64[M]")).astype(int))) == 1
    if same_day and (usual := _usual(by_month)) in _STEPS:
        step, diffs = _STEPS[usual], by_month
    else:
        diffs = np.diff(values).astype("timedelta64[s]").astype(int)
        usual = _usual(diffs)
        step = _SECONDS.get(usual, "")
    return Time(
        column,
        values,
        tuple(texts),
        step,
        int((diffs > usual).sum()) if usual else 0,
        len(values) - len(np.unique(values)),
    )


def _usual(diffs: np.ndarray) -> int:
    """The commonest step above 0; 0 if most differ from it."""
    steps = Counter(diffs[diffs > 0].tolist())
    if not steps:
        return 0
    step, count = steps.most_common(1)[0]
    return step if 2 * count >= len(diffs) else 0


def _parsed(text: str, *, day_first: bool) -> datetime | None:
    plain = _parsed_plain(text, day_first=day_first)
    weekday = None if plain else _WEEKDAY.match(text)
    return _parsed_plain(text[weekday.end() :], day_first=day_first) if weekday else plain


def _parsed_plain(text: str, *, day_first: bool) -> datetime | None:
    if len(text) > 40 or not any(c.isdigit() for c in text):
        return None
    match = _TWO_WAYS.fullmatch(text)
    if match:
        part = match.groupdict()
        day, month = (part["a"], part["b"]) if day_first else (part["b"], part["a"])
        return _made(part, month, day)
    for form in _FORMS:
        if match := form.fullmatch(text):
            part = match.groupdict()
            if name := part.get("name"):
                month = month_named(name)
                if month is None:
                    continue
                return _made(part, month, part.get("d"))
            if quarter := part.get("q"):
                return _made(part, 3 * int(quarter) - 2, None)
            if week := part.get("w"):
                try:
                    return datetime.fromisocalendar(int(part["y"]), int(week), 1)
                except ValueError:
                    return None
            return _made(part, part["m"], part.get("d"))
    return None


def _made(part: dict[str, str | None], month: object, day: object) -> datetime | None:
    year = int(part["y"] or 0)
    if len(part["y"] or "") == 2:
        year += 2000 if year < 70 else 1900
    hour, minute, second = (int(part.get(name) or 0) for name in ("h", "min", "s"))
    if half := part.get("half"):
        hour = hour % 12 + 12 * (half[0] in "Pp")
    try:
        return datetime(year, int(str(month)), int(str(day or 1)), hour, minute, second)
    except ValueError:
        return None


def month_named(name: str) -> int | None:
    """The month, 1 to 12, that a word or its beginning names; None if it names none."""
    word = name.lower()
    known = [k for k, begins in enumerate(_MONTHS, 1) if word.startswith(begins)]
    return known[0] if len(known) == 1 else None


def _within(year: float) -> datetime:
    whole = int(year)
    month = min(11, int((year - whole) * 12 + 1e-3))
    return datetime(whole, month + 1, 1)
