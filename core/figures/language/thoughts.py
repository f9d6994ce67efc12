"""A book's passages on a plane, and what methods that make vectors of sentences reach."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import plotly.graph_objects as go

from core.figures import style
from core.figures.style import Look

_TELEPHONE = np.array([250, 330])  # pixels
_HALF_A_NAME = np.array([50, 18])  # and a ring's half


def passage_map(
    look: Look,
    points: np.ndarray,
    chapters: np.ndarray,
    texts: Sequence[str],
    *,
    named: Sequence[int] = (),
    asked: np.ndarray | None = None,
    asked_name: str = "",
    bar_title: str = "",
) -> go.Figure:
    """Passages on a plane, coloured by chapter from the first to the last; hovering tells them.

    points: float (n, 2). chapters: int (n,). texts: what hovering tells of each. named: places of
    those that were found, ringed and numbered from 1. asked: where the question itself is, (2,).
    """
    figure = look.figure()
    figure.add_scattergl(
        x=points[:, 0],
        y=points[:, 1],
        mode="markers",
        marker={
            "size": 7,
            "color": chapters,
            "colorscale": style.SEQUENTIAL,
            "opacity": 0.8,
            "line": {"width": 0.5, "color": look.page},
            "colorbar": {"title": {"text": bar_title, "side": "right"}, "thickness": 12},
        },
        text=list(texts),
        hovertemplate="%{text}<extra>%{marker.color}</extra>",
    )
    if len(named):
        chosen = list(named)
        figure.add_scatter(
            x=points[chosen, 0],
            y=points[chosen, 1],
            mode="markers+text",
            marker={
                "size": 17,
                "symbol": "circle-open",
                "color": look.ink,
                "line": {"width": 2, "color": look.ink},
            },
            text=[str(i) for i in range(1, len(chosen) + 1)],
            textposition="top right",
            textfont={"color": look.ink, "size": 15},
            customdata=[texts[i] for i in chosen],
            hovertemplate="%{text}: %{customdata}<extra></extra>",
        )
    if asked is not None:
        figure.add_scatter(
            x=[asked[0]],
            y=[asked[1]],
            mode="markers",
            marker={"size": 15, "symbol": "star", "color": look.accent},
            hovertemplate=f"{asked_name}<extra></extra>",
        )
        xshift, yshift = _free_side((points[[*named]] - asked) / np.ptp(points, axis=0))
        figure.add_annotation(
            x=float(asked[0]),
            y=float(asked[1]),
            text=asked_name,
            showarrow=False,
            xshift=xshift,
            yshift=yshift,
            font={"color": look.accent, "size": 14},
            bgcolor=look.page,
            borderpad=1,
        )
    figure.update_xaxes(showgrid=False, showticklabels=False)
    return figure.update_yaxes(showgrid=False, showticklabels=False)


def _free_side(rings: np.ndarray) -> tuple[int, int]:
    """Where the question's name has most room from the rings around it: its shift in pixels.

    rings: (n, 2), from the question on, in parts of the chart, which is taken as a telephone's.
    """
    sides = [(0, -18), (0, 18), (58, 0), (-58, 0)]
    if not len(rings):
        return sides[0]
    gaps = [np.abs(rings * _TELEPHONE - side) / _HALF_A_NAME for side in sides]
    return sides[int(np.argmax([gap.max(1).min() for gap in gaps]))]
