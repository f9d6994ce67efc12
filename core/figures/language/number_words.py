"""The figures of numbers in words: what is right by length, and where a network looks."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import plotly.graph_objects as go

from core.figures import labels, style
from core.figures.cells import write_cells
from core.figures.style import Look, named_ticks

_PRINTED = 6  # with so few places on a side, each weight is printed in its cell


@dataclass(frozen=True)
class ByLength:
    """A network's share of right answers, group -> 0..1. model: a name of ``style.COLOURS``."""

    name: str
    shares: Mapping[str, float]
    model: str


def right_by_length(
    look: Look, networks: Sequence[ByLength], counts: Mapping[str, int], *, numbers_name: str
) -> go.Figure:
    """The share of right answers by the letters of the number, a line a network.

    counts: group -> how many numbers were tried, in the order in which they are drawn.
    numbers_name: words for what is counted, for the hover.
    """
    figure = look.figure()
    groups = list(counts)
    ends = []
    for network in networks:
        own = [group for group in groups if group in network.shares]
        colour = look.colour(network.model)
        symbol = "circle" if network.model != "baseline" else "circle-open"
        figure.add_scatter(
            x=own,
            y=[100 * network.shares[group] for group in own],
            name=network.name,
            mode="lines+markers",
            line=look.line(network.model),
            marker={"symbol": symbol, "size": 9, "color": colour},
            customdata=[counts[group] for group in own],
            hovertemplate=f"%{{x}}: %{{y:.1f}}%, %{{customdata}} {numbers_name}"
            "<extra>%{fullData.name}</extra>",
        )
        if own:
            last = 100 * network.shares[own[-1]]
            ends.append(labels.End(network.name, groups.index(own[-1]), last, colour))
    low, high = -4, 106
    labels.end_labels(figure, ends, low, high)
    figure.update_xaxes(
        type="category",
        categoryorder="array",
        categoryarray=groups,
        range=[-0.3, len(groups) - 0.7],
    )
    return figure.update_yaxes(range=[low, high], ticksuffix="%", dtick=25)


def weights_map(
    look: Look, weights: np.ndarray, rows: Sequence[str], columns: Sequence[str], *, bar_title: str
) -> go.Figure:
    """Attention weights, (rows, columns), from 0 to 1, with a character at each row and column."""
    figure = look.figure()
    figure.add_heatmap(
        z=100 * weights,
        zmin=0,
        zmax=100,
        colorscale=style.SEQUENTIAL,
        xgap=1,
        ygap=1,
        colorbar={
            "title": {"text": bar_title, "side": "right"},
            "thickness": 12,
            "outlinewidth": 0,
            "tickvals": [0, 50, 100],
            "ticktext": ["0%", "50%", "100%"],
        },
        customdata=[[f"{row} → {column}" for column in columns] for row in rows],
        hovertemplate="%{customdata}: %{z:.0f}%<extra></extra>",
    )
    if max(weights.shape) <= _PRINTED:
        write_cells(figure, number=".0f", size=15)
    for update, names in ((figure.update_xaxes, columns), (figure.update_yaxes, rows)):
        update(
            **named_ticks(names),
            tickangle=0,
            tickfont={"size": 14 if len(names) <= 50 else 11, "color": look.ink},
            showgrid=False,
            showline=False,
        )
    return figure.update_yaxes(autorange="reversed")
