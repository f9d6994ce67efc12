"""How the gradient shrinks or grows on its way back through time: lines over the steps."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import plotly.graph_objects as go

from core.figures import labels, style
from core.figures.style import Look

_THRESHOLD = 0.01
_DEEPEST = -12.0  # powers of ten; what is smaller is not worth the room
_LOWEST_TOP = 0.35
_AXIS_PX = 400  # the height of the axes, as good as any before the chart is drawn
_AWAY_FROM_AXIS = 6  # a sixth of a curve, after which its name has no axis's numbers in the way
_LABEL_GAP = 0.075  # of the axis, between labels of curves that end close together


@dataclass(frozen=True)
class GradientCurve:
    """A gradient's relative norm by step: median, and quartiles or None, float (time,) each.

    colour: a name of ``style.COLOURS``. horizon: steps back until it is below the threshold.
    """

    name: str
    colour: str
    dash: str
    median: np.ndarray
    low: np.ndarray | None = None
    high: np.ndarray | None = None
    horizon: int | None = None
    faint: bool = False


def gradient_curves(
    look: Look,
    curves: Sequence[GradientCurve],
    *,
    threshold_name: str,
    unchanged_name: str,
    reach: str,
    bound: tuple[str, np.ndarray] | None = None,
) -> go.Figure:
    """Norms by step t, 1 at t = T, on a logarithmic axis, and where they fall below 1%.

    A name of one letter stands on its curve, too. bound: name and values (time,) of an upper
    bound, drawn dotted. threshold_name, unchanged_name: what the lines at 0.01 and at 1 are
    called. reach: of {name} and {steps}, says how far back a curve stays above the threshold.
    """
    figure = look.figure()
    time = len(curves[0].median)
    steps = np.arange(1, time + 1)
    bottom, top = _range(curves, bound)
    for curve in curves:
        if curve.low is not None and curve.high is not None:
            _add_band(look, figure, curve.colour, curve.low, curve.high, bottom)
    if bound:
        _add_bound(look, figure, *bound, bottom, top)
    for curve in curves:
        figure.add_scatter(
            x=steps,
            y=_drawable(curve.median),
            name=curve.name,
            mode="lines",
            line={
                "color": _colour(look, curve.colour),
                "dash": curve.dash,
                "width": 1.5 if curve.faint else 3,
            },
            opacity=0.5 if curve.faint else 1,
            hovertemplate="%{y:.2g}<extra>%{fullData.name}</extra>",
        )
    for height, name in ((_THRESHOLD, threshold_name), (1.0, unchanged_name)):
        labels.across(figure, height, line={"color": look.quiet, "dash": "dash", "width": 1.2})
        place = {"x": 1, "xref": "paper", "y": np.log10(height), "xanchor": "left", "xshift": 4}
        place |= {"name": labels.END}
        figure.add_annotation(look.note(name, **place))
    named = [curve for curve in curves if not curve.faint]
    _add_letters(look, figure, named, bottom)
    highest = _add_horizons(look, figure, named, time, top - bottom, reach)
    top = max(top, highest + _LABEL_GAP * (top - bottom))
    figure.update_layout(margin_r=84)
    figure.update_xaxes(range=[1, time + max(1, 0.01 * time)])
    return figure.update_yaxes(type="log", range=[bottom, top], exponentformat="power", nticks=8)


def _add_band(
    look: Look, figure: go.Figure, colour: str, low: np.ndarray, high: np.ndarray, bottom: float
):
    floor = 10.0 ** (bottom - 1)
    inside = np.isfinite(low) & np.isfinite(high)
    steps = 1 + np.flatnonzero(inside)
    low, high = np.maximum(low[inside], floor), np.maximum(high[inside], floor)
    figure.add_scatter(
        x=np.concatenate([steps, steps[::-1]]),
        y=np.concatenate([low, high[::-1]]),
        fill="toself",
        mode="lines",
        line={"width": 0, "color": _colour(look, colour)},
        fillcolor=_colour(look, colour),
        opacity=0.2,
        hoverinfo="skip",
    )


def _add_bound(
    look: Look, figure: go.Figure, name: str, values: np.ndarray, bottom: float, top: float
):
    figure.add_scatter(
        x=np.arange(1, len(values) + 1),
        y=_drawable(values),
        name=name,
        mode="lines",
        line={"color": look.ink, "dash": "dot", "width": 2},
        hovertemplate="%{y:.2g}<extra>%{fullData.name}</extra>",
    )
    logs = np.log10(np.maximum(values, 1e-300))
    seen = np.flatnonzero((logs > bottom + 0.05 * (top - bottom)) & (logs < top))
    at = int(seen[len(seen) // 2]) if len(seen) else 0
    height = float(np.clip(logs[at], bottom, top))
    figure.add_annotation(labels.along(look, name, look.ink, at + 1, height))


def _add_letters(
    look: Look, figure: go.Figure, curves: Sequence[GradientCurve], bottom: float
) -> None:
    """Names of one letter, each in a ring on what is seen of its curve, neighbours not abreast."""
    for i, curve in enumerate(curves):
        seen = np.flatnonzero(_drawable(curve.median) > 10.0**bottom)
        if len(curve.name) > 1 or not len(seen):
            continue
        at = int(seen[len(seen) * (1 + 2 * (i % 2)) // 8])
        colour = _colour(look, curve.colour)
        figure.add_scatter(
            x=[at + 1],
            y=[curve.median[at]],
            mode="markers+text",
            text=[f"<b>{curve.name}</b>"],
            textfont={"color": colour, "size": 15},
            marker={"color": look.page, "size": 26, "line": {"color": colour, "width": 2}},
            hoverinfo="skip",
        )


def _add_horizons(
    look: Look,
    figure: go.Figure,
    curves: Sequence[GradientCurve],
    time: int,
    height: float,
    reach: str,
) -> float:
    """A point where each curve crosses the threshold, with its name and its steps.

    Returns the height of the highest name, in powers of ten.
    """
    placed: list[tuple[float, float]] = []
    crossing = [curve.horizon for curve in curves if curve.horizon is not None]
    for curve in sorted(curves, key=lambda c: -(c.horizon or 0)):
        colour = _colour(look, curve.colour)
        text, anchor, shift, above = curve.name, "left", 8, "bottom"
        if curve.horizon is None:
            finite = np.flatnonzero(np.isfinite(curve.median) & (curve.median > 0))
            if not len(finite):  # there is no curve to name
                continue
            at = int(finite[len(finite) // _AWAY_FROM_AXIS])
            x, y = at + 1, float(np.log10(max(curve.median[at], 1e-300)))
        else:
            x, y = time - curve.horizon, float(np.log10(_THRESHOLD))
            text = reach.format(name=curve.name, steps=curve.horizon)
            if curve.horizon == min(crossing):  # the steepest has free room on its right
                above = "top"
            else:
                anchor, shift = "right", -10
            figure.add_scatter(
                x=[x],
                y=[_THRESHOLD],
                mode="markers",
                marker={"color": colour, "size": 13, "symbol": style.MARKERS.get(curve.colour)},
                hoverinfo="skip",
            )
        level = y
        while above == "bottom" and any(
            abs(x - there) < 0.24 * time and abs(level - other) < _LABEL_GAP * height
            for there, other in placed
        ):
            level += _LABEL_GAP * height
        if above == "bottom":
            placed.append((x, level))
        note = look.note(f"<b>{text}</b>", colour, 17, xanchor=anchor, yanchor=above, xshift=shift)
        raised = round((level - y) / height * _AXIS_PX)
        place = {"x": x, "y": y, "yshift": raised if above == "bottom" else -6}
        figure.add_annotation(note, name=labels.POINT, **place)
    return max((level for _, level in placed), default=0.0)


def log_lines(
    look: Look,
    lines: Sequence[tuple[str, str, str, np.ndarray, np.ndarray]],
    *,
    at: float | None = None,
) -> go.Figure:
    """Lines on a logarithmic axis; each is name, colour, dash, x (n,) and y (n,) in powers of ten.

    at: x of a vertical line.
    """
    figure = look.figure()
    values = np.concatenate([y[np.isfinite(y)] for *_, y in lines])
    low, high = values.min(initial=-0.5), values.max(initial=0.5)
    room = 0.06 * (high - low)
    ends: list[labels.End] = []
    for name, colour, dash, x, y in lines:
        figure.add_scatter(
            x=x,
            y=y,
            name=name,
            mode="lines",
            line={"color": _colour(look, colour), "dash": dash, "width": 2.5},
            hovertemplate="10<sup>%{y:.1f}</sup><extra>%{fullData.name}</extra>",
        )
        finite = np.flatnonzero(np.isfinite(y))
        if len(finite):
            last = finite[-1]
            ends.append(labels.End(name, float(x[last]), float(y[last]), _colour(look, colour)))
    low, high = low - room, high + room
    labels.end_labels(figure, ends, low, high)
    if at is not None:
        labels.upright(figure, at, line={"color": look.accent, "width": 1.5})
    ends_at = [float(x[i]) for *_, x, _y in lines for i in (0, -1)]
    figure.update_xaxes(range=[min(ends_at), max(ends_at)])
    figure.update_yaxes(
        range=[low, high],
        tickprefix="10<sup>",
        ticksuffix="</sup>",
        nticks=7,
    )
    return figure


def _colour(look: Look, name: str) -> str:
    return look.ink if name == "ink" else look.colour(name)


def _drawable(values: np.ndarray) -> np.ndarray:
    """Values with gaps where a logarithm has none."""
    values = np.asarray(values, float)
    return np.where(np.isfinite(values) & (values > 0), values, np.nan)


def _range(
    curves: Sequence[GradientCurve], bound: tuple[str, np.ndarray] | None
) -> tuple[float, float]:
    """Limits in powers of ten: of all curves, but not below ``_DEEPEST``."""
    seen = np.concatenate([_drawable(curve.median) for curve in curves])
    logs = np.log10(seen[np.isfinite(seen)])
    low, high = float(logs.min(initial=-2.5)), float(logs.max(initial=0.0))
    if bound is not None:
        limit = _drawable(bound[1])
        limit = limit[np.isfinite(limit)]
        if len(limit):  # its beginning, where it is above the room that the curves take
            high = max(high, min(float(np.log10(limit.max())), high + 3.0))
    low = max(low, _DEEPEST)
    return low - 0.03 * (high - low), high + max(_LOWEST_TOP, 0.04 * (high - low))
