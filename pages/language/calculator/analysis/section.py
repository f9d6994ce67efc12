"""Understand it: where it fails, what its encoder hands over, and what one digit moves."""

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from core.experiments.calculator.analysis import Asked
from pages.language.calculator.analysis.extrapolation import extrapolation
from pages.language.calculator.analysis.failures import failures
from pages.language.calculator.analysis.perturbation import perturbation
from pages.language.calculator.analysis.states import states
from pages.language.calculator.networks import Answerer
from ui.layout import text_beside
from ui.runs.run import Run
from ui.texts import _, lesson_text


def understand(answerer: Answerer, asked: Asked, run: Run | None):
    """The four figures, each beside its text."""
    st.header(_("Understand it"), anchor=False)
    with _part("failures", _("Where it fails")):
        st.fragment(failures)()
    with _part("beyond", _("Longer than anything it has seen")):
        if answerer.kind == "run" and run and not run.ended:
            st.caption(_("For a run of yours, this map is drawn once it has ended."))
        else:
            st.fragment(extrapolation)(answerer)
    with _part("states", _("What the encoder hands over")):
        st.fragment(states)(answerer)
    with _part("changed", _("One digit changed")):
        st.fragment(perturbation)(answerer, asked)


def _part(name: str, title: str) -> DeltaGenerator:
    st.subheader(title, anchor=False)
    text, figure = text_beside(f"calculator.{name}_text")
    text.markdown(lesson_text("calculator", name))
    return figure
