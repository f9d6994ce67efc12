"""Forecasts of a series: what was read, what was looked at, what was told and what came."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import plotly.graph_objects as go
from plotly.subplots import make_subplots

from core.figures import style

_DASHES = {"last_value": "dot", "seasonal_naive": "dash", "linear_ar": "dashdot"}
_FEW = 10  # steps that are all numbered
_ROWS = {True: (0.28, 0.46, 0.26), False: (0.36, 0.64)}


@dataclass(frozen=True)
class Forecasts:
    """What is told from one origin on.

    read: float (steps,), the values before. truth: float (horizon,). told: name -> float (horizon,)
    of each method. looked: float (steps,), the gradient of the first told value with respect to
    each value that was read, None if there is no network.
    """

    read: np.ndarray
    truth: np.ndarray
    told: Mapping[str, np.ndarray]
    looked: np.ndarray | None = None


@dataclass(frozen=True)
class Words:
    """What a reader is told on the figure, translated."""

    title: str
    series: str
    steps: str
    value: str
    gradient: str
    read: str
    came: str
    network_ahead: str
    held_out: str


def forecast_explorer(
    places: np.ndarray,
    values: np.ndarray,
    told: np.ndarray | None,
    chosen: float,
    at: Forecasts,
    names: Mapping[str, str],
    colours: Mapping[str, str],
    words: Words,
    *,
    theme: str,
    cut: int,
    times: Sequence[str] | None = None,
) -> go.Figure:
    """Three panels: the series and its held-out part, one forecast near to, what it looked at.

    places, values: (n,), the part of the series that is drawn above. told: (n,), one step ahead,
    NaN where nothing was told. chosen: the place where the forecast ``at`` begins. names: method
    -> what people call it; colours: method -> a name of ``style.COLOURS``. cut: where the held-out
    part begins. The traces that change with the origin are ``moving_traces``.
    """
    looked = at.looked is not None
    rows = len(_ROWS[looked])
    figure = make_subplots(
        rows=rows, row_heights=list(_ROWS[looked]), vertical_spacing=0.09 if looked else 0.13
    )
    for trace in _moving(at, names, colours, words, theme):
        figure.add_trace(trace, row=2, col=1)
    figure.add_scatter(
        x=[chosen],
        y=[values[int(np.searchsorted(places, chosen))]],
        mode="markers",
        marker={
            "color": style.ACCENT[theme],
            "size": 12,
            "line": {"color": style.INK[theme], "width": 1},
        },
        hoverinfo="skip",
        showlegend=False,
        row=1,
        col=1,
    )
    if at.looked is not None:
        _add_gradient(figure, list(range(-len(at.read), 0)), at.looked, words, theme, row=3)
    _add_series(figure, places, values, told, colours, words, theme, cut, times)
    figure = style.styled(figure, theme, words.title)
    figure.update_xaxes(title_text=words.series, row=1, col=1)
    figure.update_yaxes(nticks=4, row=1, col=1)
    figure.update_yaxes(title_text=words.value, nticks=6, row=2, col=1)
    for row in range(2, rows + 1):
        figure.update_xaxes(range=[-len(at.read) - 0.5, len(at.truth) - 0.5], row=row, col=1)
    figure.update_xaxes(title_text=words.steps, row=rows, col=1)
    figure.update_layout(bargap=0.15)
    return _with_legend(figure, -0.14)


def _add_series(figure, places, values, told, colours, words, theme, cut, times):
    """The upper panel: the series, the values told one step ahead, where the held-out part is."""
    quiet = style.QUIET[theme]
    upper: Any = {"row": 1, "col": 1}
    figure.add_scatter(
        x=places,
        y=values,
        mode="lines",
        line={"color": quiet, "width": 1},
        customdata=times,
        hovertemplate="%{customdata}: %{y:.3g}<extra></extra>" if times else None,
        showlegend=False,
        **upper,
    )
    if told is not None:
        figure.add_scatter(
            x=places,
            y=told,
            mode="lines",
            line={"color": style.COLOURS[theme][colours["network"]], "width": 1},
            hoverinfo="skip",
            showlegend=False,
            **upper,
        )
    figure.add_vline(
        cut,
        line={"color": quiet, "dash": "dot", "width": 1},
        annotation={
            "text": words.held_out,
            "font": {"color": quiet, "size": 12},
            "xanchor": "left",
            "yanchor": "top",
        },
        **upper,
    )


def _add_gradient(figure, x, looked, words, theme, row):
    """Bars of the gradient, coloured by sign and size."""
    limit = float(np.abs(looked).max()) or 1.0
    figure.add_bar(
        x=x,
        y=looked,
        marker={
            "color": looked,
            "colorscale": style.DIVERGING[theme],
            "cmin": -limit,
            "cmax": limit,
            "line": {"color": style.QUIET[theme], "width": 0.5},
        },
        hovertemplate="%{x}: %{y:.3f}<extra></extra>",
        showlegend=False,
        row=row,
        col=1,
    )
    figure.update_yaxes(title_text=words.gradient, nticks=4, row=row, col=1)


def _with_legend(figure, y):
    """With the legend beneath the figure."""
    return figure.update_layout(
        showlegend=True,
        legend={"y": y, "yanchor": "top", "font": {"size": 13}},
        margin={"b": 70},
    )


def moving_traces(at: Forecasts) -> int:
    """How many traces, from the first on, change with the origin."""
    return 3 + len(at.told) + (at.looked is not None)


def update_of(at: Forecasts, place: float, value: float, names: Mapping[str, str]) -> dict:
    """What changes those traces to another origin: attribute -> a value for each trace."""
    xs, ys = _lines(at, names)
    xs, ys = [*xs, [place]], [*ys, [value]]
    if at.looked is None:
        return {"x": xs, "y": ys}
    looked = [round(float(x), 4) for x in at.looked]
    return {
        "x": [*xs, xs[0]],
        "y": [*ys, looked],
        "marker.color": [*(None for _ in xs), looked],  # to Plotly: as it was
    }


def _lines(at, names) -> tuple[list[list[int]], list[list[float]]]:
    """Places and values of what was read, of what came, and of each method's forecast."""
    after = list(range(len(at.truth)))
    ys = [at.read, at.truth, *(at.told[name] for name in names)]
    xs = [list(range(-len(at.read), 0)), *([after] * (len(ys) - 1))]
    return xs, [[float(f"{y:.5g}") for y in values] for values in ys]


