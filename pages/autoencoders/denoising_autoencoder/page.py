"""The denoising autoencoder: given noisy images and asked for clean ones."""

import streamlit as st

from pages.autoencoders.denoising_autoencoder.instrument import code, instrument
from pages.autoencoders.denoising_autoencoder.networks import choose_denoiser
from pages.autoencoders.denoising_autoencoder.training import afterwards, training
from ui.anatomy import text_and_figure
from ui.texts import _, lesson_text

text, figure = text_and_figure()
codes, own, end = (st.container() for _part in range(3))

with own:  # before the instrument, since the network of its run may be the one that cleans
    run = training()

with figure:
    denoiser = choose_denoiser(run)
    if denoiser:
        instrument(denoiser, run)

with text:
    st.markdown(lesson_text("denoising-autoencoder", "intro"))
    with st.expander(_("The course's notation, and Keras's")):
        st.markdown(lesson_text("denoising-autoencoder", "notation"))
    st.markdown(lesson_text("denoising-autoencoder", "try"))

with codes:
    code()

with end:
    afterwards(run)
