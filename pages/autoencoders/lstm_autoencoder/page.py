"""The LSTM autoencoder: heartbeats through a short code and back; what it copies badly is odd."""

from core.data.sequences import ecg
from core.experiments.lstm_autoencoder.config import NAME, LSTMAutoencoderConfig
from pages.autoencoders.lstm_autoencoder.epoch import beats_before, draw, usable
from pages.autoencoders.lstm_autoencoder.instrument import instrument
from pages.autoencoders.lstm_autoencoder.quiz import QUESTIONS
from ui.autoencoders.comparison_table import comparison_table
from ui.components.drawing import two_boxes
from ui.layout import opening
from ui.runs.inputs.fetching import begin_with_what_is_here
from ui.runs.sections import takeaway_section, training_section
from ui.texts import _

_GIVEN = ("x₁", "x₂", "x₃", "x₄", "x₅")
_BACK = ("x̂₁", "x̂₂", "x̂₃", "x̂₄", "x̂₅")

opening(NAME, instrument, lambda: two_boxes(_GIVEN, _BACK, state="z", reads="z"))
begin_with_what_is_here(LSTMAutoencoderConfig, "data", ecg.missing, "synthetic")
run = training_section(
    NAME,
    LSTMAutoencoderConfig,
    draw,
    strip=("data", "latent_dim", "units", "shift", "bidirectional"),
    metrics={"auc": _("Area under the ROC"), "pca_auc": _("PCA")},
    questions=QUESTIONS,
    prepare=usable,
    before=beats_before,
    below="for_what",
)
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
comparison_table()
