"""The variational autoencoder: a code that is a distribution, and a prior to draw from."""

import streamlit as st

from pages.autoencoders.variational_autoencoder.instrument import instrument
from pages.autoencoders.variational_autoencoder.training import afterwards, training
from ui.anatomy import text_and_figure
from ui.texts import _, lesson_text

text, figure = text_and_figure()

with figure:
    now = instrument()

with text:
    st.markdown(lesson_text("variational-autoencoder", "intro"))
    with st.expander(_("The course's notation, and Keras's")):
        st.markdown(lesson_text("variational-autoencoder", "notation"))
    st.markdown(lesson_text("variational-autoencoder", "try"))

run = training(now)
afterwards(run)
