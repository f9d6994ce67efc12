"""Tables: to be sorted by columns and taken away as CSV, or, where that is idle, in Markdown."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import numpy as np
import streamlit as st
from babel.numbers import get_decimal_symbol

from core.classes.sheet import as_csv
from ui.components import component
from ui.texts import _, language, number, plain_number

_TABLE = component(
    __file__, "table", '<div class="pangloss-table" role="region"><table></table></div>'
)
_MISSING = "–"
Rows = Sequence[Mapping[str, Any]]


def table(
    rows: Rows,
    *,
    key: str,
    alt: str,
    decimals: Mapping[str, int] | None = None,
    height: int | None = None,
):
    """Draws rows, each a column's name -> what stands there; what is missing is a dash.

    A press of a column's name sorts by it. decimals: of the columns that have as many in every
    row. height: in pixels; a longer table scrolls.
    """
    digits = decimals or {}
    cells = {
        name: [_cell(row.get(name), digits.get(name)) for row in rows]
        for name in dict.fromkeys(name for row in rows for name in row)
    }
    data = {
        "alt": alt,
        "columns": [[name, _has_numbers(column)] for name, column in cells.items()],
        "rows": list(zip(*cells.values(), strict=True)),
        "height": height,
        "sort": _("Sort by this column"),
        "point": get_decimal_symbol(language()),
    }
    _TABLE(key=f"{key}.table", data=data, height="content")


def _cell(value: Any, digits: int | None) -> tuple[str, float | str | None]:
    """What stands in a cell, and what it is sorted by: None, at the end, where it is missing."""
    if isinstance(value, np.generic):
        value = value.item()
    if value is None or value != value:  # NaN
        return _MISSING, None
    if isinstance(value, bool) or not isinstance(value, int | float):
        return str(value), str(value)
    if digits is None:
        return plain_number(value), value
    return number(value, digits, tabular=True), value


def _has_numbers(column: Iterable[tuple[str, float | str | None]]) -> bool:
    return any(isinstance(order, int | float) for _text, order in column)


def csv_button(rows: Rows, *, key: str, file: str):
    """The table as a file to take away; what a visitor has called a run is no formula in it."""
    rows = [{n: None if v != v else v for n, v in row.items()} for row in rows]  # NaN
    st.download_button(
        _("Table (CSV)"),
        as_csv(rows).encode(),
        file,
        "text/csv",
        key=key,
        on_click="ignore",
    )


def markdown_table(
    head: Sequence[str], rows: Iterable[Sequence[str]], *, numbers: bool = True
) -> str:
    """A table in Markdown. numbers: whether all columns but the first are flush right."""
    rule = (":--", *["--:" if numbers else ":--"] * (len(head) - 1))
    return "\n".join("| " + " | ".join(row) + " |" for row in (head, rule, *rows))
