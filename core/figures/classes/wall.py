"""The runs of a class as small curves, all on the same axes, to be read from the back of a room."""

import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from html import escape
from typing import Any

import numpy as np
import plotly.graph_objects as go

from core.figures.style import Look

_HEAD_PX = 72  # title and legend
_ROOM_PX = 430  # for all panels, beneath a page's head on a beamer of 720 lines
_ROW_PX = (84, 150)  # a panel is as high as there is room, within these
_LEFT, _RIGHT, _BOTTOM, _TOP = 0.03, 0.95, 0.06, 0.74  # of a panel: where its curve is
_GROUND = 0.04
_GAP = np.full((2, 1), np.nan)  # between two curves of a trace
_DASHES = ("dash", "dot", "dashdot", "longdash", "longdashdot")


@dataclass(frozen=True)
class Panel:
    """A run: its name, x, y float (n,), and the last value in words.

    mark: a sign for what sets it apart, "" for nothing. references: as of the run, name -> height.
    """

    name: str
    x: np.ndarray
    y: np.ndarray
    value: str
    mark: str = ""
    references: Mapping[str, float] = field(default_factory=dict)


@dataclass(frozen=True)
class Middle:
    """The median and the quartiles of all curves, float (n,), and what people call them."""

    x: np.ndarray
    low: np.ndarray
    median: np.ndarray
    high: np.ndarray
    median_name: str
    band_name: str


def wall(
    look: Look, panels: Sequence[Panel], middle: Middle, *, log: bool, form: Callable[[float], str]
) -> go.Figure:
    """A panel for each run: its curve on the median and quartiles of all, and its references.

    log: whether heights count in powers of ten. form: a number in words. It says its own height.
    """
    columns, rows = _places(len(panels))
    grid = _Grid(panels, middle, columns, rows, log)
    figure = replace(look, x="", y="").figure()  # its one pair of axes is not seen
    _add_middle(look, figure, grid, middle)
    names = dict.fromkeys(name for panel in panels for name in panel.references)
    for name, dash in zip(names, _DASHES, strict=False):
        heights = [(i, panel.references.get(name)) for i, panel in enumerate(panels)]
        ends = [
            (i, np.array([0.0, grid.x_end]), np.array([h, h])) for i, h in heights if h is not None
        ]
        line = {"color": look.quiet, "dash": dash, "width": 1.5}
        _add_lines(figure, grid, ends, name=name, line=line, hoverinfo="skip")
    for marked, line, symbol, size in (
        (False, {"color": look.colour("lstm"), "width": 2.5}, "circle", 6),
        (True, {"color": look.colour("rnn"), "width": 4}, "diamond", 11),
    ):
        curves = [
            (i, p.x, p.y) for i, p in enumerate(panels) if bool(p.mark) is marked and len(p.x)
        ]
        hover = f"%{{text}}<br>{look.x} %{{customdata[0]}}<br>{look.y} %{{customdata[1]:.3g}}"
        more = {"hovertemplate": f"{hover}<extra></extra>", "showlegend": False}
        names = [escape(panels[i].name) for i, _x, _y in curves]
        _add_lines(figure, grid, curves, line=line, names=names, **more)
        ends = [grid.place(i, xs[-1:], ys[-1:]) for i, xs, ys in curves]
        marker = {"color": line["color"], "symbol": symbol, "size": size}
        across, up = np.array(ends).reshape(-1, 2).T
        figure.add_scatter(
            x=across, y=up, mode="markers", marker=marker, hoverinfo="skip", showlegend=False
        )
    corners = [grid.corner(i) for i in range(len(panels))]
    notes = [
        note
        for corner, panel in zip(corners, panels, strict=True)
        for note in _words(look, corner, panel)
    ]
    hidden = {"visible": False, "fixedrange": True}
    figure.update_xaxes(range=[-0.02, columns], **hidden)
    figure.update_yaxes(range=[-0.12, rows], **hidden)
    return figure.update_layout(
        annotations=[*notes, _scale(look, grid, form)],
        shapes=[_ground(look, corner) for corner in corners],
        height=wall_height(len(panels)),
        showlegend=True,
        margin_t=_HEAD_PX,
    )


def wall_height(panels: int) -> int:
    """The height in pixels of a wall of so many panels."""
    low, high = (_places(panels)[1] * each for each in _ROW_PX)
    return _HEAD_PX + max(low, min(high, _ROOM_PX))


def _places(panels: int) -> tuple[int, int]:
    """How many columns and rows."""
    columns = min(panels, math.ceil(math.sqrt(1.2 * panels))) or 1
    return columns, math.ceil(panels / columns) or 1


