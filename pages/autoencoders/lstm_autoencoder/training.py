"""An LSTM autoencoder of one's own: its settings, its run, and what is left of it."""

from core.data.sequences import ecg
from core.experiments.lstm_autoencoder.config import NAME, LSTMAutoencoderConfig
from pages.autoencoders.lstm_autoencoder.epoch import beats_before, draw
from pages.autoencoders.lstm_autoencoder.quiz import QUESTIONS
from ui.runs.fetching import begin_with_what_is_here, fetch_or_replace, megabytes
from ui.runs.run import Run
from ui.runs.sections import takeaway_section, training_section
from ui.state.controls import choose
from ui.texts import _, number


def training() -> Run | None:
    """The whole section; returns the run that is followed, None if there is none."""
    begin_with_what_is_here(LSTMAutoencoderConfig, "data", ecg.missing, "synthetic")
    return training_section(
        NAME,
        LSTMAutoencoderConfig,
        draw,
        strip=("data", "latent_dim", "units", "shift", "bidirectional"),
        metrics={"auc": _("Area under the ROC"), "pca_auc": _("PCA")},
        questions=QUESTIONS,
        prepare=_usable,
        before=beats_before,
        below="for_what",
    )


def takeaway(run: Run | None):
    """The bench, and what can be taken away from the run."""
    takeaway_section(
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
    )


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
