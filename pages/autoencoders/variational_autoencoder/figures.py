"""What a variational autoencoder shows of itself: planes, posteriors, the prior, a walk."""

from dataclasses import dataclass
from functools import partial
from html import escape

import numpy as np
import streamlit as st

from core.experiments.kit.config import Config, whole
from core.figures.autoencoders.images import grey_images
from core.figures.autoencoders.variational_autoencoder import decoded_prior, posterior_ellipses
from core.messages import N_
from pages.autoencoders.variational_autoencoder.evaluation import PAIRS, VariationalEvaluation
from ui.autoencoders.linked_planes import linked_planes
from ui.components.charts import live_plot, look
from ui.layout import side_by_side
from ui.notices import significant
from ui.state.controls import choose
from ui.texts import _, number

_ELLIPSES = 150  # more would hide each other
_DRAWN, _IN_A_ROW = 32, 8
_PICTURE_PX = 420
_AT_THE_TOP = {"yaxis": {"constraintoward": "top"}}
_WAYS = {
    "variational": N_("variational"),
    "autoencoder": N_("plain autoencoder"),
    "pca": N_("PCA"),
    "pixels": N_("pixels"),
}


@dataclass(frozen=True)
class VariationalLook(Config):
    """Which held-out images are walked between, and which drawing from the prior is shown."""

    first: int = whole(
        11, 0, 199, N_("Walk from image"), N_("One of the held-out images, by its place.")
    )
    last: int = whole(
        9, 0, 199, N_("to image"), N_("Where the walk ends, another of the held-out images.")
    )
    draw: int = whole(0, 0, 9_999, N_("Drawing"), N_("Another number, other codes drawn."))


def codes(evaluation: VariationalEvaluation, *, key: str, alt: str):
    """Where a network puts images, and what it makes of places. alt: of the linked planes."""
    st.fragment(linked_planes)(evaluation, key=f"{key}.planes", alt=alt)
    side_by_side(
        lambda: _prior(evaluation, key), lambda: _posteriors(evaluation, key), widths=[4, 3]
    )


def made_up(evaluation: VariationalEvaluation, selection: VariationalLook, *, key: str):
    """Images that nobody drew: from the prior, and on the way from one image to another."""
    side_by_side(
        lambda: _drawn(evaluation, selection, key),
        lambda: _walk(evaluation, selection, key),
        widths=[2, 3],
    )


def _axes(evaluation: VariationalEvaluation) -> list[str]:
    return [f"z<sub>{place + 1}</sub>" for place in evaluation.plane]


def _prior(evaluation: VariationalEvaluation, key: str):
    if evaluation.model is None:
        return
    images, places = evaluation.prior_lattice
    title = _("The prior, decoded place by place")
    alt = _(
        "{rows} × {columns} images, decoded from codes at the quantiles of the normal prior."
    ).format(rows=len(images), columns=len(places))
    x, y = [*_axes(evaluation), ""][:2]
    names = [number(float(place), 1) for place in places]
    figure = partial(decoded_prior, look(title, x, y, f"{title}. {alt}"), images, names)
    height = _PICTURE_PX if len(images) > 1 else 140
    live_plot(figure, key=f"{key}.prior", height=height)


def _posteriors(evaluation: VariationalEvaluation, key: str):
    if len(evaluation.plane) < 2:
        return
    x, y = _axes(evaluation)
    shown = np.arange(min(len(evaluation.codes), _ELLIPSES))
    plane = list(evaluation.plane)
    deviations = np.exp(0.5 * evaluation.log_var[:, plane])
    title = _("Each image is a cloud")
    alt = _(
        "The posteriors of {count} held-out images as ellipses of two standard deviations; half "
        "of these are below {median}, the prior's is 1."
    ).format(count=len(shown), median=significant(float(np.median(deviations)), 2))
    figure = partial(
        posterior_ellipses,
        look(title, x, y, f"{title}. {alt}"),
        evaluation.codes[shown][:, plane],
        deviations[shown],
        evaluation.labels[shown],
        evaluation.class_names,
        prior_name=_("dotted: two standard deviations of the prior"),
    )
    live_plot(figure, key=f"{key}.posteriors", height=_PICTURE_PX)


def _drawn(evaluation: VariationalEvaluation, selection: VariationalLook, key: str):
    if evaluation.model is None:
        return
    images = evaluation.from_prior(_DRAWN, selection.draw)
    rows = [("", images[start : start + _IN_A_ROW]) for start in range(0, _DRAWN, _IN_A_ROW)]
    title = _("Drawn from the prior")
    alt = _("{count} images, each decoded from a code drawn from N(0, I).").format(count=_DRAWN)
    figure = partial(grey_images, look(title, alt=f"{title}. {alt}"), rows, [""] * _IN_A_ROW)
    live_plot(figure, key=f"{key}.drawn", height=250, layout=_AT_THE_TOP)
    draw_again(_("Draw again"), selection.draw, key)


def draw_again(label: str, drawing: int, key: str):
    """The button that draws other codes from the prior than those of ``drawing``."""
    st.button(
        label,
        key=f"{key}.draw",
        icon=":material/casino:",
        help=_("Other codes from N(0, I), decoded."),
        on_click=lambda: choose(VariationalLook, draw=(drawing + 1) % 10_000),
    )


def _walk(evaluation: VariationalEvaluation, selection: VariationalLook, key: str):
    count, names = len(evaluation.labels), evaluation.class_names
    first, last = selection.first % count, selection.last % count
    walks = evaluation.walks(first, last)
    rows = [(_(_WAYS[name]), images) for name, images in walks.items()]
    ends = [names[int(evaluation.labels[place])] for place in (first, last)]
    columns = [ends[0], *[""] * (len(rows[0][1]) - 2), ends[1]]
    if all(ends):
        title = _("A walk from “{first}” (image {i}) to “{last}” (image {j})").format(
            first=escape(ends[0], quote=False), i=first, last=escape(ends[1], quote=False), j=last
        )
    else:
        title = _("A walk from one image to another")
    errors = _("; ").join(
        f"{_(_WAYS[name])} {significant(error, 2)}" for name, error in evaluation.halfway.items()
    )
    measured = _(
        "Halfway between two images of different classes, the nearest held-out image is so far "
        "away (MSE, over {pairs} pairs): {said}."
    ).format(pairs=PAIRS, said=errors)
    figure = partial(grey_images, look(title, alt=f"{title}. {measured}"), rows, columns)
    live_plot(figure, key=f"{key}.walk", height=270, layout=_AT_THE_TOP)
    st.caption(measured)
    if "autoencoder" not in walks:
        st.caption(
            _("No shipped plain autoencoder has learned from these images: its walk is left out.")
        )
