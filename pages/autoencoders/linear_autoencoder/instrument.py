"""The instrument: the shipped autoencoder beside PCA; its code is turned, and what stays stays."""

from dataclasses import dataclass
from functools import partial
from itertools import combinations

import numpy as np
import streamlit as st

from core.experiments.kit.config import Config, choice, whole
from core.experiments.linear_autoencoder.config import NAME, LinearAutoencoderConfig
from core.figures.autoencoders.images import signed_images
from core.messages import N_
from core.numeric.autoencoders.linear_autoencoder import (
    LinearAutoencoder,
    axis_angles_deg,
    rotation,
)
from core.numeric.principal import principal_angles_deg
from ui.autoencoders.evaluation import (
    Evaluation,
    alt_of_shipped,
    evaluate_shipped,
    shipped_is_missing,
)
from ui.autoencoders.linked_planes import linked_planes
from ui.autoencoders.reconstructions import reconstructions
from ui.components.charts import live_plot, look
from ui.components.table import markdown_table
from ui.layout import folded, side_by_side, text_beside
from ui.notices import significant
from ui.state.controls import controls
from ui.texts import _, lesson_text, number


@dataclass(frozen=True)
class CodeRotation(Config):
    """How the latent plane of the shipped network is looked at."""

    basis: str = choice(
        "learned",
        {"learned": N_("As learned"), "pca": N_("Turned to PCA")},
        N_("Axes of the code"),
        N_("Turned to PCA: the code times the matrix Q that brings its axes onto the components."),
    )
    turn_deg: int = whole(
        0, -180, 180, N_("Turn (degrees)"), N_("Turns the plane of the code further."), step=5
    )


@st.fragment
def instrument():
    """The planes of the shipped network and of PCA; then its code is turned, and they with it."""
    learned = evaluate_shipped(NAME, LinearAutoencoderConfig, LinearAutoencoder)
    if learned is None:
        shipped_is_missing()
        return
    st.header(_("It is PCA"), anchor=False)
    text, beside = text_beside("linear_autoencoder.pca_text")
    with text:
        st.markdown(lesson_text(NAME, "pca"))
        folded(_("Why there is no other minimum"), NAME, "minimum")
    st.header(_("The code may be turned"), anchor=False)
    text, beneath = text_beside("linear_autoencoder.turned_text")
    text.markdown(lesson_text(NAME, "turned"))
    with beneath:
        config = controls(CodeRotation, strip=tuple(CodeRotation.specs()))
        if config is None:
            return
        now = learned.with_model(turned(learned, config))
        side_by_side(
            lambda: axes_figure(now, key="linear_autoencoder.axes", height=320),
            lambda: st.markdown(_table(learned, now)),
            widths=[2, 3],
        )
        title = _("Through k = {k} and back: both alike").format(k=now.k)
        reconstructions(now, key="linear_autoencoder.digits", title=title)
    with beside:
        title = _("The autoencoder's two numbers, turned") if config != CodeRotation() else ""
        key = "linear_autoencoder.planes"
        st.fragment(linked_planes)(now, key=key, alt=alt_of_shipped(now), title=title)


def turned(evaluation: Evaluation, config: CodeRotation) -> LinearAutoencoder:
    """The network with its code turned as ``config`` says."""
    model = evaluation.network
    if config.basis == "pca":
        model = model.turned_to(evaluation.pca.axes)
    return model.turned(rotation(config.turn_deg, evaluation.k))


def axes_figure(evaluation: Evaluation, *, key: str, height: int, title: str = "", most: int = 8):
    """The decoder's axes as images, PCA's components, and these as its space has them."""
    own, pca = evaluation.network.decoder, evaluation.pca.axes
    shown = min(evaluation.k, most)
    rows = [
        (_("its axes"), evaluation.as_images(own[:shown])),
        (_("PCA"), evaluation.as_images(pca[:shown])),
    ]
    if title:
        sought = evaluation.network.sought(pca[:shown])
        rows.append((_("PCA's, as its space has them"), evaluation.as_images(sought)))
    elif axis_angles_deg(own, pca).max() < 1:
        title = _("Its axes are now PCA's")
    else:
        title = _("Its axes are not PCA's")
    columns = [str(place) for place in range(1, shown + 1)]
    alt = f"{title}. " + _("Blue is negative, orange positive. {angles}").format(
        angles=angles_in_words(evaluation)
    )
    live_plot(partial(signed_images, look(title, alt=alt), rows, columns), key=key, height=height)


def angles_in_words(evaluation: Evaluation) -> str:
    """The angle between the spaces, and that of single axes, in a sentence."""
    own, pca = evaluation.network.decoder, evaluation.pca.axes
    between, single = principal_angles_deg(own.T, pca.T).max(), axis_angles_deg(own, pca)
    return _(
        "Between the two spaces: {between}° at most. Between a single axis and the component "
        "nearest to it: up to {single}°."
    ).format(between=number(float(between), 2), single=number(float(single.max()), 1))


def _table(learned: Evaluation, now: Evaluation) -> str:
    """What turning changes and what it leaves, computed now, beside PCA's."""
    moved = np.abs(now.reconstructions - learned.reconstructions).max()
    digits, power = f"{moved:.0e}".split("e")
    own, pca = now.network.decoder, now.pca.axes
    mean = now.mse(np.broadcast_to(now.pca.mean, now.data.shape))
    rows = [
        (
            _("Error on held-out digits (MSE; the mean image alone: {mean})").format(
                mean=significant(mean, 4)
            ),
            significant(now.mse(now.reconstructions), 4),
            significant(now.mse(now.of_pca), 4),
        ),
        (
            _("Largest change of a pixel by the turning"),
            rf"${digits} \cdot 10^{{{int(power)}}}$" if moved else "0",
            "",
        ),
        (
            _("Angle between the two spaces, at most"),
            f"{number(float(principal_angles_deg(own.T, pca.T).max()), 2)}°",
            "",
        ),
        (_("Axes: angle to the nearest component"), _angles(axis_angles_deg(own, pca)), "0°"),
        (_("Axes: angle between them"), _angles(between_axes_deg(own)), "90°"),
        (
            _("Axes: lengths"),
            _("; ").join(number(float(length), 2) for length in np.linalg.norm(own, axis=1)),
            _("; ").join(["1", "1"]),
        ),
    ]
    return markdown_table(("", _("autoencoder"), _("PCA")), rows, numbers=False)


def between_axes_deg(axes: np.ndarray) -> np.ndarray:
    """The angles between each two of ``axes``, (k, features), in degrees, 0 to 180."""
    unit = axes / np.linalg.norm(axes, axis=1, keepdims=True)
    cosines = [float(a @ b) for a, b in combinations(unit, 2)]
    return np.degrees(np.arccos(np.clip(cosines, -1, 1)))


def _angles(angles: np.ndarray) -> str:
    return _("; ").join(f"{number(float(angle), 1)}°" for angle in angles)
