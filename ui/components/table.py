"""Tables: to be sorted by columns and taken away as CSV, or, where that is idle, in Markdown."""

from collections.abc import Iterable, Mapping, Sequence

import pandas as pd
import streamlit as st

from ui.texts import _


def table(
    frame: pd.DataFrame,
    *,
    key: str,
    alt: str,
    formats: Mapping[str, str] | None = None,
    height: int | None = None,
):
    """Draws ``frame`` without its index; what is missing is a dash. formats: column -> printf's."""
    columns = {
        name: st.column_config.NumberColumn(format=form) for name, form in (formats or {}).items()
    }
    st.dataframe(
        frame,
        hide_index=True,
        placeholder="–",
        key=key,
        column_config=columns,
        alt=alt,
        height=height or "auto",
    )


def csv_button(frame: pd.DataFrame, *, key: str, file: str):
    """The table as a file to take away."""
    st.download_button(
        _("Table (CSV)"),
        frame.to_csv(index=False).encode(),
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
