"""A layout on its way to a table: which cells are numbers, which dates, what is missing."""

from __future__ import annotations

import re
from collections.abc import Mapping

import numpy as np

from core.data.tables.dates.dating import Dating
from core.data.tables.dates.times import are_months, names_time
from core.data.tables.layout import Layout, Row, is_total
from core.data.tables.numbers import decimal_mark, is_missing, is_number, to_float
from core.data.tables.quantities import scales_of, unit_of, without_marks
from core.data.tables.table import Question, Table
from core.messages import N_, Note, Problem

_MOST_MISSING = 0.5
_SMALL = 500.0  # below which one has to stand there twice
_SENTINELS = {-1.0, -9.0, -200.0, 32767.0, -32767.0, -32768.0, 2147483647.0, -2147483648.0}
_NINES = re.compile(r"-?(?:99+(?:\.[09]+)?|999+)|-[09]\.99+")
_FILLS = re.compile(r"-?(?:1e\+\d\d|9\.96921e\+36)")  # of netCDF and others
_SURE = 10  # other values, without which a single one is not called far
_BOOLEANS = [("true", "false"), ("vrai", "faux"), ("wahr", "falsch"), ("yes", "no"), ("oui", "non")]
_COUNTS = {"id", "index", "row", "no", "nr", "n°", "unnamed: 0", "#", "ligne", "zeile"}
_FORMULA = re.compile(r'^="(.*)"$')  # by which a spreadsheet keeps the zeros of 007
_FEW_WORDS = 0.1  # of a column of numbers may be slips
_EVEN = 1e-3  # of a step
_FAR = 3.0  # ranges of the other values that a sentinel stands away from them


