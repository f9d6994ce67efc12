"""A series and what is told from one place on; the place can be moved."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import plotly.graph_objects as go
from plotly.subplots import make_subplots

from core.figures.recurrent.forecasting import Words, add_gradient, line_of, with_legend
from core.figures.style import Look

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


def forecast_explorer(
    look: Look,
    places: np.ndarray,
    values: np.ndarray,
    told: np.ndarray | None,
    chosen: float,
    at: Forecasts,
    names: Mapping[str, str],
    colours: Mapping[str, str],
    words: Words,
    *,
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
    for trace in _moving(look, at, names, colours, words):
        figure.add_trace(trace, row=2, col=1)
    figure.add_scatter(
        x=[chosen],
        y=[values[int(np.searchsorted(places, chosen))]],
        mode="markers",
        marker={
            "color": look.accent,
            "size": 12,
            "line": {"color": look.ink, "width": 1},
        },
        hoverinfo="skip",
        showlegend=False,
        row=1,
        col=1,
    )
    if at.looked is not None:
        add_gradient(look, figure, list(range(-len(at.read), 0)), at.looked, words, row=3)
    _add_series(look, figure, places, values, told, colours, words, cut, times)
    figure = look.apply(figure)
    figure.update_xaxes(title_text=words.series, row=1, col=1)
    figure.update_yaxes(nticks=4, row=1, col=1)
    figure.update_yaxes(title_text=words.value, nticks=6, row=2, col=1)
    for row in range(2, rows + 1):
        figure.update_xaxes(range=[-len(at.read) - 0.5, len(at.truth) - 0.5], row=row, col=1)
    figure.update_xaxes(title_text=words.steps, row=rows, col=1)
    figure.update_layout(bargap=0.15)
    return with_legend(figure, -0.14)


def _add_series(look: Look, figure, places, values, told, colours, words, cut, times):
    """The upper panel: the series, the values told one step ahead, where the held-out part is."""
    quiet = look.quiet
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
            line={"color": look.colour(colours["network"]), "width": 1},
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


def _moving(look: Look, at, names, colours, words):
    """The lines that change with the origin."""
    ink = look.ink
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
            line=line_of(look, name, colours),
            hovertemplate="%{y:.4g}",
        )
