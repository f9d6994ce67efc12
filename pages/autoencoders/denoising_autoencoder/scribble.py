"""A sheet to draw on: a digit enlarged, and beside it what cleaners make of it, in the browser.

The cleaners' layers are sent once; every stroke is answered where it is drawn. Nothing comes back.
"""

from base64 import b64encode
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import streamlit as st

from core.figures import style
from ui.components import component
from ui.components.blob import blob
from ui.texts import _, language

ACTIVATIONS = ("relu", "sigmoid", "linear")

_SCRIBBLE = component(
    __file__,
    "scribble",
    """<div class="pangloss-handled pangloss-scribble" role="group">
      <div class="bar">
        <span class="modes" role="group"></span>
        <span class="starts" role="group"></span>
        <span class="digits" role="group"></span>
      </div>
      <div class="sheets">
        <figure class="sheet">
          <div class="pad" tabindex="0" role="application">
            <canvas class="ink"></canvas><canvas class="glass"></canvas>
          </div>
          <figcaption></figcaption>
        </figure>
      </div>
      <div class="spoken" aria-live="polite"></div>
    </div>""",
)


@dataclass(frozen=True, eq=False)
class DenseLayer:
    """Images @ kernel + bias, then an activation of ``ACTIVATIONS``. kernel: (inputs, outputs)."""

    kernel: np.ndarray
    bias: np.ndarray
    activation: str = "linear"

    def __post_init__(self):
        if self.kernel.ndim != 2 or self.bias.shape != self.kernel.shape[1:]:
            raise ValueError(f"a kernel {self.kernel.shape} with a bias {self.bias.shape}")
        if self.activation not in ACTIVATIONS:
            raise ValueError(f"the browser knows no activation {self.activation}")


def scribble(
    clean: np.ndarray,
    noisy: np.ndarray,
    shape: tuple[int, int],
    names: Sequence[str],
    cleaners: Mapping[str, Sequence[DenseLayer]],
    *,
    key: str,
    alt: str,
):
    """Images to draw on, clean or noisy, and beside each what every cleaner makes of it.

    clean, noisy: (n, height * width) in [0, 1]. names: of the images. cleaners: the
    layers of each by its name; at the end comes a cut at 0 and 1. Raises ValueError if shapes
    do not fit.
    """
    _check(clean, noisy, shape, names, cleaners)
    parts = [part for layers in cleaners.values() for la in layers for part in (la.kernel, la.bias)]
    weights = b"".join(np.ascontiguousarray(part, "<f2").tobytes() for part in parts)
    with st.container(gap=None):
        weights_name = blob(weights, f"{key}.weights")
        _SCRIBBLE(
            key=key,
            data={
                "alt": alt,
                "size": list(shape),
                "clean": _text(clean),
                "noisy": _text(noisy),
                "names": list(names),
                "weights": weights_name,
                "cleaners": [
                    {"name": name, "layers": [[*la.kernel.shape, la.activation] for la in layers]}
                    for name, layers in cleaners.items()
                ],
                "colours": _COLOURS,
                "language": language(),
                "words": _words(),
            },
            height="content",
        )


def _check(
    clean: np.ndarray,
    noisy: np.ndarray,
    shape: tuple[int, int],
    names: Sequence[str],
    cleaners: Mapping[str, Sequence[DenseLayer]],
):
    features = shape[0] * shape[1]
    if clean.shape != (len(names), features) or noisy.shape != clean.shape:
        raise ValueError(f"images {clean.shape} and {noisy.shape} for {len(names)} of {shape}")
    for name, layers in cleaners.items():
        sizes = [features, *(layer.kernel.shape[1] for layer in layers)]
        fits = all(la.kernel.shape[0] == n for la, n in zip(layers, sizes, strict=False))
        if not fits or sizes[-1] != features:
            raise ValueError(f"the layers of {name} do not lead from {features} to as many")


_COLOURS = {
    theme: {name: getattr(style, name.upper())[theme] for name in ("page", "ink", "accent", "grid")}
    for theme in style.PAGE
}


def _text(values: np.ndarray) -> str:
    return b64encode(np.ascontiguousarray(values, "<f4").tobytes()).decode()


def _words() -> dict[str, str]:
    return {
        "modes": _("What the pen does"),
        "draw": _("Add ink"),
        "erase": _("Erase"),
        "starts": _("Begin again with"),
        "clean": _("The clean image"),
        "noisy": _("The noisy image"),
        "digits": _("Choose an image"),
        "pad": _("Your sheet"),
        "tap": _("Tap to draw"),
        "keys": _("Arrow keys move the pen, Space or Enter puts it down once."),
        "caption": _("{name}: {psnr} dB"),
        "place": _("Row {row}, column {column}."),
    }
