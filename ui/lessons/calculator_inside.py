"""Understand it: where it fails, what its encoder hands over, and what one digit moves."""

import streamlit as st

from core.experiments.calculator_asked import Asked
from ui.lessons.calculator_answerers import Answerer
from ui.lessons.calculator_beyond import beyond_its_range
from ui.lessons.calculator_changed import one_digit_changed
from ui.lessons.calculator_failures import failures
from ui.lessons.calculator_states import states
from ui.lessons.layout import text_beside
from ui.runs import Run
from ui.texts import _, lesson_text


def understand(answerer: Answerer, asked: Asked, run: Run | None):
    """The four figures, each beside its text."""
    st.header(_("Understand it"), anchor=False)
    with _part("failures", _("Where it fails")):
        st.fragment(failures)()
    with _part("beyond", _("Longer than anything it has seen")):
        if answerer.kind == "run" and run and not run.ended:
            st.caption(_("Of a run of yours this map is drawn once the run has ended."))
        else:
            st.fragment(beyond_its_range)(answerer)
    with _part("states", _("What the encoder hands over")):
        st.fragment(states)(answerer)
    with _part("changed", _("One digit changed")):
        st.fragment(one_digit_changed)(answerer, asked)


def _part(name: str, title: str):
    st.subheader(title, anchor=False)
    text, figure = text_beside(f"calculator.{name}_text")
    text.markdown(lesson_text("calculator", name))
    return figure
