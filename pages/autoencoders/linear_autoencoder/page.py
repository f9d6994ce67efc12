"""The linear autoencoder: trained without activations, it finds the space of PCA."""

from core.experiments.linear_autoencoder.config import NAME, LinearAutoencoderConfig
from pages.autoencoders.linear_autoencoder.epoch import draw, spectrum_before
from pages.autoencoders.linear_autoencoder.hourglass import squeezed, two_matrices
from pages.autoencoders.linear_autoencoder.instrument import instrument
from pages.autoencoders.linear_autoencoder.quiz import QUESTIONS
from ui.autoencoders.comparison_table import comparison_table
from ui.autoencoders.image_source import usable
from ui.layout import folded, opening
from ui.runs.sections import takeaway_section, training_section
from ui.texts import _

opening(NAME, squeezed, two_matrices)
instrument()
run = training_section(
    NAME,
    LinearAutoencoderConfig,
    draw,
    strip=("latent_dim", "optimizer", "tied", "centred", "data"),
    metrics={"mse": _("Held-out error (MSE)"), "pca_mse": _("PCA")},
    questions=QUESTIONS,
    prepare=usable,
    before=spectrum_before,
    notes=lambda _config: folded(_("Why the last degrees are slow"), NAME, "spectrum"),
)
takeaway_section(
    NAME,
    run,
    metrics={
        "mse": _("Held-out error (MSE)"),
        "mse_over_pca": _("Error over PCA's"),
        "max_principal_angle_deg": _("Angle (°)"),
    },
)
comparison_table()
