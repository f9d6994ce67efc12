"""A linear autoencoder of one's own: its settings, its run, and what is left of it."""

import streamlit as st

from core.experiments.linear_autoencoder.config import LinearAutoencoderConfig
from pages.autoencoders.linear_autoencoder.epoch import (
    angles,
    draw_spectrum,
    excess_curve,
    inside,
    spectrum_before,
)
from pages.autoencoders.linear_autoencoder.quiz import QUESTIONS
from ui.autoencoders.image_source import usable
from ui.autoencoders.laboratory import laboratory
from ui.layout import text_beside
from ui.runs.ending import ending
from ui.runs.live import follow
from ui.runs.quiz import quiz
from ui.runs.run import Run
from ui.state.controls import controls
from ui.texts import _, lesson_text

_STRIP = ("latent_dim", "optimizer", "tied", "centred", "data")
_MORE = tuple(name for name in LinearAutoencoderConfig.specs() if name not in (*_STRIP, "upload"))


def training() -> Run | None:
    """The whole section; returns the run that is followed, None if there is none."""
    st.header(_("Train one of your own"), anchor=False)
    text, instruments = text_beside("linear_autoencoder.training_text")
    text.markdown(lesson_text("linear-autoencoder", "train"))
    questions = text.container()
    with instruments:
        config = usable(
            controls(LinearAutoencoderConfig, strip=_STRIP, more=_MORE), key="linear_autoencoder"
        )
        run = follow(
            "linear-autoencoder",
            config,
            _draw,
            metrics={"mse": _("Held-out error (MSE)"), "pca_mse": _("PCA")},
            before=lambda: _before(config),
        )
    text.markdown(lesson_text("linear-autoencoder", "spectrum"))
    with questions:
        quiz(QUESTIONS, run)
    return run


def afterwards(run: Run | None):
    """The bench, and what can be taken away from the run."""
    ending(
        "linear-autoencoder",
        run,
        metrics={
            "mse": _("Held-out error (MSE)"),
            "mse_over_pca": _("Error over PCA's"),
            "max_principal_angle_deg": _("Angle (°)"),
        },
        text=lesson_text("linear-autoencoder", "take"),
    )
    laboratory()


def _before(config: LinearAutoencoderConfig | None):
    st.info(
        _(
            "Nothing has been trained yet. Press Train: it takes a few seconds, and you see the "
            "space turn until it is PCA's."
        )
    )
    if config is not None and config.data == "digits":  # of MNIST it would take seconds
        spectrum_before(config)


def _draw(run: Run):
    if not run.epochs:
        excess_curve(run)
        st.caption(_("The first test comes at the end of the first epoch."))
        return
    left, right = st.columns(2, gap="medium")
    with left:
        excess_curve(run)
    with right:
        angles(run)
    first = run.epochs[0].arrays
    draw_spectrum(first["variances"], run.config.latent_dim, run.config.centred)
    inside(run)
