"""The instrument: the shipped autoencoder beside PCA; its code is turned, and what stays stays."""

from dataclasses import dataclass
from itertools import combinations

import numpy as np
import streamlit as st

from core.experiments.kit.config import Config, choice, whole
from core.figures.autoencoders.images import ImageRow, grey_images, signed_images
from core.messages import N_
from core.numeric.autoencoders.linear_autoencoder import (
    LinearAutoencoder,
    axis_angles_deg,
    rotation,
)
from core.numeric.principal import principal_angles_deg
from pages.autoencoders.linear_autoencoder.studied import shipped
from ui import server
from ui.autoencoders.linked_planes import linked_planes
from ui.autoencoders.studied import Studied
from ui.components.charts import live_plot
from ui.notices import significant
from ui.state.controls import controls
from ui.texts import _, number


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


def instrument():
    """The planes, the axes and the reconstructions of the shipped network."""
    studied = shipped()
    if studied is None:
        st.info(
            _("The shipped autoencoder is missing from this copy of Pangloss. Train one below.")
        )
        return
    st.fragment(_instrument)(studied)


def _instrument(studied: Studied):
    config = controls(CodeRotation, strip=tuple(CodeRotation.specs()))
    if config is None:
        return
    seen = studied.with_model(turned(studied, config))
    errors = {"mse": studied.mse(seen.model.reconstruct(studied.data))}
    errors["pca"] = studied.mse(studied.of_pca)
    alt = _(
        "{count} held-out digits as two numbers each: by the shipped autoencoder, and by PCA. "
        "Held-out error {mse}, PCA's {pca}."
    ).format(count=len(studied.labels), **{n: significant(e, 4) for n, e in errors.items()})
    title = _("The autoencoder's two numbers, turned") if config != CodeRotation() else ""
    st.fragment(linked_planes)(seen, key="linear_autoencoder.planes", alt=alt, title=title)
    left, right = st.columns([2, 3], gap="medium")
    with left:
        axes_figure(seen, key="linear_autoencoder.axes", height=320)
    with right:
        st.markdown(_table(studied, seen, errors))
    reconstructions(seen, key="linear_autoencoder.digits", height=300)


def turned(studied: Studied, config: CodeRotation) -> LinearAutoencoder:
    """The network with its code turned as ``config`` says."""
    model = studied.model
    if config.basis == "pca":
        model = model.turned_to(studied.pca.axes)
    return model.turned(rotation(config.turn_deg, studied.k))


def axes_figure(studied: Studied, *, key: str, height: int, title: str = "", most: int = 8):
    """The decoder's axes as images, PCA's components, and these as its space has them."""
    own, pca = studied.model.decoder, studied.pca.axes
    shown = min(studied.k, most)
    rows = [
        ImageRow(_("its axes"), studied.as_images(own[:shown])),
        ImageRow(_("PCA"), studied.as_images(pca[:shown])),
    ]
    if title:
        sought = studied.model.sought(pca[:shown])
        rows.append(ImageRow(_("PCA's, as its space has them"), studied.as_images(sought)))
    title = title or _axes_title(studied)
    columns = [str(place) for place in range(1, shown + 1)]
    figure = signed_images(rows, columns, theme=server.theme(), title=title, alt=title)
    alt = f"{title}. " + _("Blue is negative, orange positive. {angles}").format(
        angles=angles_in_words(studied)
    )
    live_plot(figure, key=key, alt=alt, height=height)


def _axes_title(studied: Studied) -> str:
    if axis_angles_deg(studied.model.decoder, studied.pca.axes).max() < 1:
        return _("Its axes are now PCA's")
    return _("Its axes are not PCA's")


def angles_in_words(studied: Studied) -> str:
    """The angle between the spaces, and that of single axes, in a sentence."""
    between = principal_angles_deg(studied.model.decoder.T, studied.pca.axes.T).max()
    single = axis_angles_deg(studied.model.decoder, studied.pca.axes)
    return _(
        "Between the two spaces: {between}° at most. Between a single axis and the component "
        "nearest to it: up to {single}°."
    ).format(between=number(float(between), 2), single=number(float(single.max()), 1))


def reconstructions(studied: Studied, *, key: str, height: int, title: str = ""):
    """One held-out digit of each class, and what network and PCA make of it."""
    chosen = studied.one_of_each()
    own, pca = studied.reconstructions, studied.of_pca
    rows = [
        ImageRow(_("digit"), studied.as_images(studied.data[chosen])),
        ImageRow(_("autoencoder"), studied.as_images(own[chosen])),
        ImageRow(_("PCA"), studied.as_images(pca[chosen])),
    ]
    title = title or _("Through k = {k} and back: both alike").format(k=studied.k)
    names = [studied.class_names[studied.labels[place]] for place in chosen]
    figure = grey_images(rows, names, theme=server.theme(), title=title, alt=title)
    alt = f"{title}. " + _("Held-out error {mse}, PCA's {pca}.").format(
        mse=significant(studied.mse(own), 4), pca=significant(studied.mse(pca), 4)
    )
    live_plot(figure, key=key, alt=alt, height=height)


def _table(studied: Studied, seen: Studied, errors: dict[str, float]) -> str:
    """What turning changes and what it leaves, computed now, beside PCA's."""
    before = studied.model.reconstruct(studied.data)
    moved = np.abs(seen.model.reconstruct(studied.data) - before).max()
    own, pca = seen.model.decoder, studied.pca.axes
    mean = studied.mse(np.broadcast_to(studied.pca.mean, studied.data.shape))
    rows = [
        ("", _("autoencoder"), _("PCA")),
        (":--", ":--", ":--"),
        (
            _("Error on held-out digits (MSE; the mean image alone: {mean})").format(
                mean=significant(mean, 4)
            ),
            significant(errors["mse"], 4),
            significant(errors["pca"], 4),
        ),
        (
            _("Largest change of a pixel by the turning"),
            "0" if moved == 0 else _exponent(moved),
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
    return "\n".join("| " + " | ".join(row) + " |" for row in rows)


def between_axes_deg(axes: np.ndarray) -> np.ndarray:
    """The angles between each two of ``axes``, (k, features), in degrees, 0 to 180."""
    unit = axes / np.linalg.norm(axes, axis=1, keepdims=True)
    cosines = [float(a @ b) for a, b in combinations(unit, 2)]
    return np.degrees(np.arccos(np.clip(cosines, -1, 1)))


def _angles(angles: np.ndarray) -> str:
    return _("; ").join(f"{number(float(angle), 1)}°" for angle in angles)


def _exponent(value: float) -> str:
    """A tiny number as a power of ten, in KaTeX."""
    digits, power = f"{value:.0e}".split("e")
    return rf"${digits} \cdot 10^{{{int(power)}}}$"
