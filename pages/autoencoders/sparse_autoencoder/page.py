"""The sparse autoencoder: a large code of which few units may fire for an image."""

import streamlit as st

from core.experiments.sparse_autoencoder.config import NAME, SparseAutoencoderConfig
from pages.autoencoders.sparse_autoencoder.curves import sparsity_plane
from pages.autoencoders.sparse_autoencoder.instrument import draw, instrument, shipped_units
from pages.autoencoders.sparse_autoencoder.quiz import QUESTIONS
from ui.autoencoders.comparison_table import comparison_table
from ui.autoencoders.image_source import usable
from ui.layout import opening, text_beside
from ui.runs.sections import takeaway_section, training_section
from ui.texts import _, lesson_text

opening(NAME, instrument)
text, figure = text_beside("sparse_autoencoder.units_text")

with figure:
    shipped_units()

with text:
    st.markdown(lesson_text(NAME, "units"))

run = training_section(
    NAME,
    SparseAutoencoderConfig,
    draw,
    strip=("penalty", "penalty_weight", "target_activation", "latent_dim", "data"),
    metrics={
        "mse": _("Held-out error (MSE)"),
        "pca_mse": _("PCA"),
        "active_units": _("Active units"),
    },
    questions=QUESTIONS,
    prepare=usable,
    before=lambda _config: sparsity_plane(None),
    below="curve",
)
takeaway_section(
    NAME,
    run,
    metrics={
        "mse": _("Held-out error (MSE)"),
        "pca_mse": _("PCA's error"),
        "active_units": _("Active units"),
        "dead_units": _("Dead units"),
        "sparsity": _("Sparsity (Hoyer)"),
        "knn_accuracy": _("5-NN"),
    },
)
comparison_table()
