"""What is written into the cells of a heat map, in the ink that is read best on each."""

import re
from collections.abc import Iterable, Sequence
from typing import Any

import numpy as np
import plotly.graph_objects as go
from plotly.colors import sample_colorscale

_BLACK, _WHITE = "#000000", "#ffffff"  # one of them has 4.5:1 on any colour
_EQUAL = 0.1791  # the luminance of a colour on which both have the same contrast
_CLEAR = [[0, "rgba(0,0,0,0)"], [1, "rgba(0,0,0,0)"]]
_TAKEN = ("x", "y", "x0", "y0", "dx", "dy", "xaxis", "yaxis")


def write_cells(
    figure: go.Figure,
    texts: Sequence[Sequence[Any]] | np.ndarray | None = None,
    *,
    number: str = "",
    size: int | None = None,
) -> go.Figure:
    """Write into each cell of the figure's last heat map, which has zmin and zmax.

    texts: [row][column]; without them its value is written in ``number``, a format of d3's.
    size: of the letters, in pixels; that of the chart by default. Plotly's own ink for the words of
    a heat map is a dark grey that has 3:1 on middle colours; here black or white stands on each
    cell, 4.5:1 at least.
    """
    heat: Any = figure.data[-1]
    values = np.asarray(heat.z, dtype=float)
    if not values.size:
        return figure
    shares = np.clip((values - heat.zmin) / (heat.zmax - heat.zmin), 0, 1)
    scale = [list(stop) for stop in heat.colorscale]
    colours = map(str, sample_colorscale(scale, np.nan_to_num(shares).ravel().tolist()))
    bright = luminance(colours).reshape(values.shape) > _EQUAL
    for ink, here in ((_BLACK, bright), (_WHITE, ~bright)):
        figure.add_heatmap(
            **{name: heat[name] for name in _TAKEN if heat[name] is not None},
            z=np.where(here, values, np.nan),
            zmin=heat.zmin,
            zmax=heat.zmax,
            colorscale=_CLEAR,
            showscale=False,
            hoverinfo="skip",
            # Plotly writes a text where there is no value, too.
            text=None if texts is None else np.where(here, np.array(texts, dtype=str), "").tolist(),
            texttemplate=f"%{{z:{number}}}" if texts is None else "%{text}",
            textfont={"size": size, "color": ink},
        )
    return figure


def luminance(colours: Iterable[str]) -> np.ndarray:
    """Relative luminance as WCAG 2 defines it, 0 to 1, of colours "rgb(r, g, b)": (n,)."""
    parts = (
        np.array([[float(p) for p in re.findall(r"[\d.]+", colour)] for colour in colours]) / 255
    )
    linear = np.where(parts <= 0.04045, parts / 12.92, ((parts + 0.055) / 1.055) ** 2.4)
    return linear @ [0.2126, 0.7152, 0.0722]
