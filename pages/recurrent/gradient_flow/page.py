"""Gradient flow: how far back the gradient reaches in three cells, before and while they learn."""

import streamlit as st

from pages.recurrent.gradient_flow.clipping import clipping
from pages.recurrent.gradient_flow.contributions import every_loss
from pages.recurrent.gradient_flow.instrument import instrument, question, suggestions
from pages.recurrent.gradient_flow.jacobians import jacobians
from pages.recurrent.gradient_flow.training import afterwards, training
from ui.anatomy import text_and_figure
from ui.texts import _, lesson_text

text, figure = text_and_figure()

with text:
    st.markdown(lesson_text("gradient-flow", "intro"))
    question()
    with st.expander(_("The course's notation, and Keras's")):
        st.markdown(lesson_text("gradient-flow", "notation"))
    st.markdown(lesson_text("gradient-flow", "try"))

with figure:
    suggestions()
    start = instrument()

run = training()

if start:
    jacobians(start)
    every_loss(start)
    clipping(start)

afterwards(run)
