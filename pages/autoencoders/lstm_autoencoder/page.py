"""The LSTM autoencoder: heartbeats through a short code and back; what it copies badly is odd."""

import streamlit as st

from pages.autoencoders.lstm_autoencoder.instrument import instrument
from pages.autoencoders.lstm_autoencoder.training import afterwards, training
from ui.anatomy import text_and_figure
from ui.texts import _, lesson_text

text, figure = text_and_figure()

with figure:
    instrument()

with text:
    st.markdown(lesson_text("lstm-autoencoder", "intro"))
    with st.expander(_("The course's notation, and Keras's")):
        st.markdown(lesson_text("lstm-autoencoder", "notation"))
    st.markdown(lesson_text("lstm-autoencoder", "try"))

run = training()
afterwards(run)
