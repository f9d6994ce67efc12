"""The words in a chart, each beside what it names.

A figure says what its labels belong to, by their place in the data and their kind, which is the
annotation's name; where they stand without a browser is a first choice that keeps the ends of
curves apart. On a page ``ui/components/charts/labels.js`` has the last word: it knows the size.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import plotly.graph_objects as go

from core.figures.style import Look

# Of Plotly's names: a label of a curve's end, of a line across or upright, of a point, of a curve.
END, HORIZONTAL, VERTICAL, POINT, ALONG = "end", "horizontal", "vertical", "point", "along"
_LINE_PX = 20.0  # a line of words
_LETTER_PX = 8.0
_LOW_PX = 230.0  # the height of the axes of a low chart: in a higher one there is more room
_BESIDE_PX = 6.0


@dataclass(frozen=True)
class End:
    """The end of a curve and its name.

    y: as the axis counts, in powers of ten on a logarithmic one. colour: in hexadecimal.
    """

    name: str
    x: float
    y: float
    colour: str


def end_labels(figure: go.Figure, ends: Sequence[End], low: float, high: float) -> go.Figure:
    """Write the names of curves at their ends, where a legend would send the eye away.

    low, high: the limits of the y axis.
    """
    upwards = sorted(ends, key=lambda end: end.y)
    heights = [_LOW_PX * (end.y - low) / ((high - low) or 1.0) for end in upwards]
    for end, own, place in zip(upwards, heights, apart(heights, _LINE_PX), strict=True):
        figure.add_annotation(
            name=END,
            x=end.x,
            y=end.y,
            text=end.name,
            showarrow=False,
            xanchor="left",
            xshift=_BESIDE_PX,
            yshift=round(place - own, 1),
            font={"color": end.colour},
        )
    longest = max((len(end.name) for end in ends), default=0)
    return figure.update_layout(margin_r=16 + _LETTER_PX * longest)


def apart(heights: Sequence[float], gap: float) -> list[float]:
    """Places at least ``gap`` apart, in the order of ``heights``, which ascend, and near to them.

    Least squares: those that would meet become a block around its mean (pool adjacent violators).
    """
    blocks: list[list[float]] = []  # the heights less what the names below take
    for i, height in enumerate(heights):
        blocks.append([height - i * gap])
        while len(blocks) > 1 and _mean(blocks[-2]) > _mean(blocks[-1]):
            blocks[-2:] = [blocks[-2] + blocks[-1]]
    means = [_mean(block) for block in blocks for _ in block]
    return [mean + i * gap for i, mean in enumerate(means)]


def spread(places: np.ndarray, gap: float) -> np.ndarray:
    """Where marks can stand at least about ``gap`` apart, (n, 2), each near to its own of places.

    Those that are nearer push each other away, all at once, until none is or fifty times.
    """
    marks = np.array(places, float)
    for _ in range(50):
        away = marks[:, None] - marks
        distances = np.maximum(np.linalg.norm(away, axis=-1), 1e-9)
        np.fill_diagonal(distances, np.inf)
        pushes = np.maximum(gap - distances, 0) / (2 * distances)
        if not pushes.any():
            break
        marks += (pushes[..., None] * away).sum(1)
    return marks


def _mean(block: Sequence[float]) -> float:
    return sum(block) / len(block)


def reference(
    look: Look,
    figure: go.Figure,
    y: float,
    words: str,
    line: dict[str, Any],
    *,
    beneath: bool = False,
    log: bool = False,
) -> go.Figure:
    """A line across the chart at ``y``, with its name above its right end, or ``beneath`` it.

    log: whether the axis is logarithmic, on which Plotly counts labels in powers of ten.
    """
    side = "top" if beneath else "bottom"
    place = {"x": 1, "y": math.log10(y) if log else y, "xanchor": "right", "yanchor": side}
    note = look.note(words, line["color"], name=HORIZONTAL, **place)
    return across(figure, y, line=line, annotation=note)


def across(
    figure: go.Figure, y: float, *, line: dict[str, Any], annotation: dict[str, Any] | None = None
) -> go.Figure:
    """A line across a figure's only axes, or its first ones.

    What Plotly's ``add_hline`` draws, in a tenth of its time. annotation: beside the line, above
    its right end unless it says where.
    """
    axes = {"xref": "x domain", "yref": "y"}
    figure.add_shape(type="line", x0=0, x1=1, y0=y, y1=y, line=line, **axes)
    if annotation is None:
        return figure
    place = {"x": 1, "y": y, "xanchor": "right", "yanchor": "bottom"}
    return figure.add_annotation({**axes, **place, **annotation})


def upright(
    figure: go.Figure, x: float, *, line: dict[str, Any], annotation: dict[str, Any] | None = None
) -> go.Figure:
    """The same of a line that stands upright; the annotation is right of its upper end."""
    axes = {"xref": "x", "yref": "y domain"}
    figure.add_shape(type="line", x0=x, x1=x, y0=0, y1=1, line=line, **axes)
    if annotation is None:
        return figure
    place = {"x": x, "y": 1, "xanchor": "left", "yanchor": "top"}
    return figure.add_annotation({**axes, **place, **annotation})


def along(look: Look, name: str, colour: str, x: float, y: float, size: int = 14) -> dict[str, Any]:
    """The name of a curve beside it, at any of its points; the curve's trace has the same name."""
    place = {"name": ALONG, "x": x, "y": y, "xanchor": "left", "yanchor": "bottom"}
    return look.note(name, colour, size, **place)
