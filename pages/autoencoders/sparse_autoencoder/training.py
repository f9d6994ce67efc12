"""A sparse autoencoder of one's own: its settings, its run, and what is left of it."""

from core.experiments.sparse_autoencoder.config import NAME, SparseAutoencoderConfig
from pages.autoencoders.sparse_autoencoder.curves import error_curve, histogram, sparsity_plane
from pages.autoencoders.sparse_autoencoder.dictionary import atoms_figure, units_figure
from pages.autoencoders.sparse_autoencoder.evaluation import of_epoch
from pages.autoencoders.sparse_autoencoder.instrument import planes_and_parts
from pages.autoencoders.sparse_autoencoder.quiz import QUESTIONS
from ui.autoencoders.evaluation import alt_after, where_weights_are
from ui.autoencoders.image_source import usable
from ui.runs.run import Run
from ui.runs.sections import takeaway_section, training_section
from ui.texts import _

_KEY = "sparse_autoencoder.run"


def training() -> Run | None:
    """The whole section; returns the run that is followed, None if there is none."""
    return training_section(
        NAME,
        SparseAutoencoderConfig,
        _draw,
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


def takeaway(run: Run | None):
    """The bench, and what can be taken away from the run."""
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


def _draw(run: Run):
    error_curve(run)
    if not run.epochs:
        return
    sparsity_plane(run)
    run = where_weights_are(run)
    evaluation = of_epoch(run)
    if evaluation is None:
        return
    planes_and_parts(evaluation, alt_after(run), planes=f"{_KEY}_planes", parts=f"{_KEY}_parts")
    atoms_figure(evaluation, key=f"{_KEY}_dictionary")
    units_figure(evaluation, key=f"{_KEY}_units")
    histogram(evaluation, key=f"{_KEY}_histogram")
