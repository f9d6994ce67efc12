"""The visitor's own table as a kind of sequence."""

import numpy as np
import streamlit as st

from core.data import uploads
from core.data.tables import MAX_ROWS
from core.figures import sequences as figures
from core.messages import Problem
from pages.sequences.sequential_data.shown import KEY, SequenceGallery, Shown, scaled, start
from ui import server
from ui.components.charts import live_plot
from ui.notices import plain
from ui.state.controls import choose
from ui.texts import _, number, say

_ROWS = 60  # of the table, in the window that is shown
_FILE, _WRONG = "sequences.table_file", "sequences.table_problem"


def own(config: SequenceGallery) -> Shown | None:
    """The visitor's table."""
    st.file_uploader(
        _("A table of yours (CSV): a row a time step, a column a feature"),
        type=["csv", "tsv", "txt"],
        key=_FILE,
        on_change=_brought,
        help=_(
            "Commas, semicolons or tabs, decimal points or commas; at most {most} rows. It is kept "
            "for a day and shown to nobody who does not have the link."
        ).format(most=number(MAX_ROWS, 0)),
    )
    wrong = st.session_state.get(_WRONG)
    if wrong:
        st.error(plain(say(wrong)))
        return None
    digest = config.table
    if not digest:
        st.caption(_("Nothing yet: bring a table, and see it as a network does."))
        return None
    table = uploads.load_table(digest)
    names, columns = list(table.columns)[:8], list(table.columns.values())[:8]
    values = np.column_stack(columns)
    title = _("Your table: {rows} steps, {count} columns").format(
        rows=number(table.rows, 0), count=len(table.columns)
    )
    first = next(iter(table.texts.values()), None)
    figure = figures.lines_over_time(
        first if first and len(set(first)) == len(first) else list(range(1, table.rows + 1)),
        {_as_text(name): values[:, k] for k, name in enumerate(names)},
        theme=server.theme(),
        title=title,
        x_title="",
        y_titles=[_as_text(name)[:18] for name in names],
    )
    live_plot(figure, key=KEY, alt=title, height=140 + 110 * len(names))
    window = min(_ROWS, table.rows)
    part = slice(start(config, table.rows, window), None)
    return Shown(
        scaled(values)[part][:window],
        [_as_text(name) for name in names],
        table.rows - window + 1,
        (window, window),
        _("Windows of {steps} steps; each feature scaled to mean 0 and deviation 1.").format(
            steps=window
        ),
        _("Your own table.") if len(table.columns) <= len(names) else _("Its first 8 columns."),
    )


def _brought():
    """Keep the table that was brought, or the reason why it is none."""
    st.session_state[_WRONG] = None
    file = st.session_state[_FILE]
    if file is None:
        return
    try:
        choose(SequenceGallery, table=uploads.store_table(file.getvalue()))
    except Problem as problem:
        st.session_state[_WRONG] = problem


def _as_text(name: str) -> str:
    """A name of a visitor's for Plotly, which would read markup in it."""
    return name.replace("&", "&amp;").replace("<", "&lt;")
