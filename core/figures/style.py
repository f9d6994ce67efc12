"""The look of every chart: one template a theme, one colour, dash and marker a model."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import Any

import numpy as np
import plotly.graph_objects as go
from plotly.colors import sample_colorscale
from plotly.subplots import make_subplots

from core.figures.drawing import Drawing, Shared

PAGE = {"light": "#FBFAF6", "dark": "#14171F"}
PANEL = {"light": "#F2EFE7", "dark": "#1C212C"}
INK = {"light": "#20242E", "dark": "#E8E6E1"}
QUIET = {"light": "#5B606B", "dark": "#A6ABB6"}
ACCENT = {"light": "#2F4B9B", "dark": "#9DB4FF"}
GRID = {"light": "#E3DFD4", "dark": "#2A303D"}

COLOURS = {
    "light": {
        "rnn": "#C05A00",
        "lstm": "#1F5FBF",
        "gru": "#00897B",
        "pca": "#4B4F58",
        "autoencoder": "#B0388F",
        "baseline": QUIET["light"],
    },
    "dark": {
        "rnn": "#F2A24A",
        "lstm": "#74AEFF",
        "gru": "#35CFA3",
        "pca": "#C9CCD3",
        "autoencoder": "#E27BC9",
        "baseline": QUIET["dark"],
    },
}
# Curves' colours that are too pale for letters -> darker ones, of 4.5:1 on page and panel.
LETTERS = {"#C05A00": "#A84F00", "#00897B": "#00776B"}
DASHES = {
    "rnn": "dashdot",
    "lstm": "solid",
    "gru": "longdash",
    "pca": "longdashdot",
    "autoencoder": "solid",
    "baseline": "dash",
}
MARKERS = {
    "rnn": "triangle-up",
    "lstm": "circle",
    "gru": "square",
    "pca": "x",
    "autoencoder": "diamond",
    "baseline": "line-ew",
}

SEQUENTIAL = "cividis"
# The part of it whose areas stand out from the page by 3:1.
_APART = {"light": (0.0, 0.6), "dark": (0.4, 1.0)}
# Signed values: blue below zero, orange above, the page's own colour at zero.
DIVERGING_ENDS = {"light": ("#1F5FBF", "#C05A00"), "dark": ("#74AEFF", "#F2A24A")}
DIVERGING = {
    theme: [[0, low], [0.5, PAGE[theme]], [1, high]]
    for theme, (low, high) in DIVERGING_ENDS.items()
}
# Tol's muted scheme and its black, for ten classes: https://personal.sron.nl/~pault/ (2021).
CLASSES = {
    "light": ["#332288", "#88CCEE", "#44AA99", "#117733", "#999933"]
    + ["#DDCC77", "#CC6677", "#882255", "#AA4499", "#20242E"],
    "dark": ["#8F86E0", "#88CCEE", "#44AA99", "#4FB36B", "#B5B54A"]
    + ["#DDCC77", "#E08A98", "#C65A8A", "#D283C4", "#E8E6E1"],
}

SANS = '"Source Sans", "Source Sans 3", sans-serif'
SERIF = '"Source Serif", "Source Serif 4", serif'


@cache
def template(theme: str) -> go.layout.Template:
    """The Plotly template of ``theme``, "light" or "dark"."""
    axis = {
        "gridcolor": GRID[theme],
        "linecolor": QUIET[theme],
        "zeroline": False,
        "ticks": "",
        "tickfont": {"color": QUIET[theme]},
        "title": {"font": {"color": QUIET[theme]}, "standoff": 8},
        "automargin": True,
    }
    return go.layout.Template(
        layout={
            "paper_bgcolor": PAGE[theme],
            "plot_bgcolor": PAGE[theme],
            "colorway": [COLOURS[theme][name] for name in ("lstm", "rnn", "gru", "autoencoder")],
            "colorscale": {"sequential": SEQUENTIAL, "diverging": DIVERGING[theme]},
            "font": {"family": SANS, "size": 15, "color": INK[theme]},
            "title": {
                "font": {"family": SERIF, "size": 18},
                "x": 0,
                "xref": "paper",
                "xanchor": "left",
                "y": 1,
                "yref": "container",
                "yanchor": "top",
                "pad": {"t": 10},
            },
            "margin": {"l": 8, "r": 16, "t": 48, "b": 8},
            "xaxis": {**axis, "showgrid": False, "showline": True},
            "yaxis": {**axis, "showgrid": True, "ticklabelstandoff": 4},
            "showlegend": False,
            "legend": {"orientation": "h", "x": 0, "y": 1, "yanchor": "bottom"},
            "hovermode": "closest",
            "hoverlabel": {
                "bgcolor": PANEL[theme],
                "bordercolor": QUIET[theme],
                "font": {"family": SANS, "size": 14, "color": INK[theme]},
            },
            "dragmode": False,
            "transition": {"duration": 0},
        }
    )


@cache
def _template(theme: str) -> dict[str, Any]:
    return Shared(template(theme).to_plotly_json())


@lru_cache(maxsize=64)
def _panels(places: str) -> tuple[dict[str, Any], Any]:
    """Layout and axes that ``Look.panels`` begins with: they take longer than to draw in them."""
    panels = make_subplots(**json.loads(places))
    layout = panels.to_dict()["layout"]
    return {name: part for name, part in layout.items() if name != "template"}, panels._grid_ref


@dataclass(frozen=True)
class Look:
    """How a chart is drawn, and the words around it; every figure takes one first.

    theme: "light" or "dark". title: a sentence that says what to see. x, y: names of the axes, with
    units. alt: what a reader who does not see the chart is told, the title by default; it is kept
    in ``figure.layout.meta["alt"]``.
    """

    theme: str
    title: str
    x: str = ""
    y: str = ""
    alt: str = ""

    def figure(self) -> go.Figure:
        """An empty figure with one pair of axes."""
        axes = {"xaxis": self.x, "yaxis": self.y}
        # Plotly keeps room free for an empty title, too.
        named = {axis: {"title": {"text": name}} for axis, name in axes.items() if name}
        return Drawing({**self._layout, **named})

    def panels(self, **places: Any) -> go.Figure:
        """An empty figure with many pairs of axes. places: where, as of Plotly's make_subplots."""
        layout, grid = _panels(json.dumps(places))
        return Drawing({**layout, **self._layout}, grid)

    @property
    def _layout(self) -> dict[str, Any]:
        return {
            "template": _template(self.theme),
            "title": {"text": self.title},
            "meta": {"alt": self.alt or self.title},
        }

    def colour(self, name: str) -> str:
        """The colour of a model, by its name in ``COLOURS``."""
        return COLOURS[self.theme][name]

    def line(self, name: str, width: float = 2.5) -> dict[str, Any]:
        """Plotly's line in the colour and the dash of a model."""
        return {"color": self.colour(name), "dash": DASHES[name], "width": width}

    def marker(self, name: str, size: int) -> dict[str, Any]:
        """Plotly's marker in the colour and the shape of a model."""
        return {"color": self.colour(name), "symbol": MARKERS[name], "size": size}

    def note(self, text: str, colour: str = "", size: int = 13, **place: Any) -> dict[str, Any]:
        """Plotly's annotation without an arrow. colour: quiet by default. place: of the text."""
        font = {"color": colour or self.quiet, "size": size}
        return {"text": text, "font": font, "showarrow": False, **place}

    @property
    def ink_scale(self) -> list[list[Any]]:
        """Plotly's colour scale from paper to ink."""
        return [[0, self.page], [1, self.ink]]

    def shades(self, count: int) -> list[str]:
        """So many colours of the sequential map, dark to bright, each to be told from the page."""
        low, high = _APART[self.theme]
        return [*map(str, sample_colorscale(SEQUENTIAL, np.linspace(low, high, count).tolist()))]

    @property
    def page(self) -> str:
        """The colour of the page behind the chart."""
        return PAGE[self.theme]

    @property
    def ink(self) -> str:
        """The colour of text."""
        return INK[self.theme]

    @property
    def quiet(self) -> str:
        """The colour of what stands back: axes, references, notes."""
        return QUIET[self.theme]

    @property
    def accent(self) -> str:
        """The colour of what is pointed at."""
        return ACCENT[self.theme]

    @property
    def grid(self) -> str:
        """The colour of lines that help to read."""
        return GRID[self.theme]


def named_ticks(names: Sequence[str]) -> dict[str, Any]:
    """Plotly's ticks at 0, 1, 2, ..., under these names."""
    return {"tickmode": "array", "tickvals": list(range(len(names))), "ticktext": list(names)}
