"""The figures of the memory tasks: a sequence, answers, the race, and its limits by length."""

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
import plotly.graph_objects as go

from core.figures import style
from core.figures.labels import VERTICAL, reference, upright
from core.figures.style import Look
from core.figures.training import Line, loss_curve

_COLOUR = {"rnn": "rnn", "lstm": "lstm", "gru": "gru", "irnn": "autoencoder"}
_SYMBOLS = "ABCDEFGH"
_LOG_TICKS = [0.005, 0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1, 2]


def marked_numbers(
    look: Look, numbers: np.ndarray, marks: Sequence[int], labels: Sequence[str]
) -> go.Figure:
    """The adding problem: numbers (time,) by step, those at ``marks`` stand out, labelled."""
    figure = look.figure()
    steps = np.arange(1, len(numbers) + 1)
    figure.add_bar(
        x=steps,
        y=numbers,
        width=0.8,
        marker={"color": look.quiet, "opacity": 0.3, "line": {"width": 0}},
        hovertemplate="%{x}: %{y:.2f}<extra></extra>",
    )
    at = np.array(marks)
    figure.add_bar(
        x=at + 1,
        y=numbers[at],
        width=0.9,
        marker={"color": look.accent},
        hovertemplate="%{x}: %{y:.2f}<extra></extra>",
    )
    figure.add_scatter(
        x=at + 1,
        y=numbers[at],
        mode="markers+text",
        text=list(labels),
        textposition="top center",
        textfont={"color": look.accent, "size": 16},
        marker={"color": look.accent, "size": 11},
        hoverinfo="skip",
    )
    figure.update_layout(barmode="overlay")
    figure.update_xaxes(range=[0, len(numbers) + 1])
    return figure.update_yaxes(range=[0, 1.22], tickvals=[0, 0.5, 1])


def answers_on_a_line(
    look: Look,
    answers: Mapping[str, float],
    labels: Mapping[str, str],
    names: Mapping[str, str],
    truth: float,
    *,
    truth_name: str,
    trivial_name: str,
) -> go.Figure:
    """What each cell answers, on the line from 0 to 2, beside the true sum and the constant 1."""
    figure = look.figure()
    for cell, answer in answers.items():
        marker = look.marker(_COLOUR[cell], 13)
        colour = marker["color"]
        figure.add_scatter(
            x=[truth, answer],
            y=[names[cell]] * 2,
            mode="lines",
            line={"color": colour, "width": 2},
            hoverinfo="skip",
        )
        figure.add_scatter(
            x=[answer],
            y=[names[cell]],
            name=names[cell],
            mode="markers+text",
            text=[labels[cell]],
            textposition="middle right" if answer >= truth else "middle left",
            textfont={"color": colour},
            marker=marker,
            hovertemplate="%{x:.3f}<extra>%{fullData.name}</extra>",
        )
    upright(figure, truth, line={"color": look.accent, "width": 2})
    upright(figure, 1, line={"color": look.quiet, "width": 1.5, "dash": "dash"})
    for x, words, colour, right in (
        (truth, truth_name, look.accent, truth >= 1),
        (1, trivial_name, look.quiet, truth < 1),
    ):
        place = {"x": x, "xanchor": "left" if right else "right", "y": 1, "yanchor": "bottom"}
        place |= {"name": VERTICAL, "yref": "paper"}
        figure.add_annotation(look.note(words, colour, **place))
    figure.update_xaxes(range=[-0.15, 2.15])
    figure.update_yaxes(autorange="reversed", showgrid=False, type="category")
    return figure.update_layout(margin_t=72)


def predicted_against_true(
    look: Look,
    targets: np.ndarray,
    answers: Mapping[str, np.ndarray],
    names: Mapping[str, str],
    *,
    perfect: str,
) -> go.Figure:
    """A point a test example and cell: the true sum, and what the cell says. Arrays (examples,)."""
    figure = look.figure()
    figure.add_scatter(
        x=[0, 2],
        y=[0, 2],
        mode="lines",
        line={"color": look.quiet, "dash": "dash", "width": 1.5},
        name=perfect,
        hoverinfo="name",
    )
    for cell, predictions in answers.items():
        figure.add_scatter(
            x=targets,
            y=predictions,
            mode="markers",
            name=names[cell],
            marker={**look.marker(_COLOUR[cell], 6), "opacity": 0.7},
            hovertemplate="%{x:.2f} → %{y:.2f}<extra>%{fullData.name}</extra>",
        )
    beneath = {"y": -0.3, "yanchor": "top"}  # beside other figures it is too narrow for a line
    figure.update_layout(showlegend=True, legend=beneath)
    figure.update_xaxes(range=[0, 2], showgrid=True)
    return figure.update_yaxes(range=[-0.1, 2.1])


