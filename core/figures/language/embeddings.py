"""The map of words, what one training example does to vectors, and how good a space is."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
import plotly.graph_objects as go

from core.figures.style import Look

_SMALLEST, _LARGEST = 5, 22  # of a word's marker
_WITH_LEGEND = 76  # pixels above the axes, for a title and a legend


def word_map(
    look: Look,
    words: Sequence[str],
    points: np.ndarray,
    counts: np.ndarray,
    *,
    named: Sequence[int] = (),
    path: Sequence[int] = (),
) -> go.Figure:
    """Words on a plane, larger the more frequent they are; hovering tells the word.

    points: float (words, 2). counts: (words,). named: the words that are written out and coloured,
    by their number. path: words that a line connects, in its order.
    """
    figure = look.figure()
    sizes = _sizes(counts)
    figure.add_scattergl(
        x=points[:, 0],
        y=points[:, 1],
        mode="markers",
        marker={"size": sizes, "color": look.quiet, "opacity": 0.35},
        text=list(words),
        customdata=counts,
        hovertemplate="%{text} (%{customdata:,})<extra></extra>",
        showlegend=False,
    )
    if len(path):
        figure.add_scatter(
            x=points[list(path), 0],
            y=points[list(path), 1],
            mode="lines",
            line={"color": look.accent, "width": 1.5},
            hoverinfo="skip",
            showlegend=False,
        )
    if len(named):
        chosen = list(named)
        figure.add_scatter(
            x=points[chosen, 0],
            y=points[chosen, 1],
            mode="markers+text",
            marker={"size": sizes[chosen], "color": look.accent},
            text=[words[i] for i in chosen],
            textposition="top center",
            textfont={"color": look.ink, "size": 14},
            cliponaxis=False,
            hovertemplate="%{text}<extra></extra>",
            showlegend=False,
        )
    return figure


def _sizes(counts: np.ndarray) -> np.ndarray:
    """Sizes of markers, by the logarithm of how often words come."""
    logs = np.log(np.maximum(counts, 1).astype(float))
    span = max(float(np.ptp(logs)), 1e-9)
    return _SMALLEST + (_LARGEST - _SMALLEST) * (logs - logs.min()) / span


def pulls_and_pushes(
    look: Look,
    names: Sequence[str],
    places: np.ndarray,
    moves: np.ndarray,
    true: Sequence[bool],
) -> go.Figure:
    """Vectors on a plane, and an arrow at each that shows where an update moves it.

    names: the word looked at, then the words that it is held against. places, moves: float (n, 2),
    a move being minus the gradient, as long as is good to see. true: of each word, whether it is
    the one looked at or stands beside it in the text; the others were drawn.
    """
    figure = look.figure()
    colours = [look.accent if beside else look.quiet for beside in true]
    figure.add_scatter(
        x=places[:, 0],
        y=places[:, 1],
        mode="markers+text",
        marker={
            "size": 10,
            "color": colours,
            "symbol": ["circle" if beside else "x-thin-open" for beside in true],
        },
        text=list(names),
        textposition="bottom center",
        textfont={"color": look.ink, "size": 14},
        cliponaxis=False,
        hovertemplate="%{text}<extra></extra>",
        showlegend=False,
    )
    for (x, y), (right, up), colour in zip(places, moves, colours, strict=True):
        arrow: dict[str, Any] = {"ax": x, "ay": y, "axref": "x", "ayref": "y", "text": ""}
        figure.add_annotation(
            x=x + right, y=y + up, arrowhead=2, arrowwidth=2, arrowcolor=colour, **arrow
        )
    return figure


def candidate_scores(
    look: Look, scored: Sequence[tuple[str, float]], *, right: str = "", asked: Sequence[str] = ()
) -> go.Figure:
    """Cosines of the candidates, the best on top.

    right: the answer that is expected. asked: words of the question itself, which stand back.
    """
    names = [word for word, _ in scored]
    colours = [
        look.accent if word == right else look.grid if word in asked else look.quiet
        for word in names
    ]
    figure = look.figure()
    figure.add_bar(
        x=[score for _, score in scored],
        y=names,
        orientation="h",
        marker={"color": colours},
        text=[f"{score:.2f}" for _, score in scored],
        textposition="outside",
        cliponaxis=False,
        hovertemplate="%{y}: %{x:.3f}<extra></extra>",
    )
    figure.update_yaxes(autorange="reversed", type="category", showgrid=False)
    return figure.update_layout(bargap=0.25)


def space_scores(
    look: Look, scores: Mapping[str, Mapping[str, float]], *, network: str, chance: float = 0.0
) -> go.Figure:
    """How good spaces are: a group of bars for each measure, a bar in it for each space.

    scores: name of a space -> measure -> share from 0 to 1. network: the name of the trained one.
    chance: what guessing reaches, as a line, if it is not 0.
    """
    figure = look.figure()
    patterns = ("", "/", ".", "x", "-")
    for (name, measured), pattern in zip(scores.items(), patterns, strict=False):
        figure.add_bar(
            x=list(measured),
            y=[100 * share for share in measured.values()],
            name=name,
            marker={
                "color": look.accent if name == network else look.quiet,
                "pattern": {"shape": pattern},
            },
            hovertemplate="%{x}: %{y:.0f}%<extra>%{fullData.name}</extra>",
        )
    if chance:
        figure.add_hline(100 * chance, line={"color": look.quiet, "dash": "dash", "width": 1})
    figure.update_yaxes(range=[0, 104], ticksuffix="%", dtick=25)
    return figure.update_layout(barmode="group", bargap=0.3, showlegend=True, margin_t=_WITH_LEGEND)


def leaning_words(look: Look, leaning: Sequence[tuple[str, str, float]], usual: float) -> go.Figure:
    """How words lean from one side (below 0) to the other, a row each, the first on top.

    leaning: word, kind and lean of each; a kind has its marker. usual: what is shaded around 0.
    """
    figure = look.figure()
    kinds = list(dict.fromkeys(kind for _word, kind, _lean in leaning))
    names = [word for word, _kind, _lean in leaning]
    markers = ("circle", "square", "diamond", "x")
    colours = (look.accent, look.quiet, look.ink, look.quiet)
    figure.add_vrect(-usual, usual, fillcolor=look.grid, opacity=0.6, line_width=0, layer="below")
    figure.add_vline(0, line={"color": look.quiet, "width": 1})
    for kind, marker, colour in zip(kinds, markers, colours, strict=False):
        own = [(word, lean) for word, of, lean in leaning if of == kind]
        figure.add_scatter(
            x=[lean for _word, lean in own],
            y=[word for word, _lean in own],
            mode="markers",
            name=kind,
            marker={"symbol": marker, "size": 10, "color": colour},
            hovertemplate="%{y}: %{x:.2f}<extra>%{fullData.name}</extra>",
        )
    figure.update_yaxes(type="category", categoryorder="array", categoryarray=names[::-1], dtick=1)
    return figure.update_layout(showlegend=True, margin_t=_WITH_LEGEND)
