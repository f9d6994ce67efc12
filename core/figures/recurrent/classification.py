"""Classes and groups: confusions, where a network looked, what differs, what clusters share."""

from collections.abc import Mapping, Sequence

import numpy as np
import plotly.graph_objects as go

from core.figures import labels, style
from core.figures.cells import write_cells
from core.figures.style import Look, named_ticks

_LARGE = 6  # classes whose counts have room for a large type
_FEW = 20  # columns that have room for a number each


def confusion_matrix(
    look: Look, confusion: np.ndarray, classes: Sequence[str], *, hover: str
) -> go.Figure:
    """Counts, int (classes, classes), a row a true class: numbers on shares of the row.

    hover: with {true}, {said} and {count}.
    """
    figure = look.figure()
    share = confusion / np.maximum(1, confusion.sum(1, keepdims=True))
    places = list(range(len(classes)))
    hovers = [
        [hover.format(true=classes[i], said=classes[j], count=int(confusion[i, j])) for j in places]
        for i in places
    ]
    figure.add_heatmap(
        z=share,
        x=places,
        y=places,
        zmin=0,
        zmax=1,
        colorscale=[[0, look.page], [1, look.colour("lstm")]],
        showscale=False,
        customdata=hovers,
        hovertemplate="%{customdata}<extra></extra>",
        xgap=2,
        ygap=2,
    )
    write_cells(figure, confusion, size=18 if len(classes) <= _LARGE else 13)
    ticks = {**named_ticks(classes), "showgrid": False}
    figure.update_xaxes(showline=False, **ticks)
    return figure.update_yaxes(autorange="reversed", **ticks)


def over_steps(
    look: Look,
    steps: np.ndarray,
    curves: Sequence[tuple[str, np.ndarray]],
    *,
    mark: tuple[float, str] | None = None,
    bars: bool = False,
) -> go.Figure:
    """A quantity of each class along the sequence.

    steps: where each step is, (steps,). curves: a class's name and its values (steps,). mark: a
    place to be pointed out, and its name. bars: bars instead of lines, for a single curve.
    """
    figure = look.figure()
    shades = ("lstm", "rnn", "gru", "autoencoder", "pca")
    for i, (name, values) in enumerate(curves):
        shade = shades[i % len(shades)]
        if bars:
            figure.add_bar(x=steps, y=values, name=name, marker={"color": look.colour(shade)})
        else:
            figure.add_scatter(x=steps, y=values, name=name, mode="lines", line=look.line(shade))
    figure.update_traces(hovertemplate="%{x}: %{y:.3g}<extra>%{fullData.name}</extra>")
    if mark:
        place, name = mark
        labels.upright(
            figure,
            place,
            line={"color": look.quiet, "dash": "dot", "width": 1.5},
            annotation=look.note(
                name, name=labels.VERTICAL, xanchor="center", yanchor="bottom", y=1
            ),
        )
    figure.update_yaxes(rangemode="tozero")
    figure.update_layout(showlegend=False, bargap=0.15)
    if len(curves) > 1:
        figure.update_layout(showlegend=True, margin_t=84, legend={"y": 1.09})
    return figure


def letter_grid(
    look: Look,
    values: np.ndarray,
    rows: Sequence[str],
    columns: Sequence[str],
    *,
    unit: str,
    signed: bool = False,
    most: float | None = None,
    x: Sequence[float] | None = None,
) -> go.Figure:
    """A heat map, float (rows, columns); signed: diverging around 0. most: end of the scale.

    x: where the columns stand; by default 0, 1, 2 ... under their names. unit: of the values.
    """
    figure = look.figure()
    top = most or float(np.nanmax(np.abs(values))) or 1.0
    places = list(x) if x is not None else list(range(len(columns)))
    figure.add_heatmap(
        z=values,
        x=places,
        y=list(range(len(rows))),
        zmin=-top if signed else 0,
        zmax=top,
        colorscale=style.DIVERGING[look.theme] if signed else style.SEQUENTIAL,
        colorbar={"thickness": 12, "title": {"text": unit, "side": "right"}, "nticks": 5},
        customdata=[[f"{row}, {column}" for column in columns] for row in rows],
        hovertemplate="%{customdata}: %{z:.2f}<extra></extra>",
    )
    figure.update_yaxes(autorange="reversed", showgrid=False, **named_ticks(rows))
    figure.update_xaxes(showline=False)
    if x is None:
        figure.update_xaxes(**named_ticks(columns))
    elif len(places) <= _FEW:
        figure.update_xaxes(dtick=1)
    return figure


