"""How good a space of words is, and to which of two sides its words lean."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import plotly.graph_objects as go

from core.figures.labels import across, upright
from core.figures.style import Look

_WITH_LEGEND = 96  # pixels above the axes, for a title and, on a narrow screen, a high legend


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
        across(figure, 100 * chance, line={"color": look.quiet, "dash": "dash", "width": 1})
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
    upright(figure, 0, line={"color": look.quiet, "width": 1})
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
