"""The latent plane beside PCA's: the same held-out rows, linked, and the way back from each."""

import numpy as np
import streamlit as st

from ui.autoencoders.evaluation import Evaluation, View
from ui.components.planes import Exact, Plane, picked, planes
from ui.layout import the_figure
from ui.state.kept_choice import kept_choice
from ui.texts import _


def linked_planes(
    evaluation: Evaluation, *, key: str, alt: str, title: str = "", opens: bool = False
) -> int | None:
    """Draws the planes; where the hand lets go, the network decodes the place itself.

    title: of the latent plane, if it is not the usual one (translated). opens: they are the figure
    of their lesson. Returns the place among the held-out rows of the one nearest to where the hand
    let go, None before it has.
    """
    place = the_figure() if opens else st.container()
    views = {"latent": _chosen(evaluation, key)}
    if evaluation.k > 1 and evaluation.pca_view:
        views["pca"] = evaluation.pca_view
    at = picked(key)
    view = views.get(at.plane) if at else None
    exact = None
    if at and view and view.decode:
        exact = Exact(evaluation.picture(view.decode(np.array([[at.x, at.y]])))[0], at)
    with place:
        planes(
            [_plane(evaluation, name, view, title) for name, view in views.items()],
            evaluation.pictures,
            evaluation.labels,
            evaluation.class_names,
            key=key,
            alt=alt,
            errors=evaluation.errors,
            exact=exact,
        )
    if evaluation.model is None:
        st.caption(
            _(
                "The weights of this epoch were not kept: its points are shown, but nothing "
                "can be decoded."
            )
        )
    if not at or not view:
        return None
    return int(np.hypot(*(view.points - (at.x, at.y)).T).argmin())


def _chosen(evaluation: Evaluation, key: str) -> View:
    """The codes' plane; where there are two ways to lay them out, the one that is chosen."""
    if evaluation.tsne_view is None:
        return evaluation.latent_view
    names = {"pca": _("PCA of the code"), "tsne": _("t-SNE of the code")}
    chosen = kept_choice(
        _("More than two numbers in a plane, by"),
        names,
        names,
        key=f"{key}.layout",
        parameter=key.rpartition(".")[2].replace("planes", "layout"),
        help=_(
            "PCA of the code has a way back: each point is a code and can be decoded. t-SNE "
            "keeps neighbours together and has none: it only shows the nearest sample."
        ),
    )
    return evaluation.tsne_view if chosen == "tsne" else evaluation.latent_view


def _plane(evaluation: Evaluation, name: str, view: View, title: str) -> Plane:
    if name == "pca":
        usual = _("PCA's first two components")
        axes = tuple(_("component {number}").format(number=number) for number in (1, 2))
    elif view is evaluation.tsne_view:
        usual, axes = _("The code, laid out by t-SNE"), (_("t-SNE 1"), _("t-SNE 2"))
    elif evaluation.k == 1:
        usual = _("The one number of the autoencoder, and PCA's")
        axes = ("z₁", _("component {number}").format(number=1))
    elif evaluation.k == 2:
        usual, axes = _("The autoencoder's two numbers"), ("z₁", "z₂")
    else:
        usual = _("The autoencoder's code on its own two main axes")
        axes = tuple(_("code, axis {number}").format(number=number) for number in (1, 2))
    shown = (title if name == "latent" else "") or usual
    return Plane(name, shown, view.points, *axes, atlas=view.atlas, far=view.far)
