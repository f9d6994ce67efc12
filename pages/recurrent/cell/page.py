"""The cell, step by step: an RNN, an LSTM or a GRU small enough to follow every number."""

import streamlit as st

from pages.recurrent.cell.lab import laboratory
from pages.recurrent.cell.quiz import questions
from pages.recurrent.cell.takeaway import takeaway
from ui.components.drawing import unfolded
from ui.layout import first_words, notation_table, text_and_figure
from ui.texts import lesson_text


@st.fragment
def lesson():
    """One fragment, so that a hand that drags waits for nothing else."""
    text, figure = text_and_figure()
    with figure:
        done = laboratory()
        if done:
            takeaway(*done)
    with text:
        first_words("cell", unfolded)
        if done:
            config = done[0]
            st.markdown(lesson_text("cell", config.cell))
            if config.preset != "random":
                st.markdown(lesson_text("cell", f"preset-{config.preset}"))
        notation_table("cell")
        if done:
            questions(*done)


lesson()
