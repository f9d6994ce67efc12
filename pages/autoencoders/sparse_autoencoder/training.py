"""A sparse autoencoder of one's own: its settings, its run, and what is left of it."""

import streamlit as st

from core.experiments.sparse_autoencoder.config import NAME, SparseAutoencoderConfig
from pages.autoencoders.sparse_autoencoder.curves import error_curve, histogram, sparsity_plane
from pages.autoencoders.sparse_autoencoder.dictionary import atoms_figure, units_figure
from pages.autoencoders.sparse_autoencoder.instrument import in_words
from pages.autoencoders.sparse_autoencoder.parts import taken_apart
from pages.autoencoders.sparse_autoencoder.quiz import QUESTIONS
from pages.autoencoders.sparse_autoencoder.seen import Seen, of_epoch
from ui.autoencoders.image_source import usable
from ui.autoencoders.laboratory import laboratory
from ui.autoencoders.linked_planes import linked_planes
from ui.autoencoders.studied import where_weights_are
from ui.layout import text_beside
from ui.runs.ending import ending
from ui.runs.live import follow
from ui.runs.quiz import quiz
from ui.runs.run import Run
from ui.state.controls import controls
from ui.texts import _, lesson_text

_KEY = "sparse_autoencoder"
_STRIP = ("penalty", "penalty_weight", "target_activation", "latent_dim", "data")
_MORE = tuple(name for name in SparseAutoencoderConfig.specs() if name not in (*_STRIP, "upload"))


def training() -> Run | None:
    """The whole section; returns the run that is followed, None if there is none."""
    st.header(_("Train one of your own"), anchor=False)
    text, instruments = text_beside(f"{_KEY}.training_text")
    text.markdown(lesson_text(NAME, "train"))
    questions = text.container()
    with instruments:
        config = usable(controls(SparseAutoencoderConfig, strip=_STRIP, more=_MORE), key=_KEY)
        run = follow(
            NAME,
            config,
            _draw,
            metrics={
                "mse": _("Held-out error (MSE)"),
                "pca_mse": _("PCA"),
                "active_units": _("Active units"),
            },
            before=_before,
        )
    text.markdown(lesson_text(NAME, "curve"))
    with questions:
        quiz(QUESTIONS, run)
    return run


def afterwards(run: Run | None):
    """The bench, what can be taken away from the run, and the runs of all autoencoders."""
    ending(
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
        text=lesson_text(NAME, "take"),
    )
    laboratory()


def _before():
    st.info(
        _(
            "Nothing has been trained yet. Press Train: it takes a few seconds, and you see atoms "
            "turn from noise into strokes."
        )
    )
    sparsity_plane(None)


def _draw(run: Run):
    error_curve(run)
    if not run.epochs:
        st.caption(_("The first test comes at the end of the first epoch."))
        return
    sparsity_plane(run)
    run = where_weights_are(run)
    seen = of_epoch(run)
    if seen is None:
        st.caption(_("The images of this run are not on this machine."))
        return
    st.caption(in_words(seen))
    alt = _("The held-out images after epoch {epoch}: by the autoencoder, and by PCA.").format(
        epoch=run.at.epoch
    )
    st.fragment(_planes)(seen, alt)
    atoms_figure(seen, key=f"{_KEY}.run_dictionary")
    units_figure(seen, key=f"{_KEY}.run_units")
    histogram(seen, key=f"{_KEY}.run_histogram")


def _planes(seen: Seen, alt: str):
    """The planes, and the image that is nearest to the hand, taken apart."""
    place = linked_planes(seen.studied, key=f"{_KEY}.run_planes", alt=alt)
    taken_apart(seen, place, key=f"{_KEY}.run_parts")
