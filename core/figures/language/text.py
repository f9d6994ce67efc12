"""What a language model expects of the next character, and what counting alone achieves."""

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
import plotly.graph_objects as go

from core.figures.labels import upright
from core.figures.style import Look, named_ticks


def next_character(
    look: Look,
    labels: Sequence[str],
    panels: Mapping[str, tuple[np.ndarray, Sequence[str]]],
    chosen: int | None,
    *,
    cell: str,
) -> go.Figure:
    """Two rows of bars side by side: expected, and left to draw from.

    labels: a name for each row, the first on top, the last for all others together. panels: title
    -> the rows' probabilities, float (rows,), and their words. chosen: the row that was drawn,
    which stands out. cell: "rnn", "lstm" or "gru".
    """
    figure = look.panels(
        cols=2,
        shared_yaxes=True,
        horizontal_spacing=0.06,
        subplot_titles=list(panels),
    )
    rows = list(range(len(labels)))
    colours = [look.colour(cell)] * (len(rows) - 1) + [look.quiet]
    if chosen is not None:
        colours[chosen] = look.colour("rnn" if cell != "rnn" else "lstm")
    for col, (probabilities, words) in enumerate(panels.values(), start=1):
        figure.add_bar(
            x=100 * probabilities,
            y=rows,
            orientation="h",
            marker={"color": colours},
            text=words,
            textposition="outside",
            textfont={"color": look.quiet, "size": 13},
            cliponaxis=False,
            customdata=labels,
            hovertemplate="%{customdata}: %{text}<extra></extra>",
            row=1,
            col=col,
        )
    most = max(100 * float(probabilities.max()) for probabilities, _words in panels.values())
    figure.update_xaxes(range=[0, 1.2 * most], title_text=look.x, nticks=4, ticksuffix="%")
    figure.update_yaxes(
        autorange="reversed", showgrid=False, ticklabelstandoff=6, **named_ticks(labels)
    )
    figure.update_annotations(font={"size": 15, "color": look.quiet}, x=0, xanchor="left")
    layout: Any = figure.layout  # plotly makes its attributes while it runs
    for annotation, axis in zip(layout.annotations, ("xaxis", "xaxis2"), strict=True):
        annotation.x = layout[axis].domain[0]
    return figure.update_layout(bargap=0.25, margin_t=80)


def bits_by_order(
    look: Look,
    orders: Sequence[int],
    counted: Mapping[str, Sequence[float]],
    network: tuple[str, float],
    *,
    cell: str,
) -> go.Figure:
    """Bits per character of n-gram models by their order, and of a network as a line across.

    counted: what was counted -> bits for each of ``orders``. network: its name and its bits.
    """
    figure = look.figure()
    for (name, bits), symbol in zip(counted.items(), ("circle", "circle-open"), strict=False):
        figure.add_scatter(
            x=list(orders),
            y=list(bits),
            name=name,
            mode="lines+markers",
            line=look.line("baseline", 2),
            marker={"symbol": symbol, "size": 9, "color": look.quiet},
            hovertemplate="%{x}: %{y:.2f}<extra>%{fullData.name}</extra>",
        )
    figure.add_scatter(
        x=[orders[0], orders[-1]],
        y=[network[1]] * 2,
        name=network[0],
        mode="lines",
        line=look.line(cell, 3),
        hovertemplate="%{y:.2f}<extra>%{fullData.name}</extra>",
    )
    figure.update_xaxes(dtick=1, range=[orders[0] - 0.25, orders[-1] + 0.25])
    figure.update_yaxes(rangemode="normal")
    # The curves fall from the left: the upper right corner is free.
    corner = {"x": 1, "xanchor": "right", "y": 1, "yanchor": "top"}
    legend = {"orientation": "v", "bgcolor": "rgba(0, 0, 0, 0)", **corner}
    return figure.update_layout(showlegend=True, legend=legend)


def share_by_epoch(
    look: Look,
    epochs: np.ndarray,
    share: np.ndarray,
    *,
    cell: str,
    x_end: float,
    at: float | None = None,
) -> go.Figure:
    """A share, float (epochs,) from 0 to 1, at the end of each epoch. at: the epoch looked at."""
    figure = look.figure()
    figure.add_scatter(
        x=epochs,
        y=100 * share,
        mode="lines+markers",
        line=look.line(cell),
        marker=look.marker(cell, 6),
        hovertemplate="%{x}: %{y:.0f}%<extra></extra>",
    )
    figure.update_xaxes(range=[0, x_end])
    figure.update_yaxes(range=[0, 104], ticksuffix="%", dtick=25)
    if at is not None:
        upright(figure, at, line={"color": look.accent, "width": 1.5})
    return figure
