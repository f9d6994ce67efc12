"""The figures of the linear autoencoder: axes as images, angles, and the eigenvalue spectrum."""

from collections.abc import Sequence
from dataclasses import dataclass
from textwrap import wrap

import numpy as np
import plotly.graph_objects as go

from core.figures import style

_LABEL_LETTERS = 12  # in a line, beside a row of images


@dataclass(frozen=True, eq=False)
class ImageRow:
    """Images side by side under one name: float (n, height, width)."""

    name: str
    images: np.ndarray


def signed_images(
    rows: Sequence[ImageRow], columns: Sequence[str], *, theme: str, title: str, alt: str
) -> go.Figure:
    """Rows of images with positive and negative pixels, each drawn in units of its largest.

    columns: what stands beneath each column.
    """
    scaled = [
        ImageRow(
            row.name,
            row.images / np.maximum(np.abs(row.images).max((1, 2), keepdims=True), 1e-30),
        )
        for row in rows
    ]
    colours = {"colorscale": style.DIVERGING[theme], "zmin": -1, "zmax": 1}
    return _mosaic(scaled, columns, theme, title, alt, colours)


def grey_images(
    rows: Sequence[ImageRow], columns: Sequence[str], *, theme: str, title: str, alt: str
) -> go.Figure:
    """Rows of images, 0 for paper and 1 for ink; what lies outside is drawn as the nearest."""
    ink = [[0, style.PAGE[theme]], [1, style.INK[theme]]]
    colours = {"colorscale": ink, "zmin": 0, "zmax": 1}
    return _mosaic(rows, columns, theme, title, alt, colours)


def _mosaic(rows, columns, theme, title, alt, colours) -> go.Figure:
    figure = style.styled(go.Figure(), theme, title, alt)
    height, width = rows[0].images.shape[1:]
    gap = max(1, width // 8)
    across, down = width + gap, height + gap
    size = down * len(rows) - gap, across * len(columns) - gap
    pixels, corners = np.full(size, np.nan, np.float32), []
    for r, row in enumerate(rows):
        for c, image in enumerate(row.images):
            top, left = r * down, c * across
            pixels[top : top + height, left : left + width] = image
            corners.append((left - 0.5, top - 0.5))
    figure.add_heatmap(z=pixels, showscale=False, hoverinfo="skip", **colours)
    # An axis that is zero at its rim would have no edge. One line around all of them, lifted
    # between: a shape for each takes Plotly ten times as long.
    around = np.array([(0, 0), (width, 0), (width, height), (0, height), (0, 0), (np.nan, np.nan)])
    edges = (np.array(corners)[:, None] + around).reshape(-1, 2)
    figure.add_scatter(
        x=edges[:, 0],
        y=edges[:, 1],
        mode="lines",
        line={"color": style.GRID[theme], "width": 1},
        hoverinfo="skip",
    )
    figure.update_xaxes(
        tickvals=[c * across + (width - 1) / 2 for c in range(len(columns))],
        ticktext=list(columns),
        tickangle=0,
        showline=False,
        constrain="domain",
        range=[-0.5, size[1] - 0.5],
    )
    return figure.update_yaxes(
        tickvals=[r * down + (height - 1) / 2 for r in range(len(rows))],
        ticktext=["<br>".join(wrap(row.name, _LABEL_LETTERS)) for row in rows],
        showgrid=False,
        scaleanchor="x" if height > 1 else None,  # a row of a table fills its line
        constrain="domain",
        range=[size[0] - 0.5, -0.5],
    )


def angles_by_update(
    updates: np.ndarray,
    angles_deg: np.ndarray,
    *,
    theme: str,
    title: str,
    alt: str,
    x_title: str,
    y_title: str,
    names: tuple[str, str],
    at: float | None = None,
    x_end: float | None = None,
) -> go.Figure:
    """Principal angles, (epochs, k), the largest first, over the updates (epochs,).

    names: of the largest and of the smallest. at: x of the epoch that is looked at.
    """
    figure = style.styled(go.Figure(), theme, title, alt)
    colour = style.COLOURS[theme]["autoencoder"]
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
    for name, y in ends.items():
        style.end_label(figure, float(updates[-1]), float(y), name, colour)
    figure.update_layout(margin_r=16 + 8 * max(map(len, ends)))
    if at is not None:
        figure.add_vline(at, line={"color": style.ACCENT[theme], "width": 1.5})
    figure.update_xaxes(title_text=x_title, range=[0, max(x_end or 0, float(updates[-1]))])
    marks = (0, 30, 60, 90)
    return figure.update_yaxes(
        title_text=y_title, range=[-3, 95], tickvals=marks, ticktext=[f"{mark}°" for mark in marks]
    )


def spectrum(
    variances: np.ndarray,
    k: int,
    *,
    theme: str,
    title: str,
    alt: str,
    x_title: str,
    y_title: str,
    kept_name: str,
    gap_name: str,
) -> go.Figure:
    """Variances of the first components, (n,), the largest first; those up to k are kept.

    kept_name: stands at the line behind the k-th. gap_name: stands at the step from it to the next.
    """
    figure = style.styled(go.Figure(), theme, title, alt)
    places = np.arange(1, len(variances) + 1)
    kept, left = style.COLOURS[theme]["pca"], style.GRID[theme]
    figure.add_bar(
        x=places,
        y=variances,
        marker={"color": [kept if place <= k else left for place in places]},
        hovertemplate="λ<sub>%{x}</sub> = %{y:.3g}<extra></extra>",
    )
    if k < len(variances):
        accent = style.ACCENT[theme]
        figure.add_shape(
            type="line",
            x0=k + 0.5,
            x1=k + 0.5,
            y0=0,
            y1=1,
            yref="paper",
            line={"color": accent, "width": 1.5, "dash": "dot"},
        )
        figure.add_annotation(
            x=k + 0.5,
            y=1,
            yref="paper",
            text=f"{kept_name}<br>{gap_name}",
            align="left",
            showarrow=False,
            xanchor="left",
            yanchor="top",
            xshift=6,
            font={"color": accent, "size": 13},
        )
    figure.update_layout(bargap=0.25)
    figure.update_xaxes(title_text=x_title, range=[0.3, len(variances) + 0.7])
    return figure.update_yaxes(title_text=y_title, rangemode="tozero")
