"""An autoencoder of one's own: its settings, its run, and what is left of it."""

import streamlit as st

from core.experiments.autoencoder.config import NAME, AutoencoderConfig
from pages.autoencoders.autoencoder.epoch import draw
from pages.autoencoders.autoencoder.quiz import QUESTIONS
from ui.autoencoders.image_source import usable
from ui.autoencoders.laboratory import laboratory
from ui.layout import text_beside
from ui.runs.ending import ending
from ui.runs.live import follow
from ui.runs.quiz import quiz
from ui.runs.run import Run
from ui.state.controls import choose, controls
from ui.texts import _, lesson_text

_STRIP = ("latent_dim", "kind", "depth", "pretraining", "data")
_MORE = tuple(name for name in AutoencoderConfig.specs() if name not in (*_STRIP, "upload"))
_ONE_LAYER = {
    "kind": "dense",
    "depth": 0,
    "pretraining": "none",
    "learning_rate": 0.01,
    "epochs": 500,
}


def training() -> Run | None:
    """The whole section; returns the run that is followed, None if there is none."""
    st.header(_("Train one of your own"), anchor=False)
    text, instruments = text_beside("autoencoder.training_text")
    text.markdown(lesson_text(NAME, "train"))
    questions = text.container()
    with instruments:
        config = usable(controls(AutoencoderConfig, strip=_STRIP, more=_MORE), key="autoencoder")
        run = follow(
            NAME,
            config,
            draw,
            metrics={"mse": _("Held-out error (MSE)"), "pca_mse": _("PCA")},
            before=_before,
        )
    text.markdown(lesson_text(NAME, "greedy"))
    text.button(
        _("Set one hidden layer"),
        key="autoencoder.one_layer",
        help=_(
            "Sets the hidden layers to 0, the rate to 0.01 and the epochs to 500: so small a "
            "network learns slowly. Then press Train."
        ),
        on_click=lambda: choose(AutoencoderConfig, **_ONE_LAYER),
    )
    with questions:
        quiz(QUESTIONS, run)
    return run


def afterwards(run: Run | None):
    """The bench, and what can be taken away from the run."""
    ending(
        NAME,
        run,
        metrics={
            "mse": _("Held-out error (MSE)"),
            "mse_over_pca": _("Error over PCA's"),
            "knn_accuracy": _("5-NN"),
            "trustworthiness": _("Trustworthiness"),
        },
        text=lesson_text(NAME, "take"),
    )
    laboratory()


def _before():
    st.info(
        _(
            "Nothing has been trained yet. Press Train: it takes some ten seconds, and you see the "
            "classes part, though no label is learned from."
        )
    )
