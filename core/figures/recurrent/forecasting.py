"""Forecasts of a series: what was read, what was looked at, what was told and what came."""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import plotly.graph_objects as go
from plotly.subplots import make_subplots

from core.figures import style
from core.figures.style import Look

_DASHES = {"last_value": "dot", "seasonal_naive": "dash", "linear_ar": "dashdot"}
_FEW = 10  # steps that are all numbered


@dataclass(frozen=True)
class Words:
    """What a reader is told on the figure, translated."""

    series: str
    steps: str
    value: str
    gradient: str
    read: str
    came: str
    network_ahead: str
    held_out: str


def add_gradient(look: Look, figure, x, looked, words, row):
    """Bars of the gradient, coloured by sign and size."""
    limit = float(np.abs(looked).max()) or 1.0
    figure.add_bar(
        x=x,
        y=looked,
        marker={
            "color": looked,
            "colorscale": style.DIVERGING[look.theme],
            "cmin": -limit,
            "cmax": limit,
            "line": {"color": look.quiet, "width": 0.5},
        },
        hovertemplate="%{x}: %{y:.3f}<extra></extra>",
        showlegend=False,
        row=row,
        col=1,
    )
    figure.update_yaxes(title_text=words.gradient, nticks=4, row=row, col=1)


def with_legend(figure, y):
    """With the legend beneath the figure."""
    return figure.update_layout(
        showlegend=True,
        legend={"y": y, "yanchor": "top", "font": {"size": 13}},
        margin={"b": 70},
    )


def line_of(look: Look, name, colours):
    """The network stands out; each baseline has its dash."""
    return {
        "color": look.colour(colours[name]),
        "width": 3 if name == "network" else 1.75,
        "dash": _DASHES.get(name, "solid"),
    }


def error_by_horizon(
    look: Look,
    errors: Mapping[str, np.ndarray],
    names: Mapping[str, str],
    colours: Mapping[str, str],
    *,
    spread: tuple[str, float] | None = None,
) -> go.Figure:
    """The RMSE of each method, float (horizon,), against the steps ahead.

    names, colours: as in ``forecast_explorer``. spread: name and height of a line for the held-out
    part's own standard deviation, what a forecast of its mean would err by.
    """
    figure = look.figure()
    for name, values in errors.items():
        figure.add_scatter(
            x=list(range(1, len(values) + 1)),
            y=values,
            name=names[name],
            mode="lines",
            line=line_of(look, name, colours),
            hovertemplate="%{x}: %{y:.3g}<extra>%{fullData.name}</extra>",
        )
    if spread:
        colour = look.quiet
        figure.add_hline(
            spread[1],
            line={"color": colour, "dash": "dashdot", "width": 1},
            annotation={"text": spread[0], "font": {"color": colour, "size": 13}},
        )
    longest = max((len(values) for values in errors.values()), default=0)
    figure.update_xaxes(dtick=1 if longest <= _FEW else None)
    figure.update_yaxes(rangemode="tozero", nticks=6)
    return with_legend(figure, -0.28)


def shared_rule(
    look: Look,
    numbers: np.ndarray,
    shown: int,
    length: int,
    told: Mapping[str, np.ndarray],
    looked: np.ndarray | None,
    names: Mapping[str, str],
    colours: Mapping[str, str],
    words: Words,
) -> go.Figure:
    """Sequences one after the other, the last of them continued by each method.

    numbers: float (n,), the examples of ``length`` numbers each and what the new one begins with.
    shown: how many of them belong to the examples. told: method -> float (some,), what follows.
    looked: float (n,), the gradient of the first told number, None if there is no network.
    """
    rows = 1 if looked is None else 2
    figure = make_subplots(rows=rows, row_heights=[1] if rows == 1 else [0.65, 0.35])
    ink = look.ink
    for first in range(0, len(numbers), length):
        part = numbers[first : first + length]
        new = first >= shown
        figure.add_scatter(
            x=list(range(first + 1, first + 1 + len(part))),
            y=part,
            name=words.came if new else words.read,
            mode="lines+markers+text",
            text=[f"{x:g}" for x in part],
            textposition="top center",
            line={"color": ink, "width": 2, "dash": "solid"},
            marker={"size": 9, "color": ink, "symbol": "diamond" if new else "circle"},
            showlegend=first in (0, shown),
            hoverinfo="skip",
            cliponaxis=False,
            row=1,
            col=1,
        )
    for name, values in told.items():
        network = name == "network"
        figure.add_scatter(
            x=list(range(len(numbers), len(numbers) + 1 + len(values))),
            y=[numbers[-1], *values],
            name=names[name],
            mode="lines+markers+text" if network else "lines",
            text=["", *(f"{x:g}" for x in values)],
            textposition="bottom center",
            line=line_of(look, name, colours),
            marker={"size": 10},
            hovertemplate="%{y:.4g}",
            cliponaxis=False,
            row=1,
            col=1,
        )
    if looked is not None:
        add_gradient(look, figure, list(range(1, len(looked) + 1)), looked, words, row=2)
    figure = look.apply(figure)
    end = len(numbers) + max((len(values) for values in told.values()), default=0) + 0.5
    figure.update_xaxes(range=[0.5, end], dtick=1)
    figure.update_xaxes(title_text=words.steps, row=rows, col=1)
    figure.update_yaxes(title_text=words.value, nticks=6, row=1, col=1)
    return with_legend(figure, -0.2)