class _Grid:
    """Where a value of a panel is on the figure's one pair of axes, on which a panel is 1 x 1."""

    def __init__(self, panels: Sequence[Panel], middle: Middle, columns: int, rows: int, log: bool):
        self.columns, self.rows, self.count, self._log = columns, rows, len(panels), log
        heights = np.concatenate(
            [[], middle.low, middle.high]
            + [np.asarray(panel.y, float) for panel in panels]
            + [np.array([*panel.references.values()], float) for panel in panels]
        )
        heights = heights[np.isfinite(heights) & ((heights > 0) | (not log))]
        self.low, self.high = (heights.min(), heights.max()) if len(heights) else (0.0, 1.0)
        self.x_end = max((float(p.x[-1]) for p in panels if len(p.x)), default=0.0) or 1.0

    def corner(self, i: int) -> tuple[int, int]:
        """The lower left corner of a panel."""
        return i % self.columns, self.rows - 1 - i // self.columns

    def place(self, i: int, x: np.ndarray, y: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        """A panel's curve on the figure's axes."""
        left, bottom = self.corner(i)
        with np.errstate(divide="ignore", invalid="ignore"):
            y, low, high = (
                np.log10(of) if self._log else np.asarray(of, float)
                for of in (y, self.low, self.high)
            )
        up = (y - low) / ((high - low) or 1.0)
        across = np.asarray(x, float) / self.x_end
        return left + _LEFT + (_RIGHT - _LEFT) * across, bottom + _BOTTOM + (_TOP - _BOTTOM) * up


def _add_middle(look: Look, figure: go.Figure, grid: _Grid, middle: Middle):
    if not len(middle.x):
        return
    around = (
        np.concatenate([middle.x, middle.x[::-1]]),
        np.concatenate([middle.low, middle.high[::-1]]),
    )
    everywhere = range(grid.count)
    _add_lines(
        figure,
        grid,
        [(i, *around) for i in everywhere],
        name=middle.band_name,
        fill="toself",
        fillcolor=look.grid,
        line={"width": 0, "color": look.grid},
        hoverinfo="skip",
    )
    line = {"color": look.quiet, "width": 1.5}
    curves = [(i, middle.x, middle.median) for i in everywhere]
    _add_lines(figure, grid, curves, name=middle.median_name, line=line, hoverinfo="skip")


def _add_lines(
    figure: go.Figure,
    grid: _Grid,
    curves: Sequence[tuple[int, np.ndarray, np.ndarray]],
    names: Sequence[str] = (),
    **more: Any,
):
    """Curves of several panels as one trace, with gaps between them: it is drawn at once.

    names: what each is called, where one may point at it.
    """
    places = [np.hstack([grid.place(i, x, y), _GAP]) for i, x, y in curves]
    if not places:
        return
    if names:
        values = [np.hstack([(x, y), _GAP]) for _i, x, y in curves]
        told = [np.full(len(x) + 1, name) for name, (_i, x, _y) in zip(names, curves, strict=True)]
        more |= {"text": np.concatenate(told), "customdata": np.hstack(values).T}
    # Arrays: Plotly looks at each number of a list.
    x, y = np.hstack(places)
    figure.add_scatter(x=x, y=y, mode="lines", **more)


def _words(look: Look, corner: tuple[int, int], panel: Panel) -> list[dict[str, Any]]:
    """A panel's name and value, above its curve."""
    name = escape(panel.name)
    words = f"<b>{escape(panel.mark)} {name}</b>" if panel.mark else name
    colour = look.colour("rnn") if panel.mark else look.ink
    left, right, top = corner[0] + _LEFT, corner[0] + _RIGHT, corner[1] + 0.98
    begins = {"x": left, "y": top, "xanchor": "left", "yanchor": "top"}
    ends = {"x": right, "y": top, "xanchor": "right", "yanchor": "top"}
    return [look.note(words, colour, 15, **begins), look.note(panel.value, look.ink, 15, **ends)]


def _ground(look: Look, corner: tuple[int, int]) -> dict[str, Any]:
    """Plotly's line at a panel's foot."""
    ends = {"x0": corner[0] + _LEFT, "x1": corner[0] + _RIGHT}
    heights = {"y0": corner[1] + _GROUND, "y1": corner[1] + _GROUND}
    line = {"color": look.quiet, "width": 1}
    return {"type": "line", "line": line, "layer": "below", **ends, **heights}


def _scale(look: Look, grid: _Grid, form: Callable[[float], str]) -> dict[str, Any]:
    """The limits of the axes that all panels share, said once, beneath them."""
    words = f"{look.x} 0 – {form(grid.x_end)} · {look.y} {form(grid.low)} – {form(grid.high)}"
    return look.note(words, x=_LEFT, y=0.0, xanchor="left", yanchor="top")
