"""Dates as people write them: the column that tells the time, its step, its gaps."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta, timezone

import numpy as np

_ZONES = {"CET": 1, "CEST": 2, "MEZ": 1, "MESZ": 2}  # hours before UTC, GMT and Z
_CLOCK = (
    r"(?:[T ,:]+(?P<h>\d{1,2})[:h](?P<min>\d{2})(?::(?P<s>\d{2})(?:[.,](?P<part>\d+))?)?"
    r"\s*(?P<half>[AaPp]\.?[Mm]\.?)?\s*"
    r"(?P<zone>Z|UTC|GMT|CES?T|MES?Z|[+-]\d{2}(?::?\d{2})?)?)?"
)
_FORMS = [
    re.compile(form + _CLOCK)
    for form in (
        r"(?P<y>\d{4})[-/.](?P<m>\d{1,2})[-/.](?P<d>\d{1,2})",
        r"(?P<y>\d{4})[-/.:](?P<m>\d{1,2})",
        r"(?P<m>\d{1,2})[-/.](?P<y>\d{4})",
        r"(?P<y>(?:19|20)\d{2})(?P<m>0[1-9]|1[0-2])(?P<d>[0-3]\d)",
        r"(?P<y>(?:19|20)\d{2})(?P<m>0[1-9]|1[0-2])",
        r"(?P<y>\d{4})[ -]?[Mm](?P<m>\d{1,2})",
        r"(?P<y>\d{4})[ -/]*[TQq](?P<q>[1-4])",
        r"[TQ](?P<q>[1-4])[ -/]*['’]?(?P<y>\d{4}|\d{2})",
        r"(?P<q>[1-4])(?:er|e|[eè]me|st|nd|rd|th|\.)? ?(?:trim(?:estre|\.)?|quarter|Quartal|[QT])"
        r"[ -/]*(?P<y>\d{4}|\d{2})",
        r"(?P<y>\d{4})[ -]*[HhS](?P<half_year>[12])",
        r"[HS](?P<half_year>[12])[ -/]*(?P<y>\d{4})",
        r"(?P<half_year>[12])(?:er|e|[eè]me|\.)? ?(?:sem(?:estre|\.)?|[Hh]albjahr)[ -/]*"
        r"(?P<y>\d{4})",
        r"(?P<y>\d{4})[ -]*(?:W|KW ?|S(?=\d\d))(?P<w>\d{1,2})",
        r"(?:[Ss]emaine|[Ww]eek|KW|W|S) ?(?P<w>\d{1,2})[ ,/-]+(?P<y>\d{4})",
        r"(?:(?P<d>\d{1,2})(?:er|st|nd|rd|th|\.)?(?: de )?[-/. ]*)?"
        r"(?P<name>[^\W\d_]{3,})\.?(?: del? )?[-/., ]*"
        r"(?P<y>\d{4}|(?<=\W)\d{2}|(?<=\d[a-zA-Z]{3})\d{2})",
        r"(?P<name>[^\W\d_]{3,})\.? +(?P<d>\d{1,2}),? (?P<y>\d{4})",
        r"(?P<y>\d{4})[-/ ]+(?P<name>[^\W\d_]{3,})\.?",
        r"(?:FY|[Ee]xercice|GJ) ?(?P<y>\d{4})",
    )
]
_COMPACT = re.compile(
    r"(?P<y>(?:19|20)\d{2})(?P<m>\d{2})(?P<d>\d{2})[T ]?(?P<h>\d{2})"
    r"(?:(?P<min>\d{2})(?P<s>\d{2})?)?(?P<zone>Z)?"
)
_UNIX_DATE = re.compile(  # as ctime writes it: Mon Jan  1 10:00:00 2023
    r"(?P<name>[^\W\d_]{3,}) +(?P<d>\d{1,2}) (?P<h>\d{1,2}):(?P<min>\d{2}):(?P<s>\d{2})"
    r"(?: (?P<zone>UTC|GMT|CES?T))? (?P<y>\d{4})"
)
_MONTH_AND_YEAR = re.compile(r"(?:0?[1-9]|1[0-2])\.(?:1[5-9]|20|21)\d\d")
_TWO_YEARS = re.compile(r"(?P<y>\d{4})[-/–](?P<next>\d{4}|\d{2})")
_WEEKDAY = re.compile(
    r"(?:lun|mar|mer|jeu|ven|sam|dim|mon|tue|wed|thu|fri|sat|sun|mo|di|mi|do|fr|sa|so)[^\W\d_]*"
    r"\.?,? +(?=\d|[a-z])",
    re.IGNORECASE,
)
_TWO_WAYS = re.compile(
    r"(?P<a>\d{1,2})(?P<mark>[-/.])(?P<b>\d{1,2})[-/.](?P<y>\d{4}|\d{2})" + _CLOCK
)
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
    ("oct", "okt", "ott", "out"),
    ("nov",),
    ("dec", "déc", "dez", "dic"),
)
YEAR_NAMES = {"year", "an", "année", "annee", "ans", "jahr", "año", "anno", "yr"}
MONTH_NAMES = {"month", "mois", "monat", "mes", "mese", "mo"}
DATE_NAMES = {"date", "datum", "dates", "jour", "day", "tag", "fecha", "data", "time", "temps"}
_TIME_NAMES = YEAR_NAMES | MONTH_NAMES | DATE_NAMES | {"timestamp", "t", "zeit", "tiempo", "ms"}
_TIME_NAMES |= {"second", "seconds", "seconde", "secondes", "sec", "secs", "s", "elapsed", "frame"}
_TIME_NAMES |= {"sample", "step", "minute", "minutes", "période", "periode", "period"}
_TIME_NAMES |= {"quarter", "trimestre", "quartal", "week", "semaine", "woche", "datetime", "ts"}
_TIME_NAMES |= {"hour", "hours", "heure", "heures", "stunde"}
_STEPS = {1: "month", 3: "quarter", 6: "half-year", 12: "year"}
_SECONDS = {1: "second", 60: "minute", 3600: "hour", 86400: "day", 604800: "week"}


@dataclass(frozen=True)
class Time:
    """What the rows stand for in time.

    column: its name; several, with blanks between them, where one has the year and one the month.
    values: datetime64[us] (rows,), ascending. texts: as they stand in the file. step: "day",
    "month", ..., or "" where most steps differ. gaps, doubled: how many steps are longer, and how
    many dates come again. dated: whether the day is known, not the time of day alone.
    """

    column: str
    values: np.ndarray
    texts: tuple[str, ...]
    step: str
    gaps: int
    doubled: int
    dated: bool = True


def names_time(name: str) -> bool:
    """Whether a column is called what people call one that tells the time, with a unit or not."""
    plain = re.sub(r"\s*[\[(].*[\])]|_(?:ms|s|sec|utc)$", "", name.strip().lower())
    return plain in _TIME_NAMES


def are_months(cells: Sequence[str]) -> bool:
    """Whether all cells are months as 01.2018, which look like numbers, too."""
    return bool(cells) and all(map(_MONTH_AND_YEAR.fullmatch, cells))


def is_time(cell: str) -> bool:
    """Whether a person would read a date there."""
    text = cell.strip()
    if text.isdigit() and len(text) != 8:
        return False
    return (
        parse_date(text, day_first=True) is not None
        or parse_date(text, day_first=False) is not None
    )


def time_of(column: str, values: np.ndarray, texts: Sequence[str]) -> Time:
    """What dates in ascending order say of their steps."""
    months = values.astype("datetime64[M]").astype(int)
    by_month = np.diff(months)
    same_day = len(np.unique((values - values.astype("datetime64[M]")).astype(int))) == 1
    next_days = values.astype("datetime64[D]") + 1
    ends_of_months = (next_days == next_days.astype("datetime64[M]")).all()
    if (same_day or ends_of_months) and (usual := _usual(by_month)) in _STEPS:
        step, diffs = _STEPS[usual], by_month
    else:
        diffs = np.diff(values).astype("timedelta64[us]").astype(int)
        usual = _usual(diffs)
        step = "" if usual % 1_000_000 else _SECONDS.get(usual // 1_000_000, "")
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


def parse_date(text: str, *, day_first: bool) -> datetime | None:
    """The date that a cell says, None if it says none. day_first: how 01/02/2021 is read."""
    if len(text) > 40 or not any(c.isdigit() for c in text):
        return None
    plain = _parsed_plain(text, day_first=day_first)
    weekday = None if plain else _WEEKDAY.match(text)
    return _parsed_plain(text[weekday.end() :], day_first=day_first) if weekday else plain


def _parsed_plain(text: str, *, day_first: bool) -> datetime | None:
    match = _TWO_WAYS.fullmatch(text)
    if match:
        part = match.groupdict()
        day_first = day_first or part["mark"] == "."  # nobody writes a month before a point
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
            if half := part.get("half_year"):
                return _made(part, 6 * int(half) - 5, None)
            if week := part.get("w"):
                try:
                    return datetime.fromisocalendar(int(part["y"]), int(week), 1)
                except ValueError:
                    return None
            if int(part.get("m") or 1) > 12:
                continue
            return _made(part, part.get("m") or 1, part.get("d"))
    if match := _COMPACT.fullmatch(text):
        return _made(match.groupdict(), match["m"], match["d"])
    if match := _UNIX_DATE.fullmatch(text):
        return _made(match.groupdict(), month_named(match["name"]) or 0, match["d"])
    return datetime(int(text[:4]), 1, 1) if is_season(text) else None


def is_season(cell: str) -> bool:
    """Whether a cell is a year and the next one, as 1990/91."""
    match = _TWO_YEARS.fullmatch(cell.strip())
    return bool(match) and (int(match["y"]) + 1) % 10 ** len(match["next"]) == int(match["next"])


def _made(part: dict[str, str | None], month: object, day: object) -> datetime | None:
    year = int(part["y"] or 0)
    if len(part["y"] or "") == 2:
        year += 2000 if year < 70 else 1900
    hour, minute, second = (int(part.get(name) or 0) for name in ("h", "min", "s"))
    if half := part.get("half"):
        hour = hour % 12 + 12 * (half[0] in "Pp")
    micro = int((part.get("part") or "0")[:6].ljust(6, "0"))
    date = (year, int(str(month)), int(str(day or 1)))
    try:
        return datetime(*date, hour, minute, second, micro, _zone(part.get("zone")))
    except ValueError:
        return None


def _zone(text: str | None) -> timezone | None:
    if not text:
        return None
    if not text[1:2].isdigit():
        return timezone(timedelta(hours=_ZONES.get(text, 0)))
    minutes = 60 * int(text[1:3]) + int(text[-2:] if len(text) > 3 else 0)
    return timezone(timedelta(minutes=-minutes if text[0] == "-" else minutes))


def month_named(name: str) -> int | None:
    """The month, 1 to 12, that a word or its beginning names; None if it names none."""
    word = name.lower()
    known = [k for k, begins in enumerate(_MONTHS, 1) if word.startswith(begins)]
    return known[0] if len(known) == 1 else None
