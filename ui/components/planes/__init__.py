"""Planes of the same samples side by side, e.g. a latent space and PCA's: touched, they answer.

What follows the hand is computed in the browser from what was sent once: the samples' images and,
for a plane that has a way back, an atlas of decoded images. Where the hand lets go, the page may
decode exactly:

    at = picked("ae.planes")
    exact = Exact(as_bytes(decode(at.x, at.y)), at) if at and at.plane == "latent" else None
    planes([latent, pca], images, labels, names, key="ae.planes", alt=alt, exact=exact)
"""

from base64 import b64encode
from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
import streamlit as st

from core.figures import style
from ui.components import component
from ui.components.blob import blob
from ui.components.planes.plane import Atlas, Exact, Picked, Plane, check, read
from ui.texts import _, language

__all__ = ["Atlas", "Exact", "Picked", "Plane", "picked", "planes"]

_PLANES = component(
    __file__,
    "planes",
    """<div class="pangloss-handled pangloss-planes" role="group">
      <div class="bar">
        <span class="modes" role="group"></span>
        <span class="classes" role="group"></span>
      </div>
      <div class="board">
        <div class="scatters"></div>
        <div class="panel">
          <figure class="decoded">
            <canvas aria-hidden="true"></canvas>
            <figcaption></figcaption>
          </figure>
          <figure class="sample">
            <canvas aria-hidden="true"></canvas>
            <figcaption><span class="what"></span> <span class="said"></span></figcaption>
          </figure>
          <p class="far"><span></span></p>
        </div>
        <p class="selection"><span></span> <button type="button"></button></p>
        <i class="tallest"></i>
      </div>
      <div class="spoken" aria-live="polite"></div>
    </div>""",
)


def picked(key: str) -> Picked | None:
    """Where the hand last let go in the planes of ``key``; None before it has."""
    state = st.session_state.get(key)
    return read(state.get("picked") if isinstance(state, Mapping) else None)


def planes(
    planes: Sequence[Plane],
    images: np.ndarray,
    labels: np.ndarray,
    class_names: Sequence[str],
    *,
    key: str,
    alt: str,
    errors: np.ndarray | None = None,
    exact: Exact | None = None,
) -> Picked | None:
    """One plane or two of the same n samples; returns where the hand last let go, or None.

    images: uint8 (n, height, width), 255 for ink. labels: int (n,), each a place in
    ``class_names``, of which there are ten at most. errors: float (n,), each shown with its image.
    exact: the answer to a pick; it replaces the blended image while the hand stays.
    A selection holds samples, not places: it stays when the points move. Raises ValueError if
    shapes differ.
    """
    check(planes, images, labels, class_names, errors, exact)
    atlases = b"".join(plane.atlas.images.tobytes() for plane in planes if plane.atlas)
    with st.container(gap=None):
        images_name = blob(images.tobytes(), f"{key}.images")
        atlases_name = blob(atlases, f"{key}.atlases")
        result = _PLANES(
            key=key,
            data={
                "alt": alt,
                "planes": _described(planes),
                "images": {"blob": images_name, "size": list(images.shape[1:])},
                "atlases": atlases_name,
                "labels": _text(labels, np.uint8),
                "classes": list(class_names),
                "errors": None if errors is None else _text(errors, "<f4"),
                "exact": exact and {**vars(exact.picked), "image": _text(exact.image, np.uint8)},
                "serial": at.serial if (at := picked(key)) else 0,
                "colours": _COLOURS,
                "language": language(),
                "words": _words(),
            },
            height="content",
            on_picked_change=_nothing,
        )
    at = read(result.get("picked"))
    return at if at and at.plane in {plane.name for plane in planes} else None


_COLOURS = {
    theme: {
        "page": style.PAGE[theme],
        "ink": style.INK[theme],
        "quiet": style.QUIET[theme],
        "grid": style.GRID[theme],
        "accent": style.ACCENT[theme],
        "classes": style.CLASSES[theme],
    }
    for theme in style.PAGE
}


def _described(planes: Sequence[Plane]) -> list[dict[str, Any]]:
    """The planes as the browser gets them; ``start`` is where an atlas begins in their blob."""
    described, start = [], 0
    for plane in planes:
        atlas = None
        if plane.atlas:
            images = plane.atlas.images
            atlas = {"start": start, "shape": list(images.shape)}
            atlas |= {"x": [*map(float, plane.atlas.x)], "y": [*map(float, plane.atlas.y)]}
            start += images.size
        described.append(
            {
                "name": plane.name,
                "title": plane.title,
                "points": _text(plane.points, "<f4"),
                "x_title": plane.x_title,
                "y_title": plane.y_title,
                "atlas": atlas,
                "far": float(plane.far),
            }
        )
    return described


def _text(values: np.ndarray, dtype: Any) -> str:
    return b64encode(np.ascontiguousarray(values, dtype).tobytes()).decode()


def _nothing():
    """A state of a component is only kept if something listens to it."""


def _words() -> dict[str, str]:
    return {
        "modes": _("What dragging does"),
        "decode": _("Decode here"),
        "look_up": _("Find here"),
        "select": _("Select samples"),
        "classes": _("Select a class"),
        "blended": _("Decoded here, blended"),
        "exact": _("Decoded exactly"),
        "no_way_back": _("No way back from this plane: nearest sample only."),
        "nearest": _("Nearest sample: {name} ({distance} away)"),
        "sample": _("Sample: {name}"),
        "error": _("error {mse}"),
        "far_decoded": _("Far from every sample: what is decoded here cannot be trusted."),
        "far": _("Far from every sample: the nearest one says little about this place."),
        "selected": _("{count} selected: {classes}"),
        "several": _("“{name}” {count}"),
        "more": _("others {count}"),
        "none_selected": _("No sample is selected"),
        "clear": _("Clear"),
        "place": _("{x_title} {x}, {y_title} {y}."),
        "keys": _(
            "Arrow keys move the hand, Enter puts it on the nearest sample, Shift with an arrow "
            "key selects, Escape clears the selection."
        ),
    }
