"""A denoising autoencoder of one's own: its settings, its run, and what is left of it."""

from core.experiments.denoising_autoencoder.config import NAME, DenoisingAutoencoderConfig
from pages.autoencoders.denoising_autoencoder.epoch import draw
from pages.autoencoders.denoising_autoencoder.networks import CHOICE
from pages.autoencoders.denoising_autoencoder.quiz import QUESTIONS
from ui.autoencoders.image_source import usable
from ui.runs.run import Run
from ui.runs.sections import takeaway_section, training_section
from ui.texts import _


def training() -> Run | None:
    """The whole section; returns the run that is followed, None if there is none."""
    return training_section(
        NAME,
        DenoisingAutoencoderConfig,
        draw,
        strip=("noise", "level", "latent_dim", "activation", "data"),
        metrics={"psnr_db": _("PSNR (dB)"), "wiener_psnr_db": _("Wiener (dB)")},
        questions=QUESTIONS,
        prepare=usable,
        below="linear",
        choice=CHOICE,
    )


def takeaway(run: Run | None):
    """The bench, and what can be taken away from the run."""
    takeaway_section(
        NAME,
        run,
        metrics={
            "psnr_db": _("PSNR (dB)"),
            "wiener_psnr_db": _("Wiener (dB)"),
            "best_pca_psnr_db": _("Best PCA (dB)"),
        },
    )
