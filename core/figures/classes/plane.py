"""The runs of a class as points of a plane, whose axes are settings or what was reached."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from html import escape
from typing import Any

import plotly.graph_objects as go

from core.figures import labels
from core.figures.style import MARKERS, Look

# Name of a colour and Plotly's marker, of the first group, the second, ...
_LOOKS = (
    *((name, MARKERS[name]) for name in ("lstm", "rnn", "gru", "autoencoder", "pca")),
    ("baseline", "star"),
    *((name, f"{MARKERS[name]}-open") for name in ("lstm", "rnn", "gru", "autoencoder", "pca")),
)
_AISLE = 0.12  # of the room of a category: points in it stand so far apart
_AISLES = 5


@dataclass(frozen=True)
class Points:
    """Runs of one kind: what it is called, x and y of each run, and what each is called.

    colour: a name of ``style.COLOURS``, where the kind has one of its own.
    """

    name: str
    x: Sequence[Any]
    y: Sequence[Any]
    runs: Sequence[str]
    colour: str = ""


@dataclass(frozen=True)
class Scale:
    """An axis: whether it is logarithmic, or else the names of its categories, in their order."""

    log: bool = False
    categories: Sequence[str] = field(default_factory=tuple)


def plane(
    look: Look,
    groups: Sequence[Points],
    *,
    across: Scale,
    up: Scale,
    references: Mapping[str, float] | None = None,
) -> go.Figure:
    """Points of several kinds, told apart by colour and marker, each named as one points at it.

    references: what people call a height -> that height, on an axis without categories.
    """
    figure = look.figure()
    for group, (colour, marker) in zip(groups, _looks(groups), strict=True):
        figure.add_scatter(
            x=_places(group.x, across),
            y=_places(group.y, up),
            name=escape(group.name),
            mode="markers",
            marker={
                "color": look.colour(colour),
                "symbol": marker,
                "size": 13,
                "opacity": 0.85,
                "line": {"color": look.page, "width": 1},
            },
            text=[
                f"<b>{escape(run)}</b><br>{look.x} {_word(x)}<br>{look.y} {_word(y)}"
                for run, x, y in zip(group.runs, group.x, group.y, strict=True)
            ],
            hovertemplate="%{text}<extra>%{fullData.name}</extra>",
        )
    figure.update_xaxes(**_axis(across), showgrid=True)
    figure.update_yaxes(**_axis(up))
    for name, height in (references or {}).items():
        line = {"color": look.colour("baseline"), "dash": "dash", "width": 1.5}
        labels.reference(look, figure, height, escape(name), line, log=up.log)
    return figure.update_layout(showlegend=len(groups) > 1, margin_t=72)


def _looks(groups: Sequence[Points]) -> list[tuple[str, str]]:
    own = {group.colour for group in groups}
    free = [pair for pair in _LOOKS if pair[0] not in own or pair[1].endswith("-open")]
    return [
        (group.colour, MARKERS[group.colour]) if group.colour else free[i % len(free)]
        for i, group in enumerate(groups)
    ]


def _places(values: Sequence[Any], scale: Scale) -> list[float]:
    """Numbers as they are; of a category its place, side by side where several share it."""
    if not scale.categories:
        return [float(value) for value in values]
    met: dict[Any, int] = {}
    places = []
    for value in values:
        aisle = met.get(value, 0) % _AISLES
        met[value] = met.get(value, 0) + 1
        side = (aisle + 1) // 2 * (1 if aisle % 2 else -1)
        places.append(scale.categories.index(value) + _AISLE * side)
    return places


def _axis(scale: Scale) -> dict[str, Any]:
    if scale.categories:
        count = len(scale.categories)
        names = [escape(name) for name in scale.categories]
        ticks = {"tickmode": "array", "tickvals": list(range(count)), "ticktext": names}
        return {**ticks, "range": [-0.5, count - 0.5]}
    return {"type": "log", "tickformat": "~g"} if scale.log else {}


def _word(value: Any) -> str:
    return escape(value) if isinstance(value, str) else f"{value:.4g}"