def answers_by_epoch(
    look: Look,
    answers: Mapping[str, np.ndarray],
    names: Mapping[str, str],
    epochs: np.ndarray,
    *,
    references: Mapping[str, float],
    at: float | None,
) -> go.Figure:
    """What each cell answered to one example at each epoch's end. answers: cell -> (epochs,)."""
    lines = [
        _line(names[cell], cell, epochs[-len(values) :], values)
        for cell, values in answers.items()
        if len(values)
    ]
    figure = loss_curve(look, lines, references=references, at=at)
    return _with_room_for_legend(figure.update_yaxes(range=[-0.1, 2.1]))


def right_by_place(
    look: Look,
    right: Mapping[str, np.ndarray],
    names: Mapping[str, str],
    *,
    references: Mapping[str, float],
) -> go.Figure:
    """The share of symbols that each cell repeats rightly, by place. right: cell -> (recall,)."""
    figure = look.figure()
    for cell, shares in right.items():
        figure.add_scatter(
            x=np.arange(1, len(shares) + 1),
            y=100 * shares,
            mode="lines+markers",
            name=names[cell],
            line=look.line(_COLOUR[cell], 2),
            marker={"symbol": style.MARKERS[_COLOUR[cell]], "size": 9},
            hovertemplate="%{x}: %{y:.0f}%<extra>%{fullData.name}</extra>",
        )
    for words, share in references.items():
        line = {"color": look.quiet, "dash": "dash", "width": 1.5}
        reference(look, figure, 100 * share, words, line)
    places = max((len(shares) for shares in right.values()), default=1)
    figure.update_xaxes(dtick=1, range=[0.5, places + 0.5])
    figure.update_yaxes(range=[0, 108], ticksuffix="%")
    return _with_room_for_legend(figure.update_layout(showlegend=True))


def recalled_symbols(
    look: Look,
    shown: np.ndarray,
    repeated: Mapping[str, np.ndarray],
    names: Mapping[str, str],
    *,
    shown_name: str,
) -> go.Figure:
    """The symbols of one example in a row, and under them what each cell repeats. int (recall,).

    A wrong one is crossed out by its pale letter and a cross behind it.
    """
    figure = look.figure()
    places = np.arange(1, len(shown) + 1)
    rows = {shown_name: (shown, look.accent)}
    rows |= {names[cell]: (row, look.colour(_COLOUR[cell])) for cell, row in repeated.items()}
    for name, (symbols, colour) in rows.items():
        right = symbols == shown
        figure.add_scatter(
            x=places,
            y=[name] * len(places),
            mode="markers+text",
            text=[_SYMBOLS[symbol] for symbol in symbols],
            textfont={"color": [look.page if ok else colour for ok in right], "size": 16},
            marker={
                "symbol": ["square" if ok else "square-open" for ok in right],
                "size": 30,
                "color": colour,
                "line": {"color": colour, "width": 1.5},
            },
            hoverinfo="skip",
        )
    figure.update_xaxes(dtick=1, range=[0.4, len(shown) + 0.6])
    return figure.update_yaxes(autorange="reversed", showgrid=False, type="category")


def score_curves(
    look: Look,
    curves: Mapping[str, tuple[np.ndarray, np.ndarray]],
    names: Mapping[str, str],
    *,
    references: Mapping[str, float],
    points: Mapping[str, tuple[Any, Any]],
    point_size: int,
    behind: Mapping[str, tuple[np.ndarray, np.ndarray]] | None = None,
    at: float | None = None,
    x_end: float | None = None,
    log_y: str = "",
) -> go.Figure:
    """Scores over each cell's own seconds of training, or by length: cell -> (x, scores).

    points: cell -> x and y of what is marked on its curve, (n,) each. behind: other curves, thin.
    at, x_end, log_y: as in ``loss_curve``.
    """
    lines = [
        Line(names[cell], x, y, _COLOUR[cell], faint=True)
        for cell, (x, y) in (behind or {}).items()
    ]
    lines += [_line(names[cell], cell, x, y) for cell, (x, y) in curves.items()]
    figure = loss_curve(look, lines, references=references, log_y=log_y, at=at, x_end=x_end)
    for cell, (x, y) in points.items():
        figure.add_scatter(
            x=x,
            y=y,
            mode="markers",
            name=names[cell],
            showlegend=False,
            marker=look.marker(_COLOUR[cell], point_size),
            hovertemplate="%{y:.3g}<extra>%{fullData.name}</extra>",
        )
    # Numbers that can be read on a logarithmic axis; the whole range of shares on another.
    if log_y:
        figure.update_yaxes(tickmode="array", tickvals=_LOG_TICKS)
    else:
        ticks = [0, 0.25, 0.5, 0.75, 1]
        figure.update_yaxes(range=[0, 1.15], tickmode="array", tickvals=ticks)
    return _with_room_for_legend(figure)


def _line(name: str, cell: str, x: np.ndarray, y: np.ndarray) -> Line:
    return Line(name, x, y, _COLOUR[cell], style.DASHES[_COLOUR[cell]])


def _with_room_for_legend(figure: go.Figure) -> go.Figure:
    """A legend of more lines than are labelled at their ends, in two rows under the title."""
    return figure.update_layout(margin_t=96) if figure.layout.showlegend else figure
