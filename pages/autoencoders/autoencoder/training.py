"""An autoencoder of one's own: its settings, its run, and what is left of it."""

from core.experiments.autoencoder.config import NAME, AutoencoderConfig
from pages.autoencoders.autoencoder.epoch import draw
from pages.autoencoders.autoencoder.quiz import QUESTIONS
from ui.autoencoders.image_source import usable
from ui.runs.run import Run
from ui.runs.sections import Preset, takeaway_section, training_section
from ui.texts import _

_ONE_LAYER = {
    "kind": "dense",
    "depth": 0,
    "pretraining": "none",
    "learning_rate": 0.01,
    "epochs": 500,
}


def training() -> Run | None:
    """The whole section; returns the run that is followed, None if there is none."""
    return training_section(
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
            _ONE_LAYER,
        ),
    )


def takeaway(run: Run | None):
    """The bench, and what can be taken away from the run."""
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
