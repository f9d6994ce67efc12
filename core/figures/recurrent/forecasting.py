"""Forecasts of a series: what was read, what it depends on, what was forecast and what came."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import plotly.graph_objects as go

from core.figures import labels, style
from core.figures.style import Look

_ROWS = {True: (0.28, 0.46, 0.26), False: (0.36, 0.64)}
_DASHES = {"last_value": "dot", "seasonal_naive": "dash", "linear_ar": "dashdot"}
_FEW = 10  # steps that are all numbered


@dataclass(frozen=True)
class Forecasts:
    """What is forecast from one origin on.

    read: float (steps,), the values before. truth: float (horizon,). by_method: name -> float
    (horizon,). gradient: float (steps,), of the network's first value with respect to each value
    that was read, None if there is no network.
    """

    read: np.ndarray
    truth: np.ndarray
    by_method: Mapping[str, np.ndarray]
    gradient: np.ndarray | None = None


def forecast_explorer(
    look: Look,
    places: np.ndarray,
    values: np.ndarray,
    one_ahead: np.ndarray | None,
    origin: float,
    at: Forecasts,
    names: Mapping[str, str],
    words: Mapping[str, str],
    *,
    cell: str,
    cut: int,
    times: Sequence[str],
    filled: np.ndarray | None = None,
) -> go.Figure:
    """Three panels: the series and its held-out part, one forecast near to, its gradient.

    places, values: (n,), the part of the series that is drawn above. one_ahead: (n,), the network's
    forecasts of one step, NaN where there are none. origin: the place where ``at`` begins. names:
    method -> what people call it. words: the axes "series" and "gradient", the lines "read" and
    "came", the mark "held_out". cell: of the network. cut: where the held-out part begins. times:
    of the places, in words. filled: where values were missing, bool (n,), which are drawn hollow
    and called words["filled"]. The first traces change with the origin, as ``update_of`` says.
    """
    heights = _ROWS[at.gradient is not None]
    rows = len(heights)
    figure = look.panels(
        rows=rows, row_heights=list(heights), vertical_spacing=0.12 if rows == 3 else 0.22
    )
    read = {"mode": "lines", "line": {"color": look.ink, "width": 2}}
    came = {
        "mode": "lines+markers",
        "line": {"color": look.ink, "width": 1, "dash": "dot"},
        "marker": {"color": look.ink, "size": 5},
    }
    moving = [(words["read"], read), (words["came"], came)]
    moving += [(name, {"mode": "lines", "line": _line(look, n, cell)}) for n, name in names.items()]
    for (name, how), x, y in zip(moving, *_lines(at, names), strict=True):
        figure.add_scatter(x=x, y=y, name=name, hovertemplate="%{y:.4g}", row=2, col=1, **how)
    upper: Any = {"row": 1, "col": 1}
    figure.add_scatter(
        x=[origin],
        y=[values[int(np.searchsorted(places, origin))]],
        mode="markers",
        marker={"color": look.accent, "size": 12, "line": {"color": look.ink, "width": 1}},
        hoverinfo="skip",
        showlegend=False,
        **upper,
    )
    if at.gradient is not None:
        _add_gradient(look, figure, -len(at.read), at.gradient, words["gradient"], row=3)
    figure.add_scatter(
        x=places,
        y=values,
        mode="lines",
        line={"color": look.quiet, "width": 1},
        customdata=times,
        hovertemplate="%{customdata}: %{y:.3g}<extra></extra>",
        showlegend=False,
        **upper,
    )
    if filled is not None and filled.any():
        figure.add_scatter(
            x=places[filled],
            y=values[filled],
            name=words["filled"],
            mode="markers",
            marker={"symbol": "circle-open", "color": look.quiet, "size": 7},
            hoverinfo="skip",
            showlegend=True,
            **upper,
        )
    if one_ahead is not None:
        figure.add_scatter(
            x=places,
            y=one_ahead,
            mode="lines",
            line={"color": look.colour(cell), "width": 1},
            hoverinfo="skip",
            showlegend=False,
            **upper,
        )
    labels.upright(
        figure,
        cut,
        line={"color": look.quiet, "dash": "dot", "width": 1},
        annotation=look.note(
            words["held_out"], size=12, name=labels.VERTICAL, xanchor="left", yanchor="top"
        ),
    )
    figure.update_xaxes(title={"text": words["series"], "standoff": 0}, **upper)
    figure.update_yaxes(nticks=4, **upper)
    figure.update_yaxes(title_text=look.y, nticks=6, row=2, col=1)
    for row in range(2, rows + 1):
        figure.update_xaxes(range=[-len(at.read) - 0.5, len(at.truth) - 0.5], row=row, col=1)
    figure.update_xaxes(title_text=look.x, row=rows, col=1)
    figure.update_layout(bargap=0.15)
    return _with_legend(figure, -0.14)


def seen_digits(values: np.ndarray) -> np.ndarray:
    """Values with the five digits that a figure shows, which are sent quicker than all."""
    values = np.asarray(values, float)
    sizes = np.abs(values, out=np.ones_like(values), where=values != 0)
    places = 4 - np.floor(np.log10(sizes)).astype(int)
    whole = np.round(values * 10.0**places)
    return np.where(places < 0, whole * 10.0**-places, whole / 10.0 ** np.maximum(places, 0))


def update_of(
    at: Forecasts, place: float, value: float, names: Mapping[str, str]
) -> dict[str, list[Any]]:
    """What changes the first traces to another origin: attribute -> a value for each of them."""
    lines = _lines(at, names)
    xs, ys = [*lines[0], [place]], [*lines[1], [value]]
    if at.gradient is None:
        return {"x": xs, "y": ys}
    gradient = at.gradient.round(4).tolist()
    return {
        "x": [*xs, xs[0]],
        "y": [*ys, gradient],
        "marker.color": [*(None for _ in xs), gradient],  # to Plotly: as it was
    }


def error_by_horizon(
    look: Look,
    errors: Mapping[str, np.ndarray],
    names: Mapping[str, str],
    *,
    cell: str,
    spread: tuple[str, float],
) -> go.Figure:
    """The RMSE of each method, float (horizon,), against the steps ahead.

    names, cell: as in ``forecast_explorer``. spread: name and height of a line for the held-out
    part's own standard deviation, what a forecast of its mean would err by.
    """
    figure = look.figure()
    for name, values in errors.items():
        figure.add_scatter(
            x=list(range(1, len(values) + 1)),
            y=values,
            name=names[name],
            mode="lines",
            line=_line(look, name, cell),
            hovertemplate="%{x}: %{y:.3g}<extra>%{fullData.name}</extra>",
        )
    line = {"color": look.quiet, "dash": "dashdot", "width": 1}
    labels.reference(look, figure, spread[1], spread[0], line)
    longest = max(len(values) for values in errors.values())
    figure.update_xaxes(dtick=1 if longest <= _FEW else None)
    figure.update_yaxes(rangemode="tozero", nticks=6)
    return _with_legend(figure, -0.28)


def shared_rule(
    look: Look,
    numbers: np.ndarray,
    shown: int,
    length: int,
    continuations: Mapping[str, np.ndarray],
    gradient: np.ndarray | None,
    names: Mapping[str, str],
    words: Mapping[str, str],
    *,
    cell: str,
) -> go.Figure:
    """Sequences one after the other, the last of them continued by each method.

    numbers: float (n,), the examples of ``length`` numbers each and what the new one begins with.
    shown: how many of them belong to the examples. continuations: method -> float (some,), what
    follows. gradient: float (n,), of the network's first number, None if there is no network.
    names, words, cell: as in ``forecast_explorer``.
    """
    rows = 1 if gradient is None else 2
    figure = look.panels(rows=rows, row_heights=[1] if rows == 1 else [0.65, 0.35])
    for first in range(0, len(numbers), length):
        part = numbers[first : first + length]
        new = first >= shown
        figure.add_scatter(
            x=list(range(first + 1, first + 1 + len(part))),
            y=part,
            name=words["came" if new else "read"],
            mode="lines+markers+text",
            text=[f"{x:g}" for x in part],
            textposition="top center",
            line={"color": look.ink, "width": 2, "dash": "solid"},
            marker={"size": 9, "color": look.ink, "symbol": "diamond" if new else "circle"},
            showlegend=first in (0, shown),
            hoverinfo="skip",
            cliponaxis=False,
            row=1,
            col=1,
        )
    for name, values in continuations.items():
        figure.add_scatter(
            x=list(range(len(numbers), len(numbers) + 1 + len(values))),
            y=[numbers[-1], *values],
            name=names[name],
            mode="lines+markers+text" if name == "network" else "lines",
            text=["", *(f"{x:g}" for x in values)],
            textposition="bottom center",
            line=_line(look, name, cell),
            marker={"size": 10},
            hovertemplate="%{y:.4g}",
            cliponaxis=False,
            row=1,
            col=1,
        )
    if gradient is not None:
        _add_gradient(look, figure, 1, gradient, words["gradient"], row=2)
    end = len(numbers) + max(len(values) for values in continuations.values()) + 0.5
    figure.update_xaxes(range=[0.5, end], dtick=1)
    figure.update_xaxes(title_text=look.x, row=rows, col=1)
    figure.update_yaxes(title_text=look.y, nticks=6, row=1, col=1)
    return _with_legend(figure, -0.2)


def _add_gradient(
    look: Look, figure: go.Figure, first: int, gradient: np.ndarray, y_title: str, row: int
):
    """Bars of the gradient from the place ``first`` on, coloured by sign and size."""
    limit = float(np.abs(gradient).max()) or 1.0
    figure.add_bar(
        x=list(range(first, first + len(gradient))),
        y=gradient,
        marker={
            "color": gradient,
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
    figure.update_yaxes(title_text=y_title, nticks=4, row=row, col=1)


def _with_legend(figure: go.Figure, y: float) -> go.Figure:
    """With the legend beneath the figure."""
    return figure.update_layout(
        showlegend=True,
        legend={"y": y, "yanchor": "top", "font": {"size": 13}},
        margin={"b": 70},
    )


def _line(look: Look, name: str, cell: str) -> dict[str, Any]:
    """The network stands out; each baseline has its dash."""
    if name == "network":
        return {"color": look.colour(cell), "width": 3, "dash": "solid"}
    return {"color": look.colour("baseline"), "width": 1.75, "dash": _DASHES[name]}


def _lines(at: Forecasts, names: Mapping[str, str]) -> tuple[list[list[int]], list[list[float]]]:
    """Places and values of what was read, of what came, and of each method's forecast."""
    after = list(range(len(at.truth)))
    ys = [at.read, at.truth, *(at.by_method[name] for name in names)]
    xs = [list(range(-len(at.read), 0)), *([after] * (len(ys) - 1))]
    return xs, [values.tolist() for values in ys]
