"""The figures of the linear autoencoder: an hourglass, angles to PCA, the eigenvalue spectrum."""

from collections.abc import Sequence

import numpy as np
import plotly.graph_objects as go

from core.figures import labels, style
from core.figures.autoencoders.images import add_images
from core.figures.style import Look

_WAY, _WAIST = 16, 1.2  # pixels that the drawn network is wide, and its code
_GAP = 2  # pixels between what comes out and what is lost


def hourglass(
    look: Look, image: np.ndarray, code: np.ndarray, back: np.ndarray, *, names: Sequence[str]
) -> go.Figure:
    """An image (height, width), a network drawn as narrow as its code (k,), and what comes back.

    The waist is as high beside an image as k is beside the number of pixels. At the right stands
    what is lost, image - back. names: of the image, the code, what comes back and what is lost.
    """
    height, width = image.shape
    corners = [(0, 0), (width + _WAY, 0), (2 * width + _WAY + _GAP, 0)]
    waist, middle = width - 0.5 + _WAY / 2, (height - 1) / 2
    cells = middle + (np.arange(len(code)) - (len(code) - 1) / 2) / width
    figure = look.figure()
    for end in (width - 0.5, width + _WAY - 0.5):
        rows, columns = (axis.ravel() for axis in np.meshgrid(np.arange(height), cells))
        gaps = np.full_like(columns, np.nan)  # so that one line draws them all
        figure.add_scatter(
            x=np.tile([end, waist, np.nan], len(rows)),
            y=np.stack([rows, columns, gaps], axis=1).ravel(),
            mode="lines",
            line={"color": look.colour("autoencoder"), "width": 0.7},
            opacity=0.45,
            hoverinfo="skip",
        )
    ink = {"colorscale": look.ink_scale, "zmin": 0, "zmax": 1}
    add_images(look, figure, np.stack([image, back]), np.array(corners[:2]), **ink)
    signed = {"colorscale": style.DIVERGING[look.theme], "zmin": -1, "zmax": 1}
    add_images(look, figure, (image - back)[None], np.array(corners[2:]), **signed)
    figure.add_heatmap(
        z=(code / max(float(np.abs(code).max()), 1e-30))[:, None],
        x0=waist,
        dx=_WAIST,
        y0=cells[0],
        dy=1 / width,
        showscale=False,
        hoverinfo="skip",
        **signed,
    )
    centres = [left + (width - 1) / 2 for left, _top in corners]
    figure.update_xaxes(
        tickvals=[centres[0], waist, *centres[1:]],
        ticktext=list(names),
        tickangle=0,
        showline=False,
        constrain="domain",
        range=[-0.5, 3 * width + _WAY + _GAP - 0.5],
    )
    return figure.update_yaxes(
        showticklabels=False,
        showgrid=False,
        scaleanchor="x",
        constrain="domain",
        range=[height - 0.5, -0.5],
    )


def lost_curve(look: Look, lost: np.ndarray, k: int) -> go.Figure:
    """The share of the variance that 0, 1, ... numbers lose, (n,), and the place of k in it."""
    figure = look.figure()
    figure.add_scatter(
        x=np.arange(len(lost)),
        y=lost,
        mode="lines+markers",
        line=look.line("pca"),
        marker={"color": look.colour("pca"), "size": 5},
        hovertemplate="k = %{x}: %{y:.1%}<extra></extra>",
    )
    figure.add_scatter(
        x=[k],
        y=[lost[k]],
        mode="markers",
        marker=look.marker("autoencoder", 13),
        hoverinfo="skip",
    )
    figure.update_xaxes(range=[-0.5, len(lost) - 0.5])
    return figure.update_yaxes(range=[-0.03, 1.05], tickformat=".0%")


def angles_by_update(
    look: Look,
    updates: np.ndarray,
    angles_deg: np.ndarray,
    *,
    names: tuple[str, str],
    at: float | None = None,
    x_end: float | None = None,
) -> go.Figure:
    """Principal angles, (epochs, k), the largest first, over the updates (epochs,).

    names: of the largest and of the smallest. at: x of the epoch that is looked at.
    """
    figure = look.figure()
    colour = look.colour("autoencoder")
    k = angles_deg.shape[1]
    for i in reversed(range(k)):
        figure.add_scatter(
            x=updates,
            y=angles_deg[:, i],
            name=f"{i + 1}/{k}",
            mode="lines",
            line={"color": colour, "width": 2.5 if i == 0 else 1.2},
            opacity=1 if i == 0 else 0.55,
            hovertemplate="%{y:.2f}°<extra>%{fullData.name}</extra>",
        )
    last = angles_deg[-1]
    ends = {names[0]: last[0], names[1]: last[-1]}
    if k == 1 or last[0] - last[-1] < 8:
        ends = {names[0]: last[0]}
    named = [labels.End(name, float(updates[-1]), float(y), colour) for name, y in ends.items()]
    low, high = -3, 95
    labels.end_labels(figure, named, low, high)
    if at is not None:
        labels.upright(figure, at, line={"color": look.accent, "width": 1.5})
    figure.update_xaxes(range=[0, max(x_end or 0, float(updates[-1]))])
    marks = (0, 30, 60, 90)
    return figure.update_yaxes(
        range=[low, high], tickvals=marks, ticktext=[f"{mark}°" for mark in marks]
    )


def spectrum(
    look: Look, variances: np.ndarray, k: int, *, kept_name: str, gap_name: str
) -> go.Figure:
    """Variances of the first components, (n,), the largest first; those up to k are kept.

    kept_name: stands at the line behind the k-th. gap_name: stands at the step from it to the next.
    """
    figure = look.figure()
    places = np.arange(1, len(variances) + 1)
    figure.add_bar(
        x=places,
        y=variances,
        marker={"color": look.colour("pca"), "opacity": [1.0 if i <= k else 0.3 for i in places]},
        hovertemplate="λ<sub>%{x}</sub> = %{y:.3g}<extra></extra>",
    )
    if k < len(variances):
        labels.upright(figure, k + 0.5, line={"color": look.accent, "width": 1.5, "dash": "dot"})
        place = {"x": k + 0.5, "y": 1, "yref": "paper", "xanchor": "left", "yanchor": "top"}
        place |= {"name": labels.VERTICAL}
        note = look.note(f"{kept_name}<br>{gap_name}", look.accent, align="left", xshift=6, **place)
        figure.add_annotation(note)
    figure.update_layout(bargap=0.25)
    figure.update_xaxes(range=[0.3, len(variances) + 0.7])
    return figure.update_yaxes(rangemode="tozero")
