"""The sparse autoencoder: a large code of which few units may fire for an image."""

import streamlit as st

from pages.autoencoders.sparse_autoencoder.instrument import instrument, shipped_units
from pages.autoencoders.sparse_autoencoder.training import afterwards, training
from ui.anatomy import text_and_figure
from ui.layout import text_beside
from ui.texts import _, lesson_text

text, figure = text_and_figure()

with figure:
    instrument()

with text:
    st.markdown(lesson_text("sparse-autoencoder", "intro"))
    with st.expander(_("The course's notation, and Keras's")):
        st.markdown(lesson_text("sparse-autoencoder", "notation"))
    st.markdown(lesson_text("sparse-autoencoder", "try"))

text, figure = text_beside("sparse_autoencoder.units_text")
with figure:
    shipped_units()
with text:
    st.markdown(lesson_text("sparse-autoencoder", "units"))

run = training()
afterwards(run)
