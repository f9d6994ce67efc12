"""The denoising autoencoder: given noisy images and asked for clean ones."""

import streamlit as st

from core.experiments.denoising_autoencoder.config import NAME, DenoisingAutoencoderConfig
from pages.autoencoders.denoising_autoencoder.instrument import code, draw, noises, sheet
from pages.autoencoders.denoising_autoencoder.networks import CHOICE, choose_denoiser
from pages.autoencoders.denoising_autoencoder.quiz import QUESTIONS
from ui.autoencoders.comparison_table import comparison_table
from ui.autoencoders.image_source import usable
from ui.layout import introduction, text_and_figure
from ui.runs.sections import takeaway_section, training_section
from ui.texts import _

text, figure = text_and_figure()
codes, own, end = (st.container() for _part in range(3))

with own:  # before the instrument, since the network of its run may be the one that cleans
    run = training_section(
        NAME,
        DenoisingAutoencoderConfig,
        draw,
        strip=("noise", "level", "latent_dim", "activation", "data"),
        metrics={"psnr_db": _("PSNR (dB)"), "wiener_psnr_db": _("Wiener (dB)")},
        questions=QUESTIONS,
        prepare=usable,
        below="linear",
        choice=CHOICE,
    )

with figure:
    drawn, who, cleaned = (st.container() for _part in range(3))

with who:
    denoiser = choose_denoiser(run)

if denoiser:
    with drawn:
        sheet(denoiser, run)
    with cleaned:
        noises(denoiser)

with text:
    introduction(NAME)

with codes:
    code()

with end:
    takeaway_section(
        NAME,
        run,
        metrics={
            "psnr_db": _("PSNR (dB)"),
            "wiener_psnr_db": _("Wiener (dB)"),
            "best_pca_psnr_db": _("Best PCA (dB)"),
        },
    )
    comparison_table()
