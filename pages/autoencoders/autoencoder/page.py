"""Simple and stacked autoencoders: from one hidden layer to deep, beside PCA."""

import streamlit as st

from pages.autoencoders.autoencoder.instrument import instrument
from pages.autoencoders.autoencoder.training import afterwards, training
from ui.anatomy import text_and_figure
from ui.texts import _, lesson_text

text, figure = text_and_figure()

with figure:
    instrument()

with text:
    st.markdown(lesson_text("autoencoder", "intro"))
    with st.expander(_("The course's notation, and Keras's")):
        st.markdown(lesson_text("autoencoder", "notation"))
    st.markdown(lesson_text("autoencoder", "try"))

run = training()
afterwards(run)
