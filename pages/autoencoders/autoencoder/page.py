"""Simple and stacked autoencoders: from one hidden layer to deep, beside PCA."""

from core.experiments.autoencoder.config import NAME, AutoencoderConfig
from pages.autoencoders.autoencoder.instrument import draw, instrument
from pages.autoencoders.autoencoder.quiz import QUESTIONS
from ui.autoencoders.comparison_table import comparison_table
from ui.autoencoders.image_source import usable
from ui.layout import opening
from ui.runs.sections import Preset, takeaway_section, training_section
from ui.texts import _

opening(NAME, instrument)
run = training_section(
    NAME,
    AutoencoderConfig,
    draw,
    strip=("latent_dim", "kind", "depth", "pretraining", "data"),
    metrics={"mse": _("Held-out error (MSE)"), "pca_mse": _("PCA")},
    questions=QUESTIONS,
    prepare=usable,
    below="greedy",
    preset=Preset(
        "autoencoder.one_layer",
        _("Set one hidden layer"),
        _(
            "Sets the hidden layers to 0, the rate to 0.01 and the epochs to 500: so small a "
            "network learns slowly. Then press Train."
        ),
        {
            "kind": "dense",
            "depth": 0,
            "pretraining": "none",
            "learning_rate": 0.01,
            "epochs": 500,
        },
    ),
)
takeaway_section(
    NAME,
    run,
    metrics={
        "mse": _("Held-out error (MSE)"),
        "mse_over_pca": _("Error over PCA's"),
        "knn_accuracy": _("5-NN"),
        "trustworthiness": _("Trustworthiness"),
    },
)
comparison_table()
