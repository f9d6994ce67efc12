"""An LSTM autoencoder of one's own: its settings, its run, and what is left of it."""

import streamlit as st

from core.data.sequences import ecg
from core.experiments.lstm_autoencoder.config import NAME, LSTMAutoencoderConfig
from pages.autoencoders.lstm_autoencoder.epoch import beats_before, curves, inside
from pages.autoencoders.lstm_autoencoder.quiz import QUESTIONS
from ui.autoencoders.laboratory import laboratory
from ui.layout import text_beside
from ui.runs.ending import ending
from ui.runs.fetching import begin_with_what_is_here, fetch_or_replace, megabytes
from ui.runs.live import follow
from ui.runs.quiz import quiz
from ui.runs.run import Run
from ui.state.controls import choose, controls
from ui.texts import _, lesson_text, number

_STRIP = ("data", "latent_dim", "units", "shift", "bidirectional")
_MORE = tuple(name for name in LSTMAutoencoderConfig.specs() if name not in _STRIP)


def training() -> Run | None:
    """The whole section; returns the run that is followed, None if there is none."""
    st.header(_("Train one of your own"), anchor=False)
    text, instruments = text_beside("lstm_autoencoder.training_text")
    text.markdown(lesson_text("lstm-autoencoder", "train"))
    questions = text.container()
    text.markdown(lesson_text("lstm-autoencoder", "for_what"))
    begin_with_what_is_here(LSTMAutoencoderConfig, "data", ecg.missing, "synthetic")
    with instruments:
        config = _usable(controls(LSTMAutoencoderConfig, strip=_STRIP, more=_MORE))
        run = follow(
            NAME,
            config,
            _draw,
            metrics={"auc": _("Area under the ROC"), "pca_auc": _("PCA")},
            before=lambda: _before(config),
        )
    with questions:
        quiz(QUESTIONS, run)
    return run


def afterwards(run: Run | None):
    """The benches, and what can be taken away from the run."""
    ending(
        NAME,
        run,
        metrics={
            "auc": _("Area under the ROC"),
            "pca_auc": _("PCA's area"),
            "mean_beat_auc": _("Mean beat's area"),
            "mse": _("Error (MSE)"),
            "pca_mse": _("PCA's error"),
            "recall": _("Recall"),
            "precision": _("Precision"),
        },
        text=lesson_text("lstm-autoencoder", "take"),
    )
    laboratory()


def _usable(config: LSTMAutoencoderConfig | None) -> LSTMAutoencoderConfig | None:
    """``config`` if its beats are here; else what is needed to get them is shown."""
    missing = ecg.missing(config.data) if config else []
    if config is None or not missing:
        return config
    fetch_or_replace(
        missing,
        _(
            "ECG5000 is not on this machine: {size} MB. Fetch it, or take the synthetic beats "
            "that are made here."
        ).format(size=number(megabytes(missing), 1)),
        key="lstm_autoencoder.ecg5000",
        fetch_label=_("Fetch ECG5000"),
        instead_label=_("Take the synthetic beats"),
        take_instead=lambda: choose(LSTMAutoencoderConfig, data="synthetic"),
    )
    return None


def _before(config: LSTMAutoencoderConfig | None):
    st.info(
        _(
            "Nothing has been trained yet. Press Train: it takes about half a minute, and you see "
            "the code order the beats and the scores part."
        )
    )
    if config is not None:
        beats_before(config)


def _draw(run: Run):
    curves(run)
    if not run.epochs:
        st.caption(_("The first test comes at the end of the first epoch."))
        return
    inside(run)
