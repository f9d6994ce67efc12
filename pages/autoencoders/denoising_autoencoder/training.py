"""A denoising autoencoder of one's own: its settings, its run, and what is left of it."""

import streamlit as st

from core.experiments.denoising_autoencoder.config import NAME, DenoisingAutoencoderConfig
from pages.autoencoders.denoising_autoencoder.epoch import curve, inside
from pages.autoencoders.denoising_autoencoder.networks import CHOICE
from pages.autoencoders.denoising_autoencoder.quiz import QUESTIONS
from ui.autoencoders.image_source import usable
from ui.autoencoders.laboratory import laboratory
from ui.layout import text_beside
from ui.runs.ending import ending
from ui.runs.in_step import keep_in_step, whole_page
from ui.runs.live import follow
from ui.runs.quiz import quiz
from ui.runs.run import Run
from ui.state.controls import controls
from ui.texts import _, lesson_text

_STRIP = ("noise", "level", "latent_dim", "activation", "data")
_MORE = tuple(
    name for name in DenoisingAutoencoderConfig.specs() if name not in (*_STRIP, "upload")
)


def training() -> Run | None:
    """The whole section; returns the run that is followed, None if there is none."""
    st.header(_("Train one of your own"), anchor=False)
    text, instruments = text_beside("denoising_autoencoder.training_text")
    text.markdown(lesson_text(NAME, "train"))
    questions = text.container()
    with instruments, whole_page(NAME):
        config = usable(
            controls(DenoisingAutoencoderConfig, strip=_STRIP, more=_MORE),
            key="denoising_autoencoder",
        )
        run = follow(
            NAME,
            config,
            _draw,
            metrics={"psnr_db": _("PSNR (dB)"), "wiener_psnr_db": _("Wiener (dB)")},
            before=_before,
        )
    text.markdown(lesson_text(NAME, "linear"))
    with questions:
        quiz(QUESTIONS, run)
    return run


def afterwards(run: Run | None):
    """The bench, and what can be taken away from the run."""
    ending(
        NAME,
        run,
        metrics={
            "psnr_db": _("PSNR (dB)"),
            "wiener_psnr_db": _("Wiener (dB)"),
            "best_pca_psnr_db": _("Best PCA (dB)"),
        },
        text=lesson_text(NAME, "take"),
    )
    laboratory()


def _before():
    st.info(
        _(
            "Nothing has been trained yet. Press Train: it takes some ten seconds, and you see "
            "the error fall below that of the Wiener filter."
        )
    )


def _draw(run: Run):
    keep_in_step(NAME, run, follows=st.session_state.get(CHOICE) == "run")
    curve(run)
    if not run.epochs:
        st.caption(_("The first test comes at the end of the first epoch."))
        return
    inside(run)
