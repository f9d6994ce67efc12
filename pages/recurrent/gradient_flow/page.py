"""Gradient flow: how far back the gradient reaches in three cells, before and while they learn."""

import streamlit as st

from pages.recurrent.gradient_flow.clipping import clipping
from pages.recurrent.gradient_flow.contributions import every_loss
from pages.recurrent.gradient_flow.instrument import instrument, question, suggestions
from pages.recurrent.gradient_flow.jacobians import jacobians
from pages.recurrent.gradient_flow.training import takeaway, training
from ui.layout import notation_table, text_and_figure
from ui.texts import lesson_text

text, figure = text_and_figure()

with text:
    st.markdown(lesson_text("gradient-flow", "intro"))
    question()
    notation_table("gradient-flow")
    st.markdown(lesson_text("gradient-flow", "try"))

with figure:
    start = instrument()
    suggestions()

run = training()

if start:
    jacobians(start)
    every_loss(start)
    clipping(start)

takeaway(run)
