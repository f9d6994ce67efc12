"""Questions to a calculator as points and bars: where it fails, and where its states lie."""

from collections.abc import Mapping, Sequence

import numpy as np
import plotly.graph_objects as go

from core.figures import style
from core.figures.style import Look

_SYMBOLS = ("x", "circle-open")


def wrong_in_the_plane(
    look: Look,
    wrong: Mapping[str, tuple[np.ndarray, np.ndarray]],
    labels: Mapping[str, Sequence[str]],
    end: int,
) -> go.Figure:
    """Questions that were answered wrongly, each at its operands.

    wrong: name of a group -> first and second operands, (n,) each; the first group stands out.
    labels: of each point, for who hovers. end: the axes go from 0 to here.
    """
    figure = look.figure()
    colours = (look.colour("rnn"), look.accent)
    for (name, (first, second)), symbol, colour in zip(
        wrong.items(), _SYMBOLS, colours, strict=True
    ):
        figure.add_scatter(
            x=first,
            y=second,
            mode="markers",
            name=name,
            text=list(labels[name]),
            marker={"symbol": symbol, "size": 6, "color": colour, "line": {"width": 1}},
            hovertemplate="%{text}<extra>%{fullData.name}</extra>",
        )
    room = 0.02 * end
    figure.update_xaxes(range=[-room, end + room], showgrid=True)
    figure.update_yaxes(range=[-room, end + room])
    return _with_legend(figure)


def shares_by_group(
    look: Look,
    shares: Mapping[str, Sequence[float]],
    groups: Sequence[str],
    hover: Mapping[str, Sequence[str]],
    *,
    top: float | None = None,
) -> go.Figure:
    """Bars of shares in percent, beside each other for each of ``groups``.

    shares: what -> a share from 0 to 1 for each group. hover: what -> words for each bar.
    top: where the axis ends, a share.
    """
    figure = look.figure()
    colours = (look.colour("rnn"), look.accent)
    patterns = ("/", "")
    for (name, values), colour, pattern in zip(shares.items(), colours, patterns, strict=False):
        figure.add_bar(
            x=list(groups),
            y=[100 * value for value in values],
            name=name,
            marker={
                "color": colour,
                "pattern": {"shape": pattern if len(shares) > 1 else "", "size": 6},
            },
            customdata=list(hover[name]),
            hovertemplate="%{customdata}<extra>%{fullData.name}</extra>",
        )
    figure.update_xaxes(type="category", tickangle=0)
    figure.update_yaxes(ticksuffix=" %", rangemode="tozero", nticks=6)
    if top is not None:
        figure.update_yaxes(range=[0, 104 * top])
    figure.update_layout(barmode="group", bargap=0.25)
    return _with_legend(figure) if len(shares) > 1 else figure


def states_in_the_plane(
    look: Look, points: np.ndarray, values: np.ndarray, labels: Sequence[str], *, colour_title: str
) -> go.Figure:
    """Hidden states on two principal components, (n, 2), coloured by a number of each, (n,).

    labels: of each point, for who hovers.
    """
    figure = look.figure()
    figure.add_scatter(
        x=points[:, 0],
        y=points[:, 1],
        mode="markers",
        text=list(labels),
        marker={
            "size": 9,
            "color": values,
            "colorscale": style.SEQUENTIAL,
            "colorbar": {
                "title": {"text": colour_title, "font": {"size": 13, "color": look.quiet}},
                "thickness": 10,
                "outlinewidth": 0,
                "tickfont": {"color": look.quiet, "size": 12},
            },
            "line": {"width": 0.5, "color": look.quiet},
        },
        hovertemplate="%{text}<extra></extra>",
    )
    figure.update_xaxes(showgrid=True)
    return figure


def _with_legend(figure: go.Figure) -> go.Figure:
    return figure.update_layout(showlegend=True, margin_t=84)
