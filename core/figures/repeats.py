"""Curves of many runs: those of a setting as thin lines, their median and quartiles over them."""

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import plotly.graph_objects as go

from core.figures import labels
from core.figures.style import Look
from core.figures.training import height_axis


@dataclass(frozen=True)
class Bundle:
    """The curves of one setting's runs.

    x: float (n,). runs: float (runs, n), NaN where a run has no value. median, low, high: float
    (n,), the quartiles at each x. colour: a name of ``style.COLOURS``.
    """

    name: str
    x: np.ndarray
    runs: np.ndarray
    median: np.ndarray
    low: np.ndarray
    high: np.ndarray
    colour: str


def bundle_curves(look: Look, bundles: Sequence[Bundle], x_end: float) -> go.Figure:
    """Each bundle's runs as thin lines, their middle half as a band, their median as a line.

    x_end: where the x axis ends at least. The names stand at the ends of the medians.
    """
    figure, ends = look.figure(), []
    for bundle in bundles:
        colour = look.colour(bundle.colour)
        gap = np.full((len(bundle.runs), 1), np.nan)
        figure.add_scatter(  # one trace: lines with gaps between them
            x=np.tile(np.append(bundle.x, np.nan), len(bundle.runs)),
            y=np.hstack([bundle.runs, gap]).ravel(),
            mode="lines",
            line={"color": colour, "width": 1},
            opacity=0.35,
            hoverinfo="skip",
        )
        known = np.isfinite(bundle.low) & np.isfinite(bundle.high)
        figure.add_scatter(
            x=np.concatenate([bundle.x[known], bundle.x[known][::-1]]),
            y=np.concatenate([bundle.low[known], bundle.high[known][::-1]]),
            mode="lines",
            line={"width": 0, "color": colour},
            fill="toself",
            fillcolor=colour,
            opacity=0.2,
            hoverinfo="skip",
        )
        figure.add_scatter(
            x=bundle.x,
            y=bundle.median,
            name=bundle.name,
            mode="lines+markers" if len(bundle.x) == 1 else "lines",
            line=look.line(bundle.colour, 3),
            hovertemplate="%{y:.3g}<extra>%{fullData.name}</extra>",
        )
        if len(bundle.x) and math.isfinite(bundle.median[-1]):
            end = float(bundle.x[-1]), float(bundle.median[-1])
            ends.append(labels.End(bundle.name, *end, colour))
    heights = [bundle.runs.ravel() for bundle in bundles]
    axis = height_axis(np.concatenate(heights) if heights else np.array([]), log=False)
    figure.update_xaxes(range=[0, x_end])
    figure.update_yaxes(range=[axis.low, axis.high], nticks=6)
    return labels.end_labels(figure, ends, axis.low, axis.high)
