"""The figure of the denoising lesson: how clean images come out, by the level of the noise."""

from collections.abc import Mapping

import numpy as np
import plotly.graph_objects as go

from core.figures.labels import VERTICAL, upright
from core.figures.style import Look

# The names beneath the axis: above it a title of two lines would stand on them.
_BENEATH = {"y": -0.28, "yanchor": "top"}


# Method -> colour, dash, marker and width; the colour is a name of ``style.COLOURS`` or "accent".
LOOKS = {
    "noisy": ("baseline", "dot", "line-ew", 1.5),
    "network": ("autoencoder", "solid", "diamond", 3.0),
    "informed": ("accent", "dash", "circle-open", 1.5),
    "wiener": ("accent", "solid", "circle", 2.0),
    "best_pca": ("pca", "longdashdot", "x", 2.0),
    "median": ("baseline", "dashdot", "square", 1.5),
}


def psnr_by_level(
    look: Look,
    levels: np.ndarray,
    methods: Mapping[str, tuple[str, np.ndarray]],
    *,
    at: float | None = None,
    learned: tuple[float, str] | None = None,
) -> go.Figure:
    """A line for each method over the levels of the noise, (levels,).

    methods: by a name of ``LOOKS`` what each is called and its PSNR in dB, (levels,).
    at: the level that is looked at. learned: the level that was learned from, and words for it.
    """
    figure = look.figure()
    for method, (named, dash, symbol, width) in LOOKS.items():
        if method not in methods:
            continue
        name, psnr_db = methods[method]
        colour = look.accent if named == "accent" else look.colour(named)
        figure.add_scatter(
            x=levels,
            y=psnr_db,
            name=name,
            mode="lines+markers",
            line={"color": colour, "dash": dash, "width": width},
            marker={"symbol": symbol, "size": 7, "line": {"color": colour, "width": 1.5}},
            hovertemplate="%{y:.1f} dB<extra>%{fullData.name}</extra>",
        )
    if learned:
        upright(
            figure,
            learned[0],
            line={"color": look.quiet, "dash": "dot", "width": 1},
            annotation=look.note(
                learned[1], size=12, name=VERTICAL, xanchor="left", yanchor="top", y=1
            ),
        )
    if at is not None:
        upright(figure, at, line={"color": look.accent, "width": 1.5})
    figure.update_xaxes(range=[0, float(levels[-1]) * 1.03])
    return figure.update_layout(showlegend=True, hovermode="x", legend=_BENEATH)
