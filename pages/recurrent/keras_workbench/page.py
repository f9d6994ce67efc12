"""The Keras workbench: a recurrent model, layer by layer."""

import streamlit as st

from pages.recurrent.keras_workbench.builder import build, stack
from pages.recurrent.keras_workbench.paper import printed
from pages.recurrent.keras_workbench.training import takeaway, training
from ui.layout import introduction, text_and_figure

text, figure = text_and_figure()
paper, own, end = (st.container() for _part in range(3))

with figure:
    layers = stack()
    fault = build(layers)

with text:
    introduction("keras-workbench")

with paper:
    printed(layers, fault)

with own:
    run = training(fault)

with end:
    takeaway(run)
