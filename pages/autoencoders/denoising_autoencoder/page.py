"""The denoising autoencoder: given noisy images and asked for clean ones."""

import streamlit as st

from pages.autoencoders.denoising_autoencoder.instrument import code, instrument
from pages.autoencoders.denoising_autoencoder.networks import choose_denoiser
from pages.autoencoders.denoising_autoencoder.training import takeaway, training
from ui.autoencoders.comparison_table import comparison_table
from ui.layout import introduction, text_and_figure

text, figure = text_and_figure()
codes, own, end = (st.container() for _part in range(3))

with own:  # before the instrument, since the network of its run may be the one that cleans
    run = training()

with figure:
    denoiser = choose_denoiser(run)
    if denoiser:
        instrument(denoiser, run)

with text:
    introduction("denoising-autoencoder")

with codes:
    code()

with end:
    takeaway(run)
    comparison_table()