def _moving(at, names, colours, words, theme):
    """The lines that change with the origin."""
    ink = style.INK[theme]
    xs, ys = _lines(at, names)
    yield go.Scatter(
        x=xs[0],
        y=ys[0],
        name=words.read,
        mode="lines",
        line={"color": ink, "width": 2},
        hovertemplate="%{y:.4g}",
    )
    yield go.Scatter(
        x=xs[1],
        y=ys[1],
        name=words.came,
        mode="lines+markers",
        line={"color": ink, "width": 1, "dash": "dot"},
        marker={"color": ink, "size": 5},
        hovertemplate="%{y:.4g}",
    )
    for (name, said), x, y in zip(names.items(), xs[2:], ys[2:], strict=True):
        yield go.Scatter(
            x=x,
            y=y,
            name=said,
            mode="lines",
            line=_line_of(name, colours, theme),
            hovertemplate="%{y:.4g}",
        )


def _line_of(name, colours, theme):
    """The network stands out; each baseline has its dash."""
    return {
        "color": style.COLOURS[theme][colours[name]],
        "width": 3 if name == "network" else 1.75,
        "dash": _DASHES.get(name, "solid"),
    }


def error_by_horizon(
    errors: Mapping[str, np.ndarray],
    names: Mapping[str, str],
    colours: Mapping[str, str],
    *,
    theme: str,
    title: str,
    x_title: str,
    y_title: str,
    spread: tuple[str, float] | None = None,
) -> go.Figure:
    """The RMSE of each method, float (horizon,), against the steps ahead.

    names, colours: as in ``forecast_explorer``. spread: name and height of a line for the held-out
    part's own standard deviation, what a forecast of its mean would err by.
    """
    figure = style.styled(go.Figure(), theme, title)
    for name, values in errors.items():
        figure.add_scatter(
            x=list(range(1, len(values) + 1)),
            y=values,
            name=names[name],
            mode="lines",
            line=_line_of(name, colours, theme),
            hovertemplate="%{x}: %{y:.3g}<extra>%{fullData.name}</extra>",
        )
    if spread:
        colour = style.QUIET[theme]
        figure.add_hline(
            spread[1],
            line={"color": colour, "dash": "dashdot", "width": 1},
            annotation={"text": spread[0], "font": {"color": colour, "size": 13}},
        )
    longest = max((len(values) for values in errors.values()), default=0)
    figure.update_xaxes(title_text=x_title, dtick=1 if longest <= _FEW else None)
    figure.update_yaxes(title_text=y_title, rangemode="tozero", nticks=6)
    return _with_legend(figure, -0.28)


def shared_rule(
    numbers: np.ndarray,
    shown: int,
    length: int,
    told: Mapping[str, np.ndarray],
    looked: np.ndarray | None,
    names: Mapping[str, str],
    colours: Mapping[str, str],
    words: Words,
    *,
    theme: str,
) -> go.Figure:
    """Sequences one after the other, the last of them continued by each method.

    numbers: float (n,), the examples of ``length`` numbers each and what the new one begins with.
    shown: how many of them belong to the examples. told: method -> float (some,), what follows.
    looked: float (n,), the gradient of the first told number, None if there is no network.
    """
    rows = 1 if looked is None else 2
    figure = make_subplots(rows=rows, row_heights=[1] if rows == 1 else [0.65, 0.35])
    ink = style.INK[theme]
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
            line=_line_of(name, colours, theme),
            marker={"size": 10},
            hovertemplate="%{y:.4g}",
            cliponaxis=False,
            row=1,
            col=1,
        )
    if looked is not None:
        _add_gradient(figure, list(range(1, len(looked) + 1)), looked, words, theme, row=2)
    figure = style.styled(figure, theme, words.title)
    end = len(numbers) + max((len(values) for values in told.values()), default=0) + 0.5
    figure.update_xaxes(range=[0.5, end], dtick=1)
    figure.update_xaxes(title_text=words.steps, row=rows, col=1)
    figure.update_yaxes(title_text=words.value, nticks=6, row=1, col=1)
    return _with_legend(figure, -0.2)
