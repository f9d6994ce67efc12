"""The Keras workbench: a recurrent model, layer by layer."""

import streamlit as st

from pages.recurrent.keras_workbench.builder import build, stack
from pages.recurrent.keras_workbench.paper import printed
from pages.recurrent.keras_workbench.training import afterwards, training
from ui.anatomy import text_and_figure
from ui.texts import _, lesson_text

text, figure = text_and_figure()
paper, own, end = (st.container() for _part in range(3))

with figure:
    layers = stack()
    fault = build(layers)

with text:
    st.markdown(lesson_text("keras-workbench", "intro"))
    with st.expander(_("The course's notation, and Keras's")):
        st.markdown(lesson_text("keras-workbench", "notation"))
    st.markdown(lesson_text("keras-workbench", "try"))

with paper:
    printed(layers, fault)

with own:
    run = training(fault)

with end:
    afterwards(run)
