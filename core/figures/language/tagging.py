"""A lattice of tags, as Viterbi walks through it."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import plotly.graph_objects as go

from core.figures.style import Look, named_ticks


def lattice(
    look: Look,
    words: Sequence[str],
    tags: Sequence[str],
    scores: np.ndarray,
    back: np.ndarray,
    best: Sequence[int],
    *,
    at: int,
    hover: str,
) -> go.Figure:
    """The best path that ends at each tag of each word, until word ``at``, and the best of all.

    scores: float (words, tags), of the best path that ends there; back: int (words, tags), the tag
    that it came from. best: the tags, by place, of the best path of the whole sentence, or of what
    has been read, (at + 1,). hover: with {word}, {tag} and {score}.
    """
    figure = look.figure()
    count = len(tags)
    edges: list[tuple[list[float | None], list[float | None]]] = [([], []), ([], [])]
    for word in range(1, at + 1):
        for tag in range(count):
            came = int(back[word, tag])
            is_best = best[word] == tag and best[word - 1] == came
            xs, ys = edges[is_best]
            xs += [word - 1, word, None]
            ys += [came, tag, None]
    lines = (
        {"color": look.quiet, "width": 1},
        {"color": look.accent, "width": 4},
    )
    for (xs, ys), line in zip(edges, lines, strict=True):
        figure.add_scatter(x=xs, y=ys, mode="lines", line=line, hoverinfo="skip")
    places = [(word, tag) for word in range(at + 1) for tag in range(count)]
    behind = scores[: at + 1].max(1, keepdims=True) - scores[: at + 1]
    figure.add_scatter(
        x=[word for word, _tag in places],
        y=[tag for _word, tag in places],
        mode="markers",
        marker={
            "size": [16 if best[word] == tag else 9 for word, tag in places],
            "symbol": ["circle" if best[word] == tag else "circle-open" for word, tag in places],
            "color": [look.accent if best[word] == tag else look.quiet for word, tag in places],
            "line": {"width": 2},
        },
        customdata=[
            hover.format(word=words[word], tag=tags[tag], score=f"{-behind[word, tag]:.1f}")
            for word, tag in places
        ],
        hovertemplate="%{customdata}<extra></extra>",
    )
    figure.update_xaxes(
        range=[-0.5, len(words) - 0.5],
        tickmode="array",
        tickvals=list(range(len(words))),
        ticktext=list(words),
    )
    figure.update_yaxes(autorange="reversed", showgrid=False, **named_ticks(tags))
    return figure
