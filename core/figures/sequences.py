"""Sequences as they are and as arrays; what two networks recall by the length of a sequence."""

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
import plotly.graph_objects as go

from core.figures import labels, style
from core.figures.cells import write_cells
from core.figures.style import Look, named_ticks

_ACROSS = 6  # frames of a film
_MOST_NUMBERS = 260  # cells of an array whose numbers are written into them


def array_map(
    look: Look,
    array: np.ndarray,
    features: Sequence[str],
    *,
    texts: Sequence[Sequence[str]] | None = None,
) -> go.Figure:
    """One sequence of a batch as an array: time to the right, a row a feature.

    array: float (time, features). features: a name each, "" for none. texts: what is written into
    each cell, [feature][time], instead of its number.
    """
    signed = float(array.min()) < 0
    deep = style.DIVERGING_ENDS[look.theme][0]
    most = float(np.abs(array).max()) or 1.0
    named = len(features) <= 32
    figure = look.figure()
    figure.add_heatmap(
        x0=1,
        dx=1,
        z=np.round(array.T, 4),
        zmin=-most if signed else 0.0,
        zmax=most,
        colorscale=style.DIVERGING[look.theme] if signed else [[0, look.page], [1, deep]],
        showscale=False,
        xgap=1 if len(array) <= 60 else 0,
        ygap=1 if named else 0,
        customdata=[[name] * len(array) for name in features],
        hovertemplate="t = %{x}, %{customdata}: %{z}<extra></extra>",
    )
    if texts is not None:
        write_cells(figure, texts)
    elif array.size <= _MOST_NUMBERS and len(array) <= 26:
        write_cells(figure, number=".2~g")
    figure.update_xaxes(showline=False)
    figure.update_yaxes(showgrid=False)
    if named:
        figure.update_yaxes(autorange="reversed", **named_ticks(features))
    return figure


def lines_over_time(
    look: Look,
    x: Sequence[Any],
    curves: Mapping[str, np.ndarray],
    *,
    y_titles: Sequence[str] = (),
    date_format: str = "%Y-%m-%d",
    filled: Mapping[str, np.ndarray] | None = None,
    filled_name: str = "",
) -> go.Figure:
    """Curves over time; with several y titles, each curve on an axis of its own, stacked.

    x: of every curve. curves: name -> values as long as x. y_titles: of stacked axes; a single one
    has that of the look. date_format: of x, if it is dates. filled: name -> where values were made
    up for missing ones, bool, as long as x: hollow points, called filled_name.
    """
    stacked = len(y_titles) > 1
    rows = len(curves) if stacked else 1
    figure = look.panels(rows=rows, shared_xaxes=True, vertical_spacing=0.05)
    colours = [look.accent, *style.CLASSES[look.theme][1:]]
    for k, (name, values) in enumerate(curves.items()):
        figure.add_scatter(
            x=list(x),
            y=np.asarray(values).tolist(),
            name=name,
            mode="lines",
            line={"color": colours[0 if stacked else k], "width": 1.8},
            hovertemplate="%{x}: %{y:.4~g}<extra>" + (name if len(curves) > 1 else "") + "</extra>",
            row=k + 1 if stacked else 1,
            col=1,
        )
        if filled and name in filled:
            places = np.flatnonzero(filled[name])
            figure.add_scatter(
                x=[x[i] for i in places],
                y=np.asarray(values)[places].tolist(),
                name=filled_name,
                mode="markers",
                marker={"color": look.ink, "size": 8, "symbol": "circle-open"},
                hovertemplate=f"%{{x}}: %{{y:.4~g}}<extra>{filled_name}</extra>",
                row=k + 1 if stacked else 1,
                col=1,
            )
    for k, y_title in enumerate(y_titles or [look.y], start=1):
        figure.update_yaxes(title_text=y_title, nticks=4, row=k, col=1)
    figure.update_xaxes(showline=False)
    if isinstance(x[0], str):  # Plotly's own dates speak English
        figure.update_xaxes(tickformat=date_format, hoverformat=date_format, nticks=7)
    figure.update_xaxes(title_text=look.x, showline=True, row=rows, col=1)
    if not stacked and len(curves) > 1:
        figure.update_layout(showlegend=True, margin_t=84)
    return figure


def path(look: Look, points: np.ndarray) -> go.Figure:
    """A path in the plane, float (time, 2), its beginning marked."""
    figure = look.figure()
    figure.add_scatter(
        x=points[:, 0].tolist(),
        y=points[:, 1].tolist(),
        mode="lines+markers",
        line={"color": look.accent, "width": 2},
        marker={"size": [13] + [5] * (len(points) - 1), "color": look.accent},
        text=[str(t) for t in range(1, len(points) + 1)],
        hovertemplate="t = %{text}: %{x:.2f}, %{y:.2f}<extra></extra>",
    )
    return figure.update_xaxes(range=[-1.15, 1.15]).update_yaxes(range=[-1.15, 1.15])


