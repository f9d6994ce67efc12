"""Which column of a table tells the time, and the order that it puts the rows in."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import numpy as np

from core.data.tables.dates import counted_times, date_columns, times
from core.data.tables.numbers import is_missing
from core.messages import N_, Note

if TYPE_CHECKING:
    from core.data.tables.reading import Reading

_MOST_DIFFERENT = 0.9  # of the dates by which rows are put in order


class Dating:
    """The search for what tells the time among the columns of a reading, which it takes out."""

    def __init__(
        self, reading: Reading, numbers: dict[str, np.ndarray], texts: dict[str, list[str]]
    ):
        self._reading, self._numbers, self._texts = reading, numbers, texts

    def time(self) -> tuple[times.Time | None, np.ndarray | None]:
        """What tells the time, taken out of the columns; the order of the rows, None if kept."""
        dates, dated = self._dates(), True
        if dates is None:
            dates, dated = self._clock_alone(), False
        if dates is None:
            return None, None
        column, values, shown = dates
        order = self._order(column, values) if self._reading.needs_numbers else None
        if order is not None:
            values, shown = values[order], [shown[i] for i in order]
        time = replace(times.time_of(column, values, shown), dated=dated)
        for template, count in (
            (N_("gaps in {name}: {count}"), time.gaps),
            (N_("dates of {name} that come again: {count}"), time.doubled),
        ):
            if count and self._reading.needs_numbers:
                self._tell(template, {"count": count, "name": column})
        if not dated and (days := int(values[-1].astype("datetime64[D]").astype(int))):
            self._tell(N_("{name} passes midnight: {count}"), {"name": column, "count": days})
        return time, order

    def _clock_alone(self) -> tuple[str, np.ndarray, list[str]] | None:
        """A column of clock times, of unknown days, that goes on from row to row."""
        if not self._reading.needs_numbers:
            return None
        hours = [n for n in self._numbers if n.strip().lower() in counted_times.HOUR_NAMES]
        for name in [*self._texts, *(hours if len(self._numbers) > 1 else [])]:
            cells = self._reading.cells[name]
            seconds = counted_times.clocks(name, cells)
            if seconds is None or (since := counted_times.unwrapped(seconds)) is None:
                continue
            self._texts.pop(name, None)
            self._numbers.pop(name, None)
            values = since.astype("timedelta64[s]") + np.datetime64(0, "us")
            return name, values, list(cells)
        return None

    def _tell(self, template: str, values: dict[str, Any] | None = None):
        self._reading.removed.append(Note(template, values or {}))

    def _order(self, column: str, values: np.ndarray) -> np.ndarray | None:
        """The rows with the oldest first; None where they are, or where dates mostly come again."""
        steps = np.diff(values).astype(int)
        if not (steps < 0).any() or len(np.unique(values)) < _MOST_DIFFERENT * len(values):
            return None
        if (steps > 0).any():
            self._tell(N_("rows put in order by {name}"), {"name": column})
            return np.argsort(values, kind="stable")
        self._tell(N_("newest first: turned round"))
        return np.arange(len(values))[::-1]

    def _dates(self) -> tuple[str, np.ndarray, list[str]] | None:
        for name, cells in self._reading.cells.items():
            forms = r"\d{8}|\d{4}\.\d\d|\d{1,2}\.\d{4}" + r"|\d{6}|(?:\d\d){5,7}" * (
                len(self._numbers) > 1
            )
            if name in self._numbers and not all(re.fullmatch(forms, c) for c in cells):
                continue
            values, is_open, taken = date_columns.dates(
                cells, self._reading.choices.get("dates", "")
            )
            if values is None and name in self._numbers:
                values = counted_times.weeks_of(cells)
            if values is None:
                continue
            if len(cells) > 2 and len(np.unique(values)) == 1 and not self._clocks(values):
                continue  # what is the same in every row dates the file
            if is_open:
                asked = Note(N_("Which comes first in {example}?"), {"example": cells[0]})
                options = {"day": Note(N_("the day")), "month": Note(N_("the month"))}
                self._reading.ask("dates", asked, options, taken)
            self._numbers.pop(name, None)
            self._texts.pop(name, None)
            shown = np.datetime_as_string(values, "D").tolist()
            lacking = [at for at, cell in enumerate(cells) if is_missing(cell)]
            if lacking:
                values_of = {"name": name, "count": len(lacking)}
                self._tell(N_("missing dates of {name}, filled: {count}"), values_of)
            cells = [shown[at] if at in lacking else cell for at, cell in enumerate(cells)]
            return self._with_clock(name, values, cells)
        if parts := counted_times.parts_of(self._left(), self._numbers):
            names, values, shown = parts
            for name in names:
                self._numbers.pop(name, None)
                self._texts.pop(name, None)
            for name, known in list(self._numbers.items()):
                alone = len(self._numbers) < 2
                if np.isnan(known).any():
                    continue
                if counted_times.years_of(name, known, alone=alone) is not None:
                    del self._numbers[name]
                    self._tell(N_("{name} is the date once more"), {"name": name})
            return self._with_clock(" ".join(names), values, shown)
        whole = {n: v for n, v in self._numbers.items() if not np.isnan(v).any()}
        for name, known in whole.items():
            if len(self._numbers) < 2:
                break
            if (values := counted_times.day_numbers_of(name, known)) is not None:
                del self._numbers[name]
                self._tell(N_("{name}: a spreadsheet's numbers of days"), {"name": name})
                unit = "D" if (known == np.round(known)).all() else "s"
                return name, values, np.datetime_as_string(values, unit).tolist()
            if (values := counted_times.unix_of(known)) is not None:
                del self._numbers[name]
                unit = "s" if (values == values.astype("datetime64[s]")).all() else "ms"
                shown = np.datetime_as_string(values, unit).tolist()
                shown = [text.replace("T", " ") for text in shown]
                return name, values, shown
            values = counted_times.years_of(name, known, alone=False)
            if values is not None:
                del self._numbers[name]
                return name, values, self._reading.cells[name]
        return None

    def _left(self) -> dict[str, list[str]]:
        """The cells of the columns that are there still, in the order of the file."""
        cells = self._reading.cells
        return {n: cells[n] for n in cells if n in self._numbers or n in self._texts}

    def _with_clock(
        self,
        name: str,
        values: np.ndarray,
        cells: list[str],
    ) -> tuple[str, np.ndarray, list[str]]:
        """The dates with the time of day that stands in a column of its own, if one has it."""
        for other, seconds in self._clocks(values):
            of_day = self._reading.cells[other]
            self._numbers.pop(other, None)
            self._texts.pop(other, None)
            shown = [f"{date} {clock}" for date, clock in zip(cells, of_day, strict=True)]
            return f"{name} {other}", values + seconds.astype("timedelta64[s]"), shown
        return name, values, cells

    def _clocks(self, values: np.ndarray) -> list[tuple[str, np.ndarray]]:
        """Columns with the time of day of dates that have none, and the seconds of the day."""
        if (values != values.astype("datetime64[D]")).any():
            return []
        clocks = []
        for name in [n for n in self._reading.cells if n in self._texts or n in self._numbers]:
            if name in self._numbers and name.strip().lower() not in counted_times.HOUR_NAMES:
                continue
            seconds = counted_times.clocks(name, self._reading.cells[name])
            if seconds is not None and len(np.unique(seconds)) > 1:
                clocks.append((name, seconds))
        return clocks
