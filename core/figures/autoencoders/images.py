"""Images side by side, grey or signed, in one figure."""

from collections.abc import Sequence
from textwrap import wrap
from typing import Any

import numpy as np
import plotly.graph_objects as go

from core.figures import style
from core.figures.style import Look

_LABEL_LETTERS = 12  # in a line, beside a row of images


Rows = Sequence[tuple[str, np.ndarray]]  # name and images, float (n, height, width), of each


def signed_images(look: Look, rows: Rows, columns: Sequence[str]) -> go.Figure:
    """Rows of images with positive and negative pixels, each drawn in units of its largest.

    columns: what stands beneath each column.
    """
    return _mosaic(look, columns, _signed(look, rows))


def grey_images(look: Look, rows: Rows, columns: Sequence[str]) -> go.Figure:
    """Rows of images, 0 for paper and 1 for ink; what lies outside is drawn as the nearest."""
    return _mosaic(look, columns, _grey(look, rows))


def signed_over_grey(look: Look, signed: Rows, grey: Rows, columns: Sequence[str]) -> go.Figure:
    """Rows as of ``signed_images`` and, beneath, in the same columns, as of ``grey_images``."""
    return _mosaic(look, columns, _signed(look, signed), _grey(look, grey))


def _signed(look: Look, rows: Rows) -> tuple[Rows, dict[str, Any]]:
    scaled = [
        (name, images / np.maximum(np.abs(images).max((1, 2), keepdims=True), 1e-30))
        for name, images in rows
    ]
    return scaled, {"colorscale": style.DIVERGING[look.theme], "zmin": -1, "zmax": 1}


def _grey(look: Look, rows: Rows) -> tuple[Rows, dict[str, Any]]:
    return rows, {"colorscale": look.ink_scale, "zmin": 0, "zmax": 1}


def _mosaic(look: Look, columns: Sequence[str], *blocks: tuple[Rows, dict[str, Any]]) -> go.Figure:
    """Blocks of rows, one beneath another, each with the colours of its heatmap."""
    figure = look.figure()
    rows = [row for block, _colours in blocks for row in block]
    height, width = rows[0][1].shape[1:]
    gap = max(1, width // 8)
    across, down = width + gap, height + gap
    size = down * len(rows) - gap, across * len(columns) - gap
    above = 0  # rows
    for block, colours in blocks:
        corners = [
            (c * across, (above + r) * down)
            for r, row in enumerate(block)
            for c in range(len(row[1]))
        ]
        images = np.concatenate([images for _name, images in block])
        add_images(look, figure, images, np.array(corners), **colours)
        above += len(block)
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
        ticktext=["<br>".join(wrap(name, _LABEL_LETTERS)) for name, _images in rows],
        showgrid=False,
        scaleanchor="x" if height > 1 else None,  # a row of a table fills its line
        constrain="domain",
        range=[size[0] - 0.5, -0.5],
    )


def add_images(
    look: Look, figure: go.Figure, images: np.ndarray, corners: np.ndarray, **colours: Any
) -> None:
    """Framed images (n, height, width), whose first pixels are at corners, (n, 2) as (x, y).

    One line around all of them, lifted between: a shape for each takes Plotly ten times as long.
    Without it paper would have no rim. colours: of a heatmap.
    """
    height, width = images.shape[1:]
    pixels = np.full(corners.max(0)[::-1] + (height, width), np.nan, np.float32)
    for image, (left, top) in zip(images, corners, strict=True):
        pixels[top : top + height, left : left + width] = image
    figure.add_heatmap(z=pixels, showscale=False, hoverinfo="skip", **colours)
    around = np.array([(0, 0), (width, 0), (width, height), (0, height), (0, 0), (np.nan, np.nan)])
    edges = (corners[:, None] - 0.5 + around).reshape(-1, 2)
    figure.add_scatter(
        x=edges[:, 0],
        y=edges[:, 1],
        mode="lines",
        line={"color": look.grid, "width": 1},
        hoverinfo="skip",
    )
