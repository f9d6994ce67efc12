"""The output of a small cell over time, beside what it would be otherwise."""

from collections.abc import Mapping

import numpy as np
import plotly.graph_objects as go

from core.figures import style
from core.figures.style import Look

_DASHES = ("dash", "dot")


def outputs_over_time(
    look: Look, outputs: np.ndarray, others: Mapping[str, np.ndarray], *, cell: str, now: str
) -> go.Figure:
    """Lines over the steps. outputs: float (time,); others: name -> float (time,), dashed.

    theme: "light" or "dark"; cell: "rnn", "lstm" or "gru", for its colour and marker.
    now: what the first line is called where there are others.
    """
    quiet, own = look.quiet, look.colour(cell)
    lines = [
        {
            "type": "scatter",
            "x": list(range(1, len(values) + 1)),
            "y": [round(float(value), 6) for value in values],
            "name": name,
            "mode": "lines+markers",
            "line": {"color": quiet, "dash": dash, "width": 2},
            "marker": {"symbol": "circle-open", "size": 6},
            "hovertemplate": "%{x}: %{y:.3f}",
        }
        for (name, values), dash in zip(others.items(), _DASHES, strict=False)
    ]
    lines.append(
        {
            "type": "scatter",
            "x": list(range(1, len(outputs) + 1)),
            "y": [round(float(value), 6) for value in outputs],
            "name": now,
            "mode": "lines+markers",
            "line": {"color": own, "width": 3},
            "marker": {"symbol": style.MARKERS[cell], "size": 9},
            "hovertemplate": "%{x}: %{y:.3f}",
        }
    )
    figure = go.Figure({"data": lines})
    look.apply(figure)
    longest = max(len(outputs), *(len(values) for values in others.values()), 1)
    figure.update_xaxes(title_text=look.x, dtick=1, range=[0.6, longest + 0.4])
    figure.update_yaxes(title_text=look.y, rangemode="tozero")
    if others:
        figure.update_layout(showlegend=True, margin={"t": 76}, legend={"x": 1, "xanchor": "right"})
    return figure
