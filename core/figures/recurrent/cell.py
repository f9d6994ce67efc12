"""The output of a small cell over time, beside what it would be otherwise."""

from collections.abc import Mapping
from typing import Any

import numpy as np
import plotly.graph_objects as go

from core.figures import style
from core.figures.style import Look

_DASHES = ("dash", "dot")


def outputs_over_time(
    look: Look, outputs: np.ndarray, others: Mapping[str, np.ndarray], *, cell: str, now: str
) -> go.Figure:
    """Lines over the steps. outputs: float (time,); others: name -> float (time,), dashed.

    cell: "rnn", "lstm" or "gru", for its colour and marker.
    now: what the first line is called where there are others.
    """
    figure = look.figure()

    def add_line(name: str, values: np.ndarray, line: dict[str, Any], marker: dict[str, Any]):
        figure.add_scatter(
            x=list(range(1, len(values) + 1)),
            y=[round(float(value), 6) for value in values],
            name=name,
            mode="lines+markers",
            line=line,
            marker=marker,
            hovertemplate="%{x}: %{y:.3f}",
        )

    for (name, values), dash in zip(others.items(), _DASHES, strict=False):
        line = {"color": look.quiet, "dash": dash, "width": 2}
        add_line(name, values, line, {"symbol": "circle-open", "size": 6})
    line = {"color": look.colour(cell), "width": 3}
    add_line(now, outputs, line, {"symbol": style.MARKERS[cell], "size": 9})
    longest = max(len(outputs), *(len(values) for values in others.values()), 1)
    figure.update_xaxes(dtick=1, range=[0.6, longest + 0.4])
    figure.update_yaxes(rangemode="tozero")
    if others:
        figure.update_layout(showlegend=True, margin={"t": 76}, legend={"x": 1, "xanchor": "right"})
    return figure
