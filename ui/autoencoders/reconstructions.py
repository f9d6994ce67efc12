"""Held-out images, and what an autoencoder and PCA make of them."""

from functools import partial

import streamlit as st

from core.figures.autoencoders.images import grey_images
from ui.autoencoders.evaluation import Evaluation, one_of_each
from ui.components.charts import live_plot, look
from ui.notices import significant
from ui.texts import _

_UNLABELLED = 8  # images shown where there are no classes to take one of each


def reconstructions(evaluation: Evaluation, *, key: str, title: str, picked: int | None = None):
    """One image of each class there and back; the one that was picked comes last."""
    if evaluation.model is None:
        return
    own = evaluation.reconstructions
    names, labels = evaluation.class_names, evaluation.labels
    chosen = one_of_each(labels, len(names), _UNLABELLED)
    chosen += [] if picked is None else [picked]
    columns = [names[int(labels[i])] if len(names) > 1 else str(i + 1) for i in chosen]
    rows = [
        (_("held out"), evaluation.as_images(evaluation.data[chosen])),
        (_("autoencoder"), evaluation.as_images(own[chosen])),
        (_("PCA"), evaluation.as_images(evaluation.of_pca[chosen])),
    ]
    alt = f"{title}. " + _("Held-out error {mse}, PCA's {pca}.").format(
        mse=significant(evaluation.mse(own), 4),
        pca=significant(evaluation.mse(evaluation.of_pca), 4),
    )
    live_plot(partial(grey_images, look(title, alt=alt), rows, columns), key=key, height=300)
    if picked is not None:
        st.caption(_("The last column is the held-out image nearest to where you let go."))
