"""A book's passages on a plane, and what methods that make vectors of sentences reach."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import plotly.graph_objects as go

from core.figures import style
from core.figures.style import Look


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
        figure.add_annotation(
            x=float(asked[0]),
            y=float(asked[1]),
            text=asked_name,
            showarrow=False,
            yshift=-18,
            font={"color": look.accent, "size": 14},
            bgcolor=look.page,
            borderpad=1,
        )
    figure.update_xaxes(showgrid=False, showticklabels=False)
    return figure.update_yaxes(showgrid=False, showticklabels=False)
