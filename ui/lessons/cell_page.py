"""The lesson's page: one fragment, so that a hand that drags waits for nothing else."""

import streamlit as st

from ui.anatomy import text_and_figure
from ui.lessons.cell_lab import laboratory
from ui.lessons.cell_quiz import questions
from ui.lessons.cell_takeaway import takeaway
from ui.texts import _, lesson_text


@st.fragment
def lesson():
    """Text and questions beside the cell, and what can be taken away of it."""
    text, figure = text_and_figure()
    with figure:
        done = laboratory()
        if done:
            takeaway(*done)
    with text:
        st.markdown(lesson_text("cell", "intro"))
        if done:
            config, reading = done
            st.markdown(lesson_text("cell", config.cell))
            if config.preset != "random":
                st.markdown(lesson_text("cell", f"preset-{config.preset}"))
        with st.expander(_("The course's notation, and Keras's")):
            st.markdown(lesson_text("cell", "notation"))
        st.markdown(lesson_text("cell", "try"))
        if done:
            questions(config, reading)