def frames(look: Look, pictures: np.ndarray) -> go.Figure:
    """The frames of a film, float (time, height, width) in [0, 1], in rows of six."""
    figure = look.panels(
        rows=-(-len(pictures) // _ACROSS),
        cols=_ACROSS,
        subplot_titles=[f"t = {t}" for t in range(1, len(pictures) + 1)],
        horizontal_spacing=0.015,
        vertical_spacing=0.14,
    )
    for t, picture in enumerate(pictures):
        figure.add_heatmap(
            z=picture[::-1].round(2).tolist(),
            zmin=0,
            zmax=1,
            colorscale=[[0, style.PANEL[look.theme]], [1, look.ink]],
            showscale=False,
            hoverinfo="skip",
            row=t // _ACROSS + 1,
            col=t % _ACROSS + 1,
        )
    figure.update_xaxes(visible=False, constrain="domain")
    figure.update_yaxes(visible=False, constrain="domain")
    for k in range(1, len(pictures) + 1):
        figure.update_yaxes(scaleanchor=f"x{k if k > 1 else ''}", selector=k - 1)
    figure.update_annotations(font={"size": 12, "color": look.quiet})
    return figure.update_layout(margin_t=84)


def spectrogram_map(
    look: Look, power_db: np.ndarray, seconds: np.ndarray, kilohertz: np.ndarray
) -> go.Figure:
    """Power in dB, float (time, frequencies), over time and frequency."""
    figure = look.figure()
    figure.add_heatmap(
        x=seconds.round(3),
        y=kilohertz.round(3),
        z=power_db.T.round(1),
        colorscale=style.SEQUENTIAL,
        colorbar={"title": {"text": "dB"}, "thickness": 10, "outlinewidth": 0},
        hovertemplate="%{x:.2f} s, %{y:.2f} kHz: %{z:.0f} dB<extra></extra>",
    )
    return figure.update_yaxes(showgrid=False)


def actions_over_time(
    look: Look, seconds: np.ndarray, actions: np.ndarray, names: Sequence[str]
) -> go.Figure:
    """What was done when: a mark for each action, in the row of its kind."""
    figure = look.figure()
    figure.add_scatter(
        x=seconds.tolist(),
        y=actions.tolist(),
        mode="lines+markers",
        line={"color": look.grid, "width": 1.5},
        marker={"size": 12, "color": look.accent},
        text=[names[k] for k in actions],
        hovertemplate="%{x:.0f} s: %{text}<extra></extra>",
    )
    return figure.update_yaxes(range=[len(names) - 0.5, -0.5], **named_ticks(names))


def window_on_rows(
    look: Look,
    symbols: Sequence[Sequence[str]],
    keys: Sequence[int],
    window: int,
    *,
    window_name: str,
) -> go.Figure:
    """Sequences that end together, a row each, their first symbol marked, the window framed.

    symbols: [row][place], "" where nothing stands. keys: the place of each row's first symbol.
    """
    time = len(symbols[0])
    values = [
        [0.0 if not s else 1.0 if place == key else 0.35 for place, s in enumerate(row)]
        for row, key in zip(symbols, keys, strict=True)
    ]
    marked = style.DIVERGING_ENDS[look.theme][1]
    figure = look.figure()
    figure.add_heatmap(
        x=list(range(1 - time, 1)),
        z=values,
        zmin=0,
        zmax=1,
        colorscale=[[0, look.page], [0.35, style.PANEL[look.theme]], [1, marked]],
        showscale=False,
        hoverinfo="skip",
        xgap=2,
        ygap=2,
    )
    write_cells(figure, symbols)
    figure.add_shape(
        type="rect",
        x0=0.5 - min(window, time),
        x1=0.5,
        y0=-0.5,
        y1=len(symbols) - 0.5,
        line={"color": look.accent, "width": 2.5},
    )
    place = {"x": 0.5, "y": -0.5, "xanchor": "right", "yanchor": "bottom"}
    figure.add_annotation(look.note(window_name, look.accent, 15, **place))
    figure.update_xaxes(showline=False, range=[0.5 - time, 0.6])
    return figure.update_yaxes(visible=False, autorange=False, range=[len(symbols) - 0.4, -1.1])


def accuracy_by_length(
    look: Look,
    lengths: np.ndarray,
    curves: Mapping[str, tuple[str, np.ndarray]],
    *,
    window: int,
    longest: int,
    chance: float,
    names: Mapping[str, str],
) -> go.Figure:
    """Right answers by the length of the sequence, with the window and what was never trained.

    curves: name -> (a name of ``style.COLOURS``, accuracy from 0 to 1 for each length). names:
    the words "window", "unseen" and "chance".
    """
    figure = look.figure()
    figure.add_vrect(
        longest + 0.5,
        lengths[-1] + 0.5,
        fillcolor=style.PANEL[look.theme],
        line_width=0,
        layer="below",
    )
    figure.add_annotation(look.note(names["unseen"], x=lengths[-1] + 0.4, y=8, xanchor="right"))
    if window < lengths[-1]:
        labels.upright(figure, window + 0.5, line={"color": look.accent, "width": 2})
        place = {"x": window + 0.5, "y": 60, "xanchor": "left", "xshift": 5}
        place |= {"name": labels.VERTICAL}
        figure.add_annotation(look.note(names["window"], look.accent, **place))
    line = {"color": look.quiet, "dash": "dot", "width": 1.5}
    labels.reference(look, figure, 100 * chance, names["chance"], line)
    for name, (colour, right) in curves.items():
        figure.add_scatter(
            x=lengths.tolist(),
            y=(100 * right).round(1).tolist(),
            name=name,
            mode="lines+markers",
            line=look.line(colour),
            marker={
                "symbol": "circle-open" if colour == "baseline" else style.MARKERS[colour],
                "size": 8,
            },
            hovertemplate="%{x}: %{y:.0f}%<extra>" + name + "</extra>",
        )
    figure.update_xaxes(range=[lengths[0] - 0.5, lengths[-1] + 0.5])
    figure.update_yaxes(range=[0, 106], ticksuffix="%", dtick=25)
    return figure.update_layout(showlegend=True, margin_t=84)
