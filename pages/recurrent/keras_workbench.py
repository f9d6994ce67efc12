"""The Keras workbench: a recurrent model, layer by layer."""

import streamlit as st

from ui.anatomy import text_and_figure
from ui.lessons.workbench_builder import build, stack
from ui.lessons.workbench_paper import printed
from ui.lessons.workbench_training import afterwards, training
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
