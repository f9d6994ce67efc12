"""The series to learn from: one that may have to be fetched, or a visitor's own."""

import streamlit as st

from core.data import tables, uploads
from core.data.sequences import known as sequences
from core.experiments.next_value.config import NextValueConfig
from core.experiments.next_value.series import SeriesTask
from core.messages import Problem
from pages.recurrent.next_value import figures
from ui.notices import plain
from ui.runs.inputs.fetching import begin_with_what_is_here, fetch_or_replace
from ui.runs.inputs.upload_field import TABLES, upload_field
from ui.state.controls import choose, value_of
from ui.state.widgets import place_of
from ui.texts import _, number

_COLUMN, _SEASON = "next_value.column", "next_value.season"


def data_now() -> str:
    """Which data the next call of ``controls`` will find chosen: other fields go with others."""
    begin_with_what_is_here(NextValueConfig, "data", sequences.missing, "sine")
    return value_of(NextValueConfig, "data")


def usable(config: NextValueConfig) -> NextValueConfig | None:
    """``config`` if its data are here, with what is needed to get them shown; else None."""
    if config.data == "upload":
        return config if _has_upload(config) else None
    if config.data in ("sunspots", "seattle") and not _has_series(config.data):
        return None
    if config.data in ("sine", "rule", "generation"):
        st.caption(_("Synthetic: these numbers were made by this program, by a rule."))
    return config


def _has_series(name: str) -> bool:
    missing = sequences.missing(name)
    return fetch_or_replace(
        [missing] if missing else [],
        key="next_value.series",
        fetch_label=_("Fetch the series"),
        instead_label=_("Take the sine"),
        take_instead=lambda: choose(NextValueConfig, data="sine"),
    )


def _has_upload(config: NextValueConfig) -> bool:
    table = upload_field(
        config,
        _("A table (CSV)"),
        TABLES,
        key="next_value.file",
        help=_(
            "A row for each step in time, {least} to {most} rows; commas, semicolons or tabs, "
            "decimal points or commas."
        ).format(least=tables.MIN_ROWS, most=number(tables.MAX_ROWS, 0)),
        store=uploads.store_table,
        load=uploads.load_table,
        empty=_("Bring a table with a column of numbers to train on it."),
        table="series",
        column="",
        period=0,
    )
    if table is None:
        return False
    names = list(table.columns)
    key = f"{_COLUMN}.{config.upload}"
    if st.session_state.get(key) not in names:
        st.session_state[key] = config.column if config.column in names else table.leading
    st.selectbox(
        _("Column to forecast"),
        names,
        place_of(st.session_state[key], names),
        key=key,
        on_change=_take_column,
        args=(key,),
        width=300,
    )
    if table.tells_time(config.column):
        told = _("{name} only tells the time of the rows: {column} is forecast instead.")
        st.caption(plain(told.format(name=config.column, column=st.session_state[key])))
    _season(config)
    return True


def _take_column(key: str):
    choose(NextValueConfig, column=st.session_state[key], period=0)


def _season(config: NextValueConfig):
    """The season of the seasonal forecast, as it is found, to be changed."""
    spec = NextValueConfig.specs()["period"]
    try:
        task = figures.task(config)
    except Problem:  # it is said where the series is learned from
        return
    assert isinstance(task, SeriesTask)
    key = f"{_SEASON}.{config.upload}"
    st.session_state[key] = task.period
    st.number_input(
        _("Season, in rows (1: none)"),
        1,
        max(task.period, min(int(spec.high), task.cut)),
        st.session_state[key],
        key=key,
        on_change=_take_season,
        args=(key,),
        width=300,
        help=_("How the file is understood; the forecast “last season” goes back as far as that."),
    )


def _take_season(key: str):
    choose(NextValueConfig, period=st.session_state[key])