class Reading:
    """A layout on its way to a table: what was chosen, removed and asked so far."""

    def __init__(self, layout: Layout, choices: dict[str, str], needs_numbers: bool):
        self.choices, self.needs_numbers = choices, needs_numbers
        self.removed, self.questions = list(layout.removed), []
        rows = layout.rows
        if layout.totals:
            rows = self._with_or_without_totals(rows, layout.totals)
        self.rows, self.names = rows, layout.names
        columns = zip(*(cells for _, cells in rows), strict=True)
        cells = [[_FORMULA.sub(r"\1", cell.strip()) for cell in column] for column in columns]
        self.cells = dict(zip(layout.names, cells or [[] for _ in layout.names], strict=True))
        self.delimiter = layout.delimiter
        undated = [column for column in self.cells.values() if not are_months(column)]
        self.mark = self.decimal_mark([cell for column in undated for cell in column])

    def table(self, encoding: str) -> Table:
        """The table. Raises Problem as ``read_table`` does."""
        numbers: dict[str, np.ndarray] = {}
        texts: dict[str, list[str]] = {}
        faults: list[Problem] = []
        for name, cells in self.cells.items():
            try:
                values = self._numbers(name, cells)
            except Problem as fault:
                faults.append(fault)
                values = None
            if values is None:
                texts[name] = cells
            else:
                numbers[name] = values
        if faults and not numbers and (self.needs_numbers or len(texts) == len(faults)):
            raise faults[0]
        self.removed += [Note(fault.template, fault.values) for fault in faults]
        time, order = Dating(self, numbers, texts).time()
        self._ask_of_row_totals(numbers)
        counted = [name for name, values in numbers.items() if self._is_count(name, values)]
        counters = counted[: len(numbers) - 1]
        for name in counters:
            del numbers[name]
            self.removed.append(Note(N_("{name} only counts the rows"), {"name": name}))
        if time is None and (name := self._clock(numbers)):
            del numbers[name]
            counters.append(name)
            self.removed.append(Note(N_("{name} only says how time goes on"), {"name": name}))
        missing = {}
        for name, values in list(numbers.items()):
            if order is not None:
                values = values[order]
            lacking = np.isnan(values)
            if self.needs_numbers and lacking.mean() > _MOST_MISSING and len(numbers) > 1:
                del numbers[name]
                self.removed.append(
                    Note(N_("{name} has no value in most rows: left out"), {"name": name})
                )
                continue
            if lacking.any():
                missing[name] = lacking
                values = self._filled(name, values, lacking)
            values.flags.writeable = False
            numbers[name] = values
        if order is not None:
            texts = {name: [cells[i] for i in order] for name, cells in texts.items()}
        if not numbers and (self.needs_numbers or not texts):
            raise Problem(
                N_(
                    "The table has no column of numbers (its columns: {names}); "
                    "at least one is expected."
                ),
                names=_short(", ".join(self.cells)),
            )
        return Table(
            numbers,
            texts,
            len(self.rows),
            time,
            missing,
            tuple(self.removed),
            tuple(self.questions),
            self.mark or ".",
            encoding,
            counters=tuple(counters),
        )

    def table_of(self, columns: Mapping[str, np.ndarray], encoding: str) -> Table:
        """The table of columns of numbers, float64 (rows,), that were read all at once."""
        numbers = {name: self._without_sentinel(name, values) for name, values in columns.items()}
        self._ask_of_row_totals(numbers)
        missing = {n: np.isnan(values) for n, values in numbers.items() if np.isnan(values).any()}
        for name, lacking in missing.items():
            numbers[name] = self._filled(name, numbers[name], lacking)
            numbers[name].flags.writeable = False
        return Table(
            numbers,
            {},
            len(next(iter(numbers.values()))),
            missing=missing,
            removed=tuple(self.removed),
            questions=tuple(self.questions),
            decimal=self.mark or ".",
            encoding=encoding,
        )

    def _is_count(self, name: str, values: np.ndarray) -> bool:
        """Whether a column is 0, 1, 2, ... or 1, 2, 3, ..., and by its name no more than that.

        Where rows are steps in time, a first column that counts them says nothing, whatever it is
        called.
        """
        called = name.lower() in _COUNTS or (name == "x1" and "x2" not in self.names)
        counts = values[0] in (0, 1) and bool((np.diff(values) == 1).all())
        leads = self.needs_numbers and name == self.names[0]
        return counts and len(values) > 2 and (called or leads)

    def _clock(self, numbers: dict[str, np.ndarray]) -> str:
        """The column that tells seconds or the like: by its name, or the first, if it rises evenly.

        "" if none does, or where nothing else would be left.
        """
        if not self.needs_numbers or len(numbers) < 2 or len(self.rows) < 3:
            return ""
        rising = [n for n, values in numbers.items() if (np.diff(values) > 0).all()]  # no NaN does
        for name in rising:
            if names_time(name):
                return name
        first = self.names[0]
        if first not in rising or len(self.rows) < _SURE:
            return ""
        steps = np.diff(numbers[first])
        is_even = np.ptp(steps) <= _EVEN * steps.max() and steps[0] % 1 != 0
        others = (values for name, values in numbers.items() if name != first)
        return first if is_even and any(np.nanstd(v) > 0 for v in others) else ""

    def _ask_of_row_totals(self, numbers: dict[str, np.ndarray]):
        """Leave out a column that sums the others up, where rows are examples and not in time."""
        for name in [n for n in numbers if not self.needs_numbers and is_total(n)]:
            others = [values for n, values in numbers.items() if n != name]
            if len(others) < 2 or not np.allclose(sum(others), numbers[name], equal_nan=True):
                continue
            called = {"name": _short(name)}
            asked = Note(N_("The column {name} is the sum of the others: is it wanted?"), called)
            options = {"leave": Note(N_("a sum: left out")), "keep": Note(N_("a column as others"))}
            if self.ask("sums", asked, options, "leave") == "leave":
                del numbers[name]
                self.removed.append(Note(N_("the column {name} left out"), called))
            return

    def ask(self, name: str, asked: Note, options: dict[str, Note], default: str) -> str:
        """What was answered to a question, else ``default``; the question is kept either way."""
        chosen = self.choices.get(name, default)
        chosen = chosen if chosen in options else default
        self.questions.append(Question(name, asked, options, chosen))
        return chosen

    def _with_or_without_totals(self, rows: list[Row], totals: list[Row]) -> list[Row]:
        words = next(cell for cell in totals[0][1] if cell.strip())
        asked = Note(N_("A row is called {name}: is it a sum?"), {"name": _short(words)})
        options = {"leave": Note(N_("a sum: left out")), "keep": Note(N_("a row like the others"))}
        if self.ask("total", asked, options, "leave") == "keep":
            return sorted(rows + totals)
        self.removed.append(Note(N_("the row {name} left out"), {"name": _short(words)}))
        if more := len(totals) - 1:
            self.removed.append(Note(N_("more sums left out: {count}"), {"count": more}))
        return rows

    def decimal_mark(self, cells: list[str]) -> str:
        """The mark before the decimals of a file, asked where the cells leave it open."""
        numbers = [cell for cell in cells if is_number(cell)]
        mark, is_open = decimal_mark(numbers, self.delimiter)
        if is_open:
            example = next(cell for cell in numbers if "," in cell or "." in cell)
            options = {
                ".": Note(N_("decimal point: {value}"), {"value": to_float(example, ".")}),
                ",": Note(N_("decimal comma: {value}"), {"value": to_float(example, ",")}),
            }
            asked = Note(N_("How is {example} to be read?"), {"example": _short(example)})
            mark = self.ask("decimal", asked, options, mark)
        return mark

    def _numbers(self, name: str, cells: list[str]) -> np.ndarray | None:
        """A column's numbers, NaN where one is missing; None if it is one of words."""
        numeric = [is_number(cell) for cell in cells]
        words = [c for c, ok in zip(cells, numeric, strict=True) if not ok and not is_missing(c)]
        count = sum(numeric)
        if words and (marked := without_marks(cells)):
            self.cells[name], marks = marked
            left_out = N_("marks behind numbers of {name} left out: {count}")
            self.removed.append(Note(left_out, {"name": name, "count": marks}))
            return self._numbers(name, self.cells[name])
        if words and (scaled := scales_of(cells)):
            numbers, scales = scaled
            fields = {"name": name}
            self.removed.append(Note(N_("{name}: K is a thousand, M a million"), fields))
            values = self._numbers(name, numbers)
            return None if values is None else values * scales
        if not count or (words and 2 * count < len(cells)):
            if self.needs_numbers and (truths := _truths(cells)) is not None:
                yes, no, values = truths
                fields = {"name": name, "yes": yes, "no": no}
                self.removed.append(Note(N_("{name}: {yes} is 1, {no} is 0"), fields))
                return values
            unit = unit_of(cells)
            return self._numbers(name, [c.removesuffix(unit) for c in cells]) if unit else None
        if words and not self.needs_numbers and len(words) > _FEW_WORDS * len(cells):
            return None  # names, some of which are numbers
        if words:
            at = next(i for i, cell in enumerate(cells) if cell == words[0])
            raise Problem(
                N_("Line {line}: column {name} has {given} where a number is expected."),
                line=self.rows[at][0],
                name=name,
                given=_short(words[0]),
            )
        given = [c for c, ok in zip(cells, numeric, strict=True) if ok]
        mark = self.mark or decimal_mark(given, self.delimiter)[0] or "."
        values = np.full(len(cells), np.nan)
        values[np.array(numeric)] = [to_float(cell, mark) for cell in given]
        if np.isinf(values).any():
            at = int(np.flatnonzero(np.isinf(values))[0])
            raise Problem(
                N_("Line {line}: the number {given} in column {name} is too big."),
                line=self.rows[at][0],
                name=name,
                given=_short(cells[at]),
            )
        return self._without_sentinel(name, values)

    def _without_sentinel(self, name: str, values: np.ndarray) -> np.ndarray:
        known = values[~np.isnan(values)]
        for value in (known.min(), known.max()):
            others = known[known != value]
            count = len(known) - len(others)
            if (
                not _is_sentinel(value, count)
                or count > len(others)
                or len(others) < (3 if count > 1 else _SURE)
            ):
                continue
            spread = float(np.ptp(others)) or 1.0
            if np.abs(others - value).min() > _FAR * spread:
                asked = Note(
                    N_("{name} is {value} (rows: {count}): does that mark a missing value?"),
                    {"name": name, "value": f"{value:g}", "count": count},
                )
                options = {
                    "missing": Note(N_("it marks a missing value")),
                    "value": Note(N_("it is a value")),
                }
                if self.ask(f"sentinel {name}", asked, options, "missing") == "missing":
                    return np.where(values == value, np.nan, values)
        return values

    def _filled(self, name: str, values: np.ndarray, lacking: np.ndarray) -> np.ndarray:
        if not self.needs_numbers:
            return np.where(lacking, 0.0, values)  # which is never looked at
        at = np.arange(len(values))
        self.removed.append(
            Note(
                N_("missing values of {name}, filled on straight lines: {count}"),
                {"count": int(lacking.sum()), "name": name},
            )
        )
        return np.interp(at, at[~lacking], values[~lacking])


def _is_sentinel(value: float, count: int) -> bool:
    """Whether a number is one of those that people write where nothing was measured."""
    if abs(value) < _SMALL and count < 2:
        return False
    text = f"{value:.6g}" if abs(value) >= 1e15 else f"{value:.10g}"
    return value in _SENTINELS or bool(_NINES.fullmatch(text) or _FILLS.fullmatch(text))


def _truths(cells: list[str]) -> tuple[str, str, np.ndarray] | None:
    """What says true and false, and 1 for true, 0 for false, NaN for none; None if it is words."""
    given = [cell.lower() for cell in cells]
    words = {cell for cell in given if not is_missing(cell)}
    for yes, no in _BOOLEANS:
        if words and words <= {yes, no}:
            values = {yes: 1.0, no: 0.0}
            return yes, no, np.array([values.get(cell, np.nan) for cell in given])
    return None


def _short(text: str) -> str:
    return text if len(text) <= 60 else text[:57] + "..."
