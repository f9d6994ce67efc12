"""Which of the three tasks the page is about, kept in the URL."""

import streamlit as st

from core.messages import N_
from ui.state import address
from ui.state.widgets import in_new_words
from ui.texts import _

TASKS = {
    "next": N_("Predict the next value"),
    "class": N_("Predict a class"),
    "discover": N_("Discover patterns"),
}
_KEY = "predict.task"
_OF_THE_PAGE = ("lang", "view", "lock")  # what the URL says of all tasks


def choose() -> str:
    """The chooser; returns the name of the task, one of TASKS."""
    if address.decides(_KEY) or st.session_state.get(_KEY) not in TASKS:
        asked = st.query_params.get("task")
        st.session_state[_KEY] = asked if asked in TASKS else "next"
    task = st.segmented_control(
        _("What the network is to do"),
        list(TASKS),
        default=in_new_words(_KEY, TASKS, "next"),
        format_func=lambda task: _(TASKS[task]),
        key=_KEY,
        required=True,
        on_change=_leave,
    )
    address.write({"task": task if task != "next" else None})
    return task


def _leave():
    """Forget what the URL said of the task before: its settings have the same names."""
    for name in list(st.query_params):
        if name not in _OF_THE_PAGE:
            del st.query_params[name]
