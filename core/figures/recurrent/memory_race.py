"""The figures of the race on the memory tasks: its scores over time, and its limits by length."""

from collections.abc import Mapping

import numpy as np
import plotly.graph_objects as go

from core.figures import style
from core.figures.recurrent.memory import COLOUR, with_room_for_legend
from core.figures.style import Look
from core.figures.training import Line, loss_curve

_LOG_TICKS = [0.005, 0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1, 2]


def race(
    look: Look,
    curves: Mapping[str, tuple[np.ndarray, np.ndarray]],
    names: Mapping[str, str],
    *,
    references: Mapping[str, float],
    at: Mapping[str, tuple[float, float]] | None = None,
    behind: Mapping[str, tuple[np.ndarray, np.ndarray]] | None = None,
    log_y: str = "",
    x_end: float | None = None,
) -> go.Figure:
    """Scores over each cell's own seconds of training. curves: cell -> (seconds, score).

    at: where each cell stands at the epoch that is looked at. behind: another race, thin.
    """
    lines = [
        Line(names[cell], x, y, COLOUR[cell], faint=True) for cell, (x, y) in (behind or {}).items()
    ]
    lines += [
        Line(names[cell], x, y, COLOUR[cell], style.DASHES[COLOUR[cell]])
        for cell, (x, y) in curves.items()
    ]
    figure = loss_curve(look, lines, references=references, log_y=log_y, x_end=x_end)
    for cell, (x, y) in (at or {}).items():
        figure.add_scatter(
            x=[x],
            y=[y],
            mode="markers",
            name=names[cell],
            showlegend=False,
            marker={
                "color": look.colour(COLOUR[cell]),
                "symbol": style.MARKERS[COLOUR[cell]],
                "size": 11,
            },
            hovertemplate="%{y:.3g}<extra>%{fullData.name}</extra>",
        )
    return with_room_for_legend(_with_few_ticks(figure, log_y))


def score_by_length(
    look: Look,
    curves: Mapping[str, tuple[np.ndarray, np.ndarray]],
    names: Mapping[str, str],
    *,
    references: Mapping[str, float],
    at: float | None = None,
    log_y: str = "",
) -> go.Figure:
    """A score by length. curves: cell -> (lengths, scores). at: the length that is looked at."""
    lines = [
        Line(names[cell], x, y, COLOUR[cell], style.DASHES[COLOUR[cell]])
        for cell, (x, y) in curves.items()
    ]
    figure = loss_curve(
        look,
        lines,
        references=references,
        log_y=log_y,
        at=at,
        x_end=1.04 * max((float(x[-1]) for x, _ in curves.values()), default=1.0),
    )
    for cell, (x, y) in curves.items():
        colour = look.colour(COLOUR[cell])
        figure.add_scatter(
            x=x,
            y=y,
            mode="markers",
            name=names[cell],
            showlegend=False,
            marker={"color": colour, "symbol": style.MARKERS[COLOUR[cell]], "size": 9},
            hovertemplate="%{y:.3g}<extra>%{fullData.name}</extra>",
        )
    figure.update_layout(meta={"alt": look.alt})
    return with_room_for_legend(_with_few_ticks(figure, log_y))


def _with_few_ticks(figure: go.Figure, log_y: str) -> go.Figure:
    """Numbers that can be read on a logarithmic axis; the whole range of shares on another."""
    if log_y:
        return figure.update_yaxes(tickmode="array", tickvals=_LOG_TICKS)
    return figure.update_yaxes(range=[0, 1.15], tickmode="array", tickvals=[0, 0.25, 0.5, 0.75, 1])
