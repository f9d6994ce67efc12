"""The figures of the memory tasks: a sequence, the answers to it, the race, and its limits."""

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
import plotly.graph_objects as go

from core.figures import style
from core.figures.style import Look
from core.figures.training import Line, loss_curve

COLOUR = {"rnn": "rnn", "lstm": "lstm", "gru": "gru", "irnn": "autoencoder"}
_SYMBOLS = "ABCDEFGH"


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
        marker={"color": look.grid, "line": {"width": 0}},
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
    figure.update_yaxes(range=[0, 1.22], tickvals=[0, 0.5, 1])
    return figure


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
        colour = look.colour(COLOUR[cell])
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
            marker={"color": colour, "size": 13, "symbol": style.MARKERS[COLOUR[cell]]},
            hovertemplate="%{x:.3f}<extra>%{fullData.name}</extra>",
        )
    figure.add_vline(truth, line={"color": look.accent, "width": 2})
    figure.add_vline(1, line={"color": look.quiet, "width": 1.5, "dash": "dash"})
    for x, words, colour, side in (
        (truth, truth_name, look.accent, truth >= 1),
        (1, trivial_name, look.quiet, truth < 1),
    ):
        figure.add_annotation(
            x=x,
            y=1,
            yref="paper",
            yanchor="bottom",
            xanchor="left" if side else "right",
            text=words,
            showarrow=False,
            font={"color": colour, "size": 13},
        )
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
    for cell, said in answers.items():
        figure.add_scatter(
            x=targets,
            y=said,
            mode="markers",
            name=names[cell],
            marker={
                "color": look.colour(COLOUR[cell]),
                "symbol": style.MARKERS[COLOUR[cell]],
                "size": 6,
                "opacity": 0.7,
            },
            hovertemplate="%{x:.2f} → %{y:.2f}<extra>%{fullData.name}</extra>",
        )
    beneath = {"y": -0.3, "yanchor": "top"}  # beside other figures it is too narrow for a line
    figure.update_layout(showlegend=True, legend=beneath)
    figure.update_xaxes(range=[0, 2], showgrid=True)
    figure.update_yaxes(range=[-0.1, 2.1])
    return figure


def answers_by_epoch(
    look: Look,
    answers: Mapping[str, np.ndarray],
    names: Mapping[str, str],
    epochs: np.ndarray,
    truth: float,
    *,
    truth_name: str,
    trivial_name: str,
    at: float | None = None,
) -> go.Figure:
    """What each cell answered to one example at each epoch's end. answers: cell -> (epochs,)."""
    lines = [
        Line(names[cell], epochs[-len(said) :], said, COLOUR[cell], style.DASHES[COLOUR[cell]])
        for cell, said in answers.items()
        if len(said)
    ]
    figure = loss_curve(look, lines, references={truth_name: truth, trivial_name: 1.0}, at=at)
    return with_room_for_legend(figure.update_yaxes(range=[-0.1, 2.1]))


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
            y=shares,
            mode="lines+markers",
            name=names[cell],
            line={
                "color": look.colour(COLOUR[cell]),
                "dash": style.DASHES[COLOUR[cell]],
                "width": 2,
            },
            marker={"symbol": style.MARKERS[COLOUR[cell]], "size": 9},
            hovertemplate="%{x}: %{y:.0%}<extra>%{fullData.name}</extra>",
        )
    for words, height in references.items():
        figure.add_hline(
            height,
            line={"color": look.quiet, "dash": "dash", "width": 1.5},
            annotation={
                "text": words,
                "font": {"color": look.quiet, "size": 13},
                "xanchor": "right",
                "yanchor": "bottom",
                "x": 1,
            },
        )
    with_room_for_legend(figure.update_layout(showlegend=True))
    places = max((len(shares) for shares in right.values()), default=1)
    figure.update_xaxes(dtick=1, range=[0.5, places + 0.5])
    figure.update_yaxes(range=[0, 1.08], tickformat=".0%")
    return figure


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
    rows |= {names[cell]: (said, look.colour(COLOUR[cell])) for cell, said in repeated.items()}
    for name, (symbols, colour) in rows.items():
        right = symbols == shown
        figure.add_scatter(
            x=places,
            y=[name] * len(places),
            mode="markers+text",
            text=[letters(symbols[i : i + 1]) for i in range(len(symbols))],
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
    figure.update_yaxes(autorange="reversed", showgrid=False, type="category")
    return figure


def letters(symbols: np.ndarray) -> str:
    """Symbols, int (recall,), as letters from A to H."""
    return "".join(_SYMBOLS[int(symbol)] for symbol in symbols)


def with_room_for_legend(figure: go.Figure) -> go.Figure:
    """A legend of more lines than are labelled at their ends, in two rows under the title."""
    legend: Any = figure.to_dict()["layout"].get("showlegend")
    return figure.update_layout(margin_t=96) if legend else figure
