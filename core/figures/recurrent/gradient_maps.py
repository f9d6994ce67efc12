"""Where the gradient comes from and how it changes in training: a panel a cell."""

from collections.abc import Mapping, Sequence

import numpy as np
import plotly.graph_objects as go

from core.figures import style
from core.figures.style import Look

_HEAT = (-6.0, 1.0)  # powers of ten that the colours of a heat map span


def contribution_bands(
    look: Look, shares: Mapping[str, np.ndarray], names: Mapping[str, str], groups: Sequence[str]
) -> go.Figure:
    """Of the gradient at each step, what comes from which later loss: bands, a panel a cell.

    shares: cell -> (groups, time), summing to 1 at each step. groups: their names, near to far.
    """
    figure = _panels(look, {cell: names[cell] for cell in shares})
    colours = look.shades(len(groups))
    for column, (cell, parts) in enumerate(shares.items(), start=1):
        steps = np.arange(1, parts.shape[1] + 1)
        for group, part, colour in zip(groups, parts, colours, strict=True):
            figure.add_scatter(
                x=steps,
                y=100 * part,
                name=group,
                legendgroup=group,
                showlegend=column == 1,
                stackgroup=cell,
                mode="lines",
                line={"width": 0.4, "color": look.page},
                fillcolor=colour,
                hovertemplate="%{y:.0f}%<extra>%{fullData.name}</extra>",
                row=1,
                col=column,
            )
    figure.update_yaxes(range=[0, 100])
    figure.update_yaxes(ticksuffix="%", row=1, col=1)
    return figure.update_layout(
        showlegend=True,
        legend={
            "orientation": "h",
            "x": 0,
            "y": 0,
            "yref": "container",
            "yanchor": "bottom",
            "traceorder": "normal",
        },
    )


def power_maps(
    look: Look,
    norms: Mapping[str, np.ndarray],
    names: Mapping[str, str],
    *,
    colour_title: str,
    y: Sequence[int],
    hover: str,
) -> go.Figure:
    """Powers of ten by step t, from 1 (across), a panel a cell.

    norms: cell -> (rows, time), NaN where there is nothing. y: the rows' numbers. hover: what a
    place says, as a ``hovertemplate``.
    """
    figure = _panels(look, {key: names[key] for key in norms})
    for column, (key, values) in enumerate(norms.items(), start=1):
        figure.add_heatmap(
            x=np.arange(1, values.shape[1] + 1),
            y=list(y),
            z=np.clip(values, *_HEAT),
            coloraxis="coloraxis",
            hovertemplate=f"{hover}<extra>{names[key]}</extra>",
            row=1,
            col=column,
        )
    figure.update_yaxes(showgrid=False)
    ticks = list(range(int(_HEAT[0]), int(_HEAT[1]) + 1))
    return figure.update_coloraxes(
        colorscale=style.SEQUENTIAL,
        cmin=_HEAT[0],
        cmax=_HEAT[1],
        colorbar={
            "title": {"text": colour_title, "side": "right"},
            "tickvals": ticks,
            "ticktext": [f"10<sup>{tick}</sup>" for tick in ticks],
            "thickness": 14,
        },
    )


def epoch_maps(
    look: Look,
    norms: Mapping[str, np.ndarray],
    names: Mapping[str, str],
    epochs: Sequence[int],
    *,
    colour_title: str,
    at: float | None = None,
    y_end: float | None = None,
) -> go.Figure:
    """The gradient's norm by epoch (up) and step (across), a panel a cell.

    norms: cell -> powers of ten, (epochs, time). epochs: the rows' numbers; 0 is the start.
    at: the epoch that is looked at. y_end: the last epoch that there will be.
    """
    figure = power_maps(
        look,
        norms,
        names,
        colour_title=colour_title,
        y=epochs,
        hover="t = %{x}: 10<sup>%{z:.1f}</sup>",
    )
    figure.update_yaxes(range=[-0.5, (y_end or max(epochs, default=1)) + 0.5])
    if at is not None:
        figure.add_hline(at, line={"color": look.page, "width": 2, "dash": "dot"})
    return figure


def _panels(look: Look, titles: Mapping[str, str]) -> go.Figure:
    """A panel a key, its title in its cell's colour; "lstm_cell" is of the LSTM."""
    figure = look.panels(
        rows=1,
        cols=len(titles),
        shared_yaxes=True,
        horizontal_spacing=0.03,
        subplot_titles=list(titles.values()),
    )
    for annotation, key in zip(figure.select_annotations(), titles, strict=True):
        annotation.font = {"color": look.colour(key.split("_")[0]), "size": 17}
    figure.update_layout(margin_t=84)
    figure.update_xaxes(title_text=look.x, nticks=4)
    return figure.update_yaxes(title_text=look.y, row=1, col=1)
