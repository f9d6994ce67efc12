"""The units of a sparse code, one at a time: for which classes it fires, its atom, its images."""

from base64 import b64encode
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import plotly.graph_objects as go

from core.figures import style
from core.figures.style import Look

MOVING = 5  # traces that change with the unit, the first ones of the figure
ACROSS, DOWN = 4, 2  # a unit's images
_SMALL = 12  # pixels of titles that stand side by side, also on a narrow screen
_ZERO = 127  # of an atom's pixels as bytes


@dataclass(frozen=True, eq=False)
class UnitView:
    """What is shown of a unit.

    name: in a line or two, in Plotly's markup. atom: (height, width). images: those for which it
    fires most, in [0, 1], (at most ACROSS * DOWN, height, width). shares: how often it fires for
    each class, (classes,).
    """

    name: str
    atom: np.ndarray
    images: np.ndarray
    shares: np.ndarray


def unit_explorer(
    look: Look, table: np.ndarray, class_names: Sequence[str], view: UnitView, titles: Sequence[str]
) -> go.Figure:
    """Mean activation by unit and class above; beneath it one unit, at first the leftmost.

    table: (units, classes), in the order in which they stand side by side. titles: of the axes of
    the units, of an atom, of images and of shares by class.
    """
    figure = look.figure()
    start = unit_update(view, 0, class_names)
    figure.add_scatter(
        x=start["x"][0],
        y=start["y"][0],
        mode="lines",
        line={"color": "#FFFFFF", "width": 2},  # seen on all of cividis
        hoverinfo="skip",
    )
    figure.add_heatmap(z=start["z"][1], xaxis="x2", yaxis="y2", zmin=0, zmax=2 * _ZERO)
    figure.add_heatmap(z=start["z"][2], xaxis="x3", yaxis="y3", zmin=0, zmax=255)
    figure.add_bar(
        x=start["x"][3],
        y=start["y"][3],
        xaxis="x4",
        yaxis="y4",
        marker={"color": look.colour("autoencoder")},
        hovertemplate="%{x}: %{y:.0f}%<extra></extra>",
    )
    figure.add_scatter(
        x=[0],
        y=[0],
        text=start["text"][4],
        mode="text",
        textposition="middle right",
        textfont={"size": 14, "color": look.ink},
        xaxis="x5",
        yaxis="y5",
        hoverinfo="skip",
        cliponaxis=False,
    )
    for trace, scale in ((1, style.DIVERGING[look.theme]), (2, look.ink_scale)):
        figure.data[trace].update(colorscale=scale, showscale=False, hoverinfo="skip")
    figure.add_heatmap(
        z=table.T,
        colorscale=style.SEQUENTIAL,
        zmin=0,
        colorbar={
            "thickness": 8,
            "len": 0.5,
            "y": 1,
            "yanchor": "top",
            "nticks": 3,
            "outlinewidth": 0,
            "tickfont": {"size": _SMALL},
            "xpad": 4,
        },
        hoverinfo="skip",
    )
    return _with_axes(figure, len(table), class_names, len(view.atom), titles)


def unit_update(view: UnitView, place: int, class_names: Sequence[str]) -> dict[str, list[Any]]:
    """What Plotly.restyle gives the moving traces to show a unit, which stands at ``place``."""
    x, nothing = [place, place], None
    signed = _ZERO * (1 + view.atom / max(float(np.abs(view.atom).max()), 1e-30))
    strip = [-0.5, len(class_names) - 0.5]
    return {
        "x": [x, nothing, nothing, list(class_names), [0]],
        "y": [strip, nothing, nothing, [round(100 * float(s), 2) for s in view.shares], [0]],
        "z": [nothing, packed(np.rint(signed)), packed(_mosaic(view)), nothing, nothing],
        "text": [nothing, nothing, nothing, nothing, [view.name]],
    }


def packed(array: np.ndarray) -> dict[str, str]:
    """A table of bytes as Plotly reads it: a tenth of what its numbers would take as text."""
    data = np.ascontiguousarray(array, np.uint8).tobytes()
    shape = ", ".join(map(str, array.shape))
    return {"dtype": "u1", "bdata": b64encode(data).decode(), "shape": shape}


def _mosaic(view: UnitView) -> np.ndarray:
    """The images side by side, a pixel apart, as bytes; paper where there are no more."""
    height, width = view.atom.shape
    sheet = np.zeros((DOWN * (height + 1) - 1, ACROSS * (width + 1) - 1), np.uint8)
    for i, image in enumerate(view.images[: ACROSS * DOWN]):
        top, left = (height + 1) * (i // ACROSS), (width + 1) * (i % ACROSS)
        sheet[top : top + height, left : left + width] = np.rint(255 * np.clip(image, 0, 1))
    return sheet


def _with_axes(
    figure: go.Figure, units: int, class_names: Sequence[str], height: int, titles: Sequence[str]
) -> go.Figure:
    lower = [0.0, 0.3]
    picture = {"showgrid": False, "showline": False, "showticklabels": False, "zeroline": False}
    pictures = ((2, [0, 0.17], height), (3, [0.22, 0.66], DOWN * (height + 1) - 1))
    for number, domain, pixels in pictures:
        x = {**picture, "domain": domain, "anchor": f"y{number}", "title": titles[number - 1]}
        y = {
            **picture,
            "domain": lower,
            "anchor": f"x{number}",
            "range": [pixels - 0.5, -0.5],
            "scaleanchor": f"x{number}" if height > 1 else None,
            "constrain": "domain",
        }
        figure.update_layout({f"xaxis{number}": x, f"yaxis{number}": y})
    figure.update_layout(
        xaxis={
            "title": titles[0],
            "range": [-0.5, units - 0.5],
            "showticklabels": False,
            "title_standoff": 4,
        },
        yaxis={
            "domain": [0.5, 1.0],
            "range": [len(class_names) - 0.5, -0.5],
            "tickvals": list(range(len(class_names))),
            "ticktext": list(class_names),
            "showgrid": False,
        },
        xaxis4={
            "domain": [0.73, 1],
            "anchor": "y4",
            "title": titles[3],
            "type": "category",
            "dtick": 1,
            "tickangle": 0 if max(map(len, class_names)) == 1 else None,
        },
        yaxis4={
            "domain": lower,
            "anchor": "x4",
            "range": [0, 102],
            "tickvals": [0, 50, 100],
            "ticksuffix": "%",
        },
        xaxis5={**picture, "domain": [0, 1], "anchor": "y5", "range": [0, 1], "fixedrange": True},
        yaxis5={**picture, "domain": [0.33, 0.41], "anchor": "x5", "range": [-1, 1]},
    )
    for axis in ("xaxis", "xaxis2", "xaxis3", "xaxis4"):
        figure.layout[axis].title.font.size = _SMALL + 2 * (axis == "xaxis")
    figure.update_layout(xaxis4_tickfont_size=_SMALL, yaxis4_tickfont_size=_SMALL)
    return figure
