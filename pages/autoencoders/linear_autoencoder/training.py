"""A linear autoencoder of one's own: its settings, its run, and what is left of it."""

from core.experiments.linear_autoencoder.config import LinearAutoencoderConfig
from pages.autoencoders.linear_autoencoder.epoch import draw, spectrum_before
from pages.autoencoders.linear_autoencoder.quiz import QUESTIONS
from ui.autoencoders.image_source import usable
from ui.runs.run import Run
from ui.runs.sections import takeaway_section, training_section
from ui.texts import _

_NAME = "linear-autoencoder"


def training() -> Run | None:
    """The whole section; returns the run that is followed, None if there is none."""
    return training_section(
        _NAME,
        LinearAutoencoderConfig,
        draw,
        strip=("latent_dim", "optimizer", "tied", "centred", "data"),
        metrics={"mse": _("Held-out error (MSE)"), "pca_mse": _("PCA")},
        questions=QUESTIONS,
        prepare=usable,
        before=spectrum_before,
        below="spectrum",
    )


def takeaway(run: Run | None):
    """The bench, and what can be taken away from the run."""
    takeaway_section(
        _NAME,
        run,
        metrics={
            "mse": _("Held-out error (MSE)"),
            "mse_over_pca": _("Error over PCA's"),
            "max_principal_angle_deg": _("Angle (°)"),
        },
    )
