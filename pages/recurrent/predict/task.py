"""Which of the three tasks the page is about, kept in the URL, and the section that has it."""

from importlib import import_module
from importlib.util import find_spec

import streamlit as st

from core.messages import N_
from ui.state import address
from ui.texts import _

TASKS = {
    "next": N_("Predict the next value"),
    "class": N_("Predict a class"),
    "discover": N_("Discover patterns"),
}
_SECTIONS = {
    "next": ("pages.recurrent.predict.next_value.section", "section_next"),
    "class": ("pages.recurrent.predict.classify.section", "section_class"),
    "discover": ("pages.recurrent.predict.discover", "section_discover"),
}
_KEY = "predict.task"
_OF_THE_PAGE = ("lang", "view", "lock")  # what the URL says of all tasks


def choose() -> str:
    """The chooser; returns the name of the task, one of TASKS."""
    here = {name: _(said) for name, said in TASKS.items() if find_spec(_SECTIONS[name][0])}
    if address.decides(_KEY) or st.session_state.get(_KEY) not in here:
        asked = st.query_params.get("task")
        st.session_state[_KEY] = asked if asked in here else "next"
    task = st.segmented_control(
        _("What the network is to do"),
        list(here),
        default=st.session_state[_KEY],
        format_func=here.__getitem__,
        key=_KEY,
        required=True,
        on_change=_leave,
    )
    address.write({"task": task if task != "next" else None})
    return task


def section(task: str):
    """Draw what the task is done with."""
    module, name = _SECTIONS[task]
    getattr(import_module(module), name)()


def _leave():
    """Forget what the URL said of the task before: its settings have the same names."""
    for name in list(st.query_params):
        if name not in _OF_THE_PAGE:
            del st.query_params[name]
