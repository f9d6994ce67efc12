"""The linear autoencoder: trained without activations, it finds the space of PCA."""

import streamlit as st

from pages.autoencoders.linear_autoencoder.instrument import instrument
from pages.autoencoders.linear_autoencoder.training import afterwards, training
from ui.anatomy import text_and_figure
from ui.texts import _, lesson_text

text, figure = text_and_figure()

with figure:
    instrument()

with text:
    st.markdown(lesson_text("linear-autoencoder", "intro"))
    with st.expander(_("The course's notation, and Keras's")):
        st.markdown(lesson_text("linear-autoencoder", "notation"))
    st.markdown(lesson_text("linear-autoencoder", "try"))

run = training()
afterwards(run)
