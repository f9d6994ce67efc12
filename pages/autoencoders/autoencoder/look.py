"""Held-out images, and what an autoencoder and PCA make of them."""

import streamlit as st

from core.figures.autoencoders.images import ImageRow, grey_images
from ui import server
from ui.autoencoders.linked_planes import linked_planes
from ui.autoencoders.studied import Studied
from ui.components.charts import live_plot
from ui.notices import significant
from ui.texts import _

_UNLABELLED = 8  # images shown where there are no classes to take one of each


def planes_and_images(studied: Studied, alt: str, *, planes: str, images: str):
    """The planes, and beneath them images there and back, that under the hand the last of them.

    planes, images: the keys of both.
    """
    picked = linked_planes(studied, key=planes, alt=alt)
    reconstructions(studied, picked, key=images)


def reconstructions(studied: Studied, picked: int | None, *, key: str, height: int = 300):
    """Held-out images, what network and PCA make of them; the one that was picked comes last."""
    own = studied.reconstructions
    if own is None:
        return
    labelled = len(studied.class_names) > 1
    chosen = studied.one_of_each() if labelled else list(range(_UNLABELLED))
    chosen += [] if picked is None else [picked]
    names = [studied.class_names[studied.labels[i]] if labelled else str(i + 1) for i in chosen]
    rows = [
        ImageRow(_("held out"), studied.as_images(studied.data[chosen])),
        ImageRow(_("autoencoder"), studied.as_images(own[chosen])),
        ImageRow(_("PCA"), studied.as_images(studied.of_pca[chosen])),
    ]
    errors = studied.mse(own), studied.mse(studied.of_pca)
    title = title_of(*errors, studied.k)
    alt = f"{title}. " + _("Held-out error {mse}, PCA's {pca}.").format(
        mse=significant(errors[0], 4), pca=significant(errors[1], 4)
    )
    figure = grey_images(rows, names, theme=server.theme(), title=title, alt=title)
    live_plot(figure, key=key, alt=alt, height=height)
    if picked is not None:
        st.caption(_("The last column is the held-out image nearest to where you let go."))


def title_of(error: float, of_pca: float, k: int) -> str:
    """Which of the two has the smaller error, in a sentence."""
    ratio = significant(error / of_pca, 2)
    if error < of_pca:
        return _("Through k = {k} and back: {ratio} times PCA's error").format(k=k, ratio=ratio)
    return _("Through k = {k} and back: PCA is better, error × {ratio}").format(k=k, ratio=ratio)