def cluster_map(
    look: Look,
    points: np.ndarray,
    groups: np.ndarray,
    names: Sequence[str],
    *,
    texts: Sequence[str],
) -> go.Figure:
    """Points (n, 2) in the plane, coloured and marked by group, int (n,). texts: one for each.

    A point's ``customdata`` is its number.
    """
    figure = look.figure()
    symbols = ("circle", "square", "triangle-up", "diamond", "x", "cross", "star", "hexagon")
    colours = [style.CLASSES[look.theme][i] for i in (0, 5, 2, 6, 1, 7, 4, 9)]
    for group, name in enumerate(names):
        members = np.flatnonzero(groups == group)
        figure.add_scattergl(
            x=points[members, 0],
            y=points[members, 1],
            name=name,
            mode="markers",
            marker={
                "color": colours[group],
                "symbol": symbols[group],
                "size": 7,
                "opacity": 0.75,
                "line": {"width": 0.5, "color": look.page},
            },
            customdata=members,
            text=[texts[i] for i in members.tolist()],
            hovertemplate="%{text}<extra>%{fullData.name}</extra>",
        )
    figure.update_xaxes(showgrid=False)
    return figure.update_layout(showlegend=True, margin_t=84)


def score_bars(
    look: Look,
    scores: Sequence[tuple[str, float, str, str]],
    *,
    share: bool = True,
    most: float | None = None,
) -> go.Figure:
    """Scores from 0 to 1 side by side: name, value, whose colour it has, and the value in words.

    share: the axis is in percent. most: the highest possible, of what is no share.
    """
    figure = look.figure()
    unit = 100 if share and most is None else 1
    figure.add_bar(
        x=[unit * value for _, value, _, _ in scores],
        y=[name for name, _, _, _ in scores],
        orientation="h",
        marker={"color": [look.colour(colour) for _, _, colour, _ in scores]},
        text=[text for _, _, _, text in scores],
        textposition="outside",
        cliponaxis=False,
        hovertemplate="%{y}: %{text}<extra></extra>",
    )
    figure.update_yaxes(autorange="reversed", showgrid=False)
    if most is not None:
        return figure.update_xaxes(range=[0, 1.15 * most])
    return figure.update_xaxes(
        range=[0, 1.15 * unit],
        tickvals=[unit * value for value in (0, 0.25, 0.5, 0.75, 1)],
        ticksuffix="%" if share else "",
    )


def seeds_by_setting(
    look: Look,
    shares: Mapping[str, Sequence[float]],
    *,
    reference: tuple[str, float],
    own: tuple[int, float, str] | None = None,
) -> go.Figure:
    """Shares of several seeds, a column a setting: a dot each, and a bar at their mean.

    shares: a setting's name -> a share a seed. reference: a name and its share, as a line across.
    own: a column, a share and a name, of what stands beside them.
    """
    figure = look.figure()
    for place, (name, some) in enumerate(shares.items()):
        spots = place + np.linspace(-0.12, 0.12, len(some))
        figure.add_scatter(
            x=spots,
            y=some,
            name=name,
            mode="markers",
            marker={"color": look.colour("gru"), "size": 9, "opacity": 0.6},
            hovertemplate="%{y:.1%}<extra>%{fullData.name}</extra>",
        )
        mean = float(np.mean(some))
        figure.add_scatter(
            x=[place - 0.25, place + 0.25],
            y=[mean, mean],
            mode="lines",
            line={"color": look.colour("gru"), "width": 4},
            hoverinfo="skip",
        )
    if own:
        place, share, name = own
        figure.add_scatter(
            x=[place + 0.32],
            y=[share],
            name=name,
            mode="markers+text",
            text=[name],
            textposition="top left",
            marker={"color": look.colour("lstm"), "size": 13, "symbol": "star"},
            hovertemplate="%{y:.1%}<extra>%{fullData.name}</extra>",
        )
    name, share = reference
    labels.reference(look, figure, share, name, look.line("baseline", 1.5))
    figure.update_xaxes(
        range=[-0.5, len(shares) - 0.5], showgrid=False, **named_ticks(list(shares))
    )
    drawn = [share, *(value for some in shares.values() for value in some)]
    room = 0.1 * (max(drawn) - min(drawn))
    figure.update_yaxes(tickformat=".0%", range=[min(drawn) - room, max(drawn) + room])
    return figure.update_layout(showlegend=False)
