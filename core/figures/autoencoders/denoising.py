"""The figure of the denoising lesson: how clean images come out, by the level of the noise."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import plotly.graph_objects as go

from core.figures.style import Look

# The names beneath the axis: above it a title of two lines would stand on them.
_BENEATH = {"y": -0.28, "yanchor": "top"}


@dataclass(frozen=True, eq=False)
class Method:
    """A method's PSNR by level: psnr_db float (levels,).

    look: which line it gets, a name of ``LOOKS``.
    """

    name: str
    look: str
    psnr_db: np.ndarray


# Look -> colour, dash, marker and width; the colour is a name of ``style.COLOURS`` or "accent".
LOOKS = {
    "network": ("autoencoder", "solid", "diamond", 3.0),
    "wiener": ("accent", "solid", "circle", 2.0),
    "informed": ("accent", "dash", "circle-open", 1.5),
    "best_pca": ("pca", "longdashdot", "x", 2.0),
    "median": ("baseline", "dashdot", "square", 1.5),
    "noisy": ("baseline", "dot", "line-ew", 1.5),
}


def psnr_by_level(
    look: Look,
    levels: np.ndarray,
    methods: Sequence[Method],
    *,
    at: float | None = None,
    learned: tuple[float, str] | None = None,
) -> go.Figure:
    """A line for each method over the levels of the noise, (levels,).

    at: the level that is looked at. learned: the level that was learned from, and words for it.
    """
    figure = look.figure()
    for method in methods:
        named, dash, symbol, width = LOOKS[method.look]
        colour = look.accent if named == "accent" else look.colour(named)
        figure.add_scatter(
            x=levels,
            y=method.psnr_db,
            name=method.name,
            mode="lines+markers",
            line={"color": colour, "dash": dash, "width": width},
            marker={"symbol": symbol, "size": 7, "line": {"color": colour, "width": 1.5}},
            hovertemplate="%{y:.1f} dB<extra>%{fullData.name}</extra>",
        )
    if learned:
        figure.add_vline(
            learned[0],
            line={"color": look.quiet, "dash": "dot", "width": 1},
            annotation=look.note(learned[1], size=12, xanchor="left", yanchor="top", y=1),
        )
    if at is not None:
        figure.add_vline(at, line={"color": look.accent, "width": 1.5})
    figure.update_xaxes(range=[0, float(levels[-1]) * 1.03])
    return figure.update_layout(showlegend=True, hovermode="x", legend=_BENEATH)
