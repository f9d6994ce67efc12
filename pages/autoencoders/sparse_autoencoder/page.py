"""The sparse autoencoder: a large code of which few units may fire for an image."""

import streamlit as st

from pages.autoencoders.sparse_autoencoder.instrument import instrument, shipped_units
from pages.autoencoders.sparse_autoencoder.training import takeaway, training
from ui.autoencoders.comparison_table import comparison_table
from ui.layout import introduction, text_and_figure, text_beside
from ui.texts import lesson_text

text, figure = text_and_figure()

with figure:
    instrument()

with text:
    introduction("sparse-autoencoder")

text, figure = text_beside("sparse_autoencoder.units_text")

with figure:
    shipped_units()

with text:
    st.markdown(lesson_text("sparse-autoencoder", "units"))

run = training()
takeaway(run)
comparison_table()
