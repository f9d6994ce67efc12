"""Curves of a training run: what it reaches, and what there is to hold it against."""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import plotly.graph_objects as go

from core.figures import style
from core.figures.style import Look

_LABEL_GAP = 0.07  # of the axis, between the labels of two lines that end close together
_FEW_DECADES = 2  # of a logarithmic axis: it is labelled at 1, 2 and 5 of each
_DIRECT_LABELS = 3  # with more lines a legend is clearer


@dataclass(frozen=True)
class Line:
    """A curve to draw: x, y float (n,), and how.

    colour: a name of ``style.COLOURS``. dash: of Plotly. faint: a thin line of single steps,
    behind the others.
    """

    name: str
    x: np.ndarray
    y: np.ndarray
    colour: str
    dash: str = "solid"
    faint: bool = False


def loss_curve(
    look: Look,
    lines: Sequence[Line],
    *,
    references: Mapping[str, float] | None = None,
    changes: Sequence[tuple[float, str]] = (),
    at: float | None = None,
    log_y: str = "",
    x_end: float | None = None,
) -> go.Figure:
    """Curves over the epochs, with what they are to be compared with.

    references: name -> height of a dashed line (a baseline). changes: x and words of each setting
    changed on the way. at: x of the epoch that is looked at. log_y: words for "logarithmic", which
    make the axis so and are written on it. x_end: where the x axis ends at least.
    Lines of three or fewer names are labelled at their ends; more get a legend.
    """
    references = references or {}
    figure = look.figure()
    colours = style.COLOURS[look.theme]
    for line in lines:
        figure.add_scatter(
            x=line.x,
            y=line.y,
            name=line.name,
            mode="lines",
            line={
                "color": colours[line.colour],
                "dash": line.dash,
                "width": 1 if line.faint else 2.5,
            },
            opacity=0.45 if line.faint else 1,
            hovertemplate="%{y:.3g}<extra>%{fullData.name}</extra>",
        )
    low, high = _range([*(line.y for line in lines), list(references.values())], bool(log_y))
    figure.update_xaxes(range=[0, _end(lines, x_end)])
    figure.update_yaxes(
        title_text=f"{look.y} ({log_y})" if log_y else look.y,
        type="log" if log_y else "linear",
        range=[low, high],
        nticks=6,
    )
    if log_y and high - low < _FEW_DECADES:
        figure.update_yaxes(dtick="D2", tickformat="~g")
    _add_references(look, figure, references, low, high, bool(log_y))
    _add_changes(look, figure, changes)
    if at is not None:
        figure.add_vline(at, line={"color": look.accent, "width": 1.5})
    named = [line for line in lines if len(line.x)]
    if len({line.name for line in lines}) <= _DIRECT_LABELS:
        _add_labels(look, figure, named, low, high, bool(log_y))
    else:
        figure.update_layout(showlegend=True)
    return figure


def _end(lines, x_end) -> float:
    return max([x_end or 0.0, *(float(line.x[-1]) for line in lines if len(line.x))]) or 1.0


def _range(values, log) -> tuple[float, float]:
    """Limits of the y axis, in powers of ten where it is logarithmic."""
    seen = np.concatenate([np.asarray(v, dtype=float) for v in values] or [np.empty(0)])
    seen = seen[np.isfinite(seen) & ((seen > 0) | (not log))]
    if not len(seen):
        return 0.0, 1.0
    low, high = float(seen.min()), float(seen.max())
    if log:
        low, high = math.log10(low), math.log10(high)
    room = 0.06 * (high - low or abs(high) or 1.0)
    return low - room, high + room


def _add_references(look: Look, figure, references, low, high, log):
    colour = look.colour("baseline")
    places = {name: math.log10(y) if log else y for name, y in references.items()}
    above = math.inf  # where the line next above is
    for name in sorted(places, key=lambda name: -places[name]):
        near = above - places[name] < _LABEL_GAP * (high - low)
        above = places[name]
        figure.add_hline(
            references[name],
            line={"color": colour, "dash": "dash", "width": 1.5},
            annotation={
                "text": name,
                "font": {"color": colour, "size": 13},
                "bgcolor": look.page,  # a curve that passes there would strike it out
                "xanchor": "right",
                "yanchor": "top" if near else "bottom",  # beneath its line, free of its neighbour
                "x": 1,
                "y": places[name],  # annotations count in powers on a logarithmic axis
            },
        )


def _add_changes(look: Look, figure, changes):
    colour = look.quiet
    for x, words in changes:
        figure.add_vline(
            x,
            line={"color": colour, "dash": "dot", "width": 1},
            annotation={
                "text": words,
                "font": {"color": colour, "size": 12},
                "textangle": -90,
                "xanchor": "right",
                "yanchor": "top",
                "y": 1,
            },
        )


def _add_labels(look: Look, figure, lines, low, high, log):
    """Names at the ends of the lines, moved apart where they would stand on each other."""
    ends = sorted(
        ((math.log10(y) if log else y, line) for line in lines if math.isfinite(y := _last(line))),
        key=lambda end: end[0],
    )
    gap, free = _LABEL_GAP * (high - low), -math.inf
    for y, line in ends:
        place = max(y, free)
        free = place + gap
        colour = look.colour(line.colour)
        style.end_label(figure, float(line.x[-1]), place, line.name, colour)
    longest = max((len(line.name) for line in lines), default=0)
    figure.update_layout(margin_r=16 + 8 * longest)


def _last(line) -> float:
    return float(line.y[-1])
