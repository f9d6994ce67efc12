"""The parts of a lesson page and where they stand; see the class view too."""

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from ui.texts import _

VIEW_KEY = "pangloss_view"


def class_view() -> bool:
    """Whether the page is shown to a class: larger, its text folded away."""
    return (st.query_params.get("view") or st.session_state.get(VIEW_KEY)) == "class"


def text_and_figure() -> tuple[DeltaGenerator, DeltaGenerator]:
    """The two columns of a lesson: its text, and its instruments with the figure.

    On a narrow screen the figure comes first. In class view the figure takes the whole width and
    the text is folded beneath it.
    """
    if class_view():
        figure = st.container()
        return st.expander(_("What this is about"), key="lesson_text"), figure
    with st.container(key="lesson_columns"):
        text, figure = st.columns([1, 2], gap="large")
    return text, figure
