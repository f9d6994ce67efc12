"""The figures of translations: what a beam search kept, and BLEU by the length of sentences."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import plotly.graph_objects as go

from core.figures import labels
from core.figures.style import Look


@dataclass(frozen=True)
class Branch:
    """A prefix that a beam search kept.

    parent: the number of the branch that it goes on from, -1 for none. step: from 1. rank: among
    those of its step, 0 the likeliest. is_best: whether the best answer comes from it. hover: what
    is said of it.
    """

    text: str
    parent: int
    step: int
    rank: int
    is_best: bool
    hover: str


def beam_tree(look: Look, branches: Sequence[Branch]) -> go.Figure:
    """The prefixes from the top down, the likeliest of each step at the left."""
    figure = look.figure()
    for is_best in (False, True):
        x: list[float | None] = []
        y: list[float | None] = []
        for branch in branches:
            if branch.is_best != is_best or branch.parent < 0:
                continue
            above = branches[branch.parent]
            x += [above.rank, branch.rank, None]
            y += [above.step, branch.step, None]
        colour = look.colour("lstm") if is_best else look.quiet
        line = {"color": colour, "width": 3 if is_best else 1}
        figure.add_scatter(x=x, y=y, mode="lines", line=line, hoverinfo="skip")
    for is_best in (False, True):
        own = [branch for branch in branches if branch.is_best == is_best]
        figure.add_scatter(
            x=[branch.rank for branch in own],
            y=[branch.step for branch in own],
            text=[f"<b>{branch.text}</b>" if is_best else branch.text for branch in own],
            mode="markers+text",
            textposition="middle right",
            marker={"size": 8, "color": look.colour("lstm") if is_best else look.quiet},
            customdata=[branch.hover for branch in own],
            hovertemplate="%{customdata}<extra></extra>",
        )
    width = max((branch.rank for branch in branches), default=0)
    figure.update_xaxes(range=[-0.15, width + 0.85], visible=False)
    return figure.update_yaxes(autorange="reversed", dtick=1, showgrid=False)


def bleu_by_length(
    look: Look, groups: Sequence[str], systems: Mapping[str, tuple[Sequence[float], str]]
) -> go.Figure:
    """BLEU of what translates by the words of the sentence, a line each.

    groups: in order. systems: name -> a value a group, and the name of its colour.
    """
    figure = look.figure()
    ends = []
    for name, (values, colour) in systems.items():
        figure.add_scatter(
            x=list(groups),
            y=list(values),
            name=name,
            mode="lines+markers",
            line=look.line(colour),
            marker={"size": 8, "color": look.colour(colour)},
            hovertemplate="%{x}: %{y:.1f}<extra>%{fullData.name}</extra>",
        )
        ends.append(labels.End(name, len(groups) - 1, values[-1], look.colour(colour)))
    top = 1.08 * max(max(values) for values, _colour in systems.values())
    labels.end_labels(figure, ends, 0, top)
    figure.update_xaxes(type="category", range=[-0.3, len(groups) - 0.7])
    return figure.update_yaxes(range=[0, top])
