"""A table to be sorted by its columns and, where it is worth keeping, to be taken away as CSV."""

from collections.abc import Mapping

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
