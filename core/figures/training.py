"""Curves of a training run: what it reaches, and what there is to hold it against."""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import plotly.graph_objects as go

from core.figures import labels
from core.figures.style import Look

_CLOSE = 0.07  # of the axis, between two references
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
    for line in lines:
        width = 1 if line.faint else 2.5
        figure.add_scatter(
            x=line.x,
            y=line.y,
            name=line.name,
            mode="lines",
            line={"color": look.colour(line.colour), "dash": line.dash, "width": width},
            opacity=0.45 if line.faint else 1,
            hovertemplate="%{y:.3g}<extra>%{fullData.name}</extra>",
        )
    axis = height_axis(
        np.concatenate([*(line.y for line in lines), [*references.values()]]), bool(log_y)
    )
    figure.update_xaxes(range=[0, _end(lines, x_end)])
    figure.update_yaxes(
        title_text=f"{look.y} ({log_y})" if log_y else look.y,
        type="log" if log_y else "linear",
        range=[axis.low, axis.high],
        nticks=6,
    )
    if log_y and axis.high - axis.low < _FEW_DECADES:
        figure.update_yaxes(dtick="D2", tickformat="~g")
    _add_references(look, figure, references, axis)
    _add_changes(look, figure, changes)
    if at is not None:
        labels.upright(figure, at, line={"color": look.accent, "width": 1.5})
    named = [line for line in lines if len(line.x)]
    if len({line.name for line in lines}) <= _DIRECT_LABELS:
        _add_labels(look, figure, named, axis)
    else:
        figure.update_layout(showlegend=True)
    return figure


@dataclass(frozen=True)
class HeightAxis:
    """A y axis: its limits, in powers of ten where it is logarithmic."""

    low: float
    high: float
    log: bool

    def place(self, y: float) -> float:
        """Where a height is: annotations count in powers, too."""
        return math.log10(y) if self.log else y


def _end(lines: Sequence[Line], x_end: float | None) -> float:
    return max([x_end or 0.0, *(float(line.x[-1]) for line in lines if len(line.x))]) or 1.0


def height_axis(heights: np.ndarray, log: bool) -> HeightAxis:
    """The axis on which all heights (n,) are seen, with some room."""
    seen = heights[np.isfinite(heights) & ((heights > 0) | (not log))]
    if not len(seen):
        return HeightAxis(0.0, 1.0, log)
    low, high = float(seen.min()), float(seen.max())
    if log:
        low, high = math.log10(low), math.log10(high)
    room = 0.06 * (high - low or abs(high) or 1.0)
    return HeightAxis(low - room, high + room, log)


def _add_references(
    look: Look, figure: go.Figure, references: Mapping[str, float], axis: HeightAxis
):
    colour = look.colour("baseline")
    above = math.inf  # where the line next above is
    for name, y in sorted(references.items(), key=lambda reference: -reference[1]):
        place = axis.place(y)
        beneath = above - place < _CLOSE * (axis.high - axis.low)  # its line, free of its neighbour
        above = place
        line = {"color": colour, "dash": "dash", "width": 1.5}
        labels.reference(look, figure, y, name, line, beneath=beneath, log=axis.log)


def _add_changes(look: Look, figure: go.Figure, changes: Sequence[tuple[float, str]]):
    at_top = {"textangle": -90, "xanchor": "right", "yanchor": "top", "y": 1}
    at_top |= {"name": labels.VERTICAL}
    for x, words in changes:
        line = {"color": look.quiet, "dash": "dot", "width": 1}
        labels.upright(figure, x, line=line, annotation=look.note(words, size=12, **at_top))


def _add_labels(look: Look, figure: go.Figure, lines: Sequence[Line], axis: HeightAxis):
    ends = [
        labels.End(line.name, float(line.x[-1]), axis.place(y), look.colour(line.colour))
        for line in lines
        if math.isfinite(y := float(line.y[-1]))
    ]
    labels.end_labels(figure, ends, axis.low, axis.high)
