"""Gradient flow: how far back the gradient reaches in three cells, before and while they learn."""

from pages.recurrent.gradient_flow.clipping import clipping
from pages.recurrent.gradient_flow.contributions import every_loss
from pages.recurrent.gradient_flow.instrument import instrument, question
from pages.recurrent.gradient_flow.jacobians import jacobians
from pages.recurrent.gradient_flow.training import takeaway, training
from ui.components.drawing import gradient_back
from ui.layout import first_words, notation_table, text_and_figure

text, figure = text_and_figure()

with figure:  # first, since its settings tell which of the steps has been seen
    start = instrument()

with text:
    first_words("gradient-flow", gradient_back)
    question()
    notation_table("gradient-flow")

run = training()

if start:
    jacobians(start)
    every_loss(start)
    clipping(start)

takeaway(run)
