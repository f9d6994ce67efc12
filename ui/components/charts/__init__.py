"""Charts, each redrawn in place."""

import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any

import plotly.graph_objects as go
import plotly.io
import streamlit as st

from core.figures import style
from core.figures.style import Look
from ui import server
from ui.components import component
from ui.components.charts.alternative import alternative
from ui.components.charts.by_value import digest
from ui.layout import class_view
from ui.texts import language

_PLOT = component(__file__, "plot", '<div class="pangloss-plot" role="img" tabindex="0"></div>')
_WRITTEN = {"ticksuffix", "ticktext", "hovertemplate", "texttemplate"}
_PERCENT = re.compile(r"(?<=[\d}])%(?![{}])|^%$")  # not those of Plotly's own %{x:.1%}
_KEPT, _OFFERED = 200, 50  # figures and choices: of a class, and of its runs a moment ago
_FOR_A_CLASS = 4 / 3  # as much larger as class view makes all the rest


@dataclass(frozen=True)
class Choices:
    """What a chart shows one at a time, chosen by the pointer in its upper panel or arrow keys.

    at: x of each choice, along the first axis. said: each in a sentence, for who does not see it.
    traces: the traces that change. updates: for each choice what Plotly.restyle gives them, an
    attribute's name -> its value for each trace. first: the choice that is shown at first.
    """

    at: Sequence[float]
    said: Sequence[str]
    traces: Sequence[int]
    updates: Sequence[Mapping[str, Sequence[Any]]]
    first: int = 0


def look(title: str, x: str = "", y: str = "", alt: str = "") -> Look:
    """The words around a chart, and the theme on this visitor's screen; see ``Look``."""
    return Look(server.theme(), title, x, y, alt)


def live_plot(
    figure: "go.Figure | partial[go.Figure]",
    *,
    key: str,
    height: int = 360,
    room: float = 0.0,
    tallest: float = 1.2,
    layout: Mapping[str, Any] | None = None,
    choices: "Choices | partial[Choices] | None" = None,
):
    """A chart that changes while one looks at it: no blank between two figures, no lost zoom.

    Its alternative text, which has its numbers, stands there if the chart cannot be drawn.
    figure: drawn, or a function of ``core.figures`` with what it draws, which is then drawn once
    for all who see the same. height: in pixels. room: how much of the height that the window has
    for a lesson's figure the chart takes, up to ``height`` and at least half of it; 0 where the
    window does not count. tallest: how many times as high as the window is wide it is then at most.
    layout: what Plotly's layout is besides. choices: what follows the pointer without asking the
    server, or a function of them with what it takes, for a figure that is such a function.
    """
    height = round(height * _FOR_A_CLASS) if class_view() else height
    seen = layout, language() == "fr", class_view()
    if isinstance(figure, partial):
        drawn, alt = _told_once(digest(figure), figure, *seen)
    else:
        drawn, alt = _told(figure, *seen)
    if isinstance(choices, partial):
        offered = _offered_once(digest(choices), choices, language())
    else:
        offered = _offered(choices) if choices else None
    data = {
        "figure": drawn,
        "alt": alt,
        "height": height,
        "room": room,
        "tallest": tallest,
        "src": server.plotly_url(),
        "swaps": _SWAPS,
        "choices": offered,
    }
    _PLOT(key=key, data=data, height="content" if room else height)


def _told(
    figure: go.Figure, layout: Mapping[str, Any] | None, french: bool, large: bool
) -> tuple[str, str]:
    """What the browser is told of a figure: Plotly's JSON, and the alternative text."""
    if layout:
        figure.update_layout(layout)
    drawn = figure.to_dict()
    alt = alternative(drawn)
    # It is checked by the tests.
    told = str(plotly.io.to_json(as_seen(drawn, french, large), validate=False))
    return told, _spaced(alt) if french else alt


@st.cache_data(max_entries=_KEPT, show_spinner=False)
def _told_once(
    of: str,
    _figure: "partial[go.Figure]",
    layout: Mapping[str, Any] | None,
    french: bool,
    large: bool,
) -> tuple[str, str]:
    """``_told`` of a figure still to be drawn: one draws, others who see the same wait for it."""
    return _told(_figure(), layout, french, large)


def _offered(choices: Choices) -> str:
    """What the browser is told of choices, as a text, which Streamlit packs quickly."""
    return json.dumps(vars(choices))


@st.cache_data(max_entries=_OFFERED, show_spinner=False)
def _offered_once(of: str, _choices: "partial[Choices]", spoken: str) -> str:
    """``_offered`` of choices still to be found; spoken: the language of their sentences."""
    return _offered(_choices())


def as_seen(drawn: dict[str, Any], french: bool, large: bool) -> dict[str, Any]:
    """A figure, as ``to_dict`` says it, in French or in English, as large as class view or not.

    What is given is changed.
    """
    if french:
        drawn = _in_french(drawn)
        drawn["layout"]["separators"] = ", "
    _darken_letters(drawn)
    return _enlarged(drawn, _FOR_A_CLASS) if large else drawn


def _darken_letters(drawn: dict[str, Any]):
    """Make what is written in a curve's colour as dark as letters must be."""
    notes, traces = drawn["layout"].get("annotations", []), drawn["data"]
    fonts = [note.get("font", {}) for note in notes] + [one.get("textfont", {}) for one in traces]
    for font in fonts:
        if isinstance(colour := font.get("color"), str):
            font["color"] = style.LETTERS.get(colour, colour)


def _in_french(part: Any, name: str = "") -> Any:
    """A part of a figure whose ticks and hover texts have a space before each percent sign."""
    if isinstance(part, dict):
        return {name: _in_french(value, name) for name, value in part.items()}
    if isinstance(part, list | tuple) and part and isinstance(part[0], dict | str):
        return [_in_french(one, name) for one in part]
    return _spaced(part) if name in _WRITTEN and isinstance(part, str) else part


def _spaced(text: str) -> str:
    """A text with a space before each percent sign, as it is written in French."""
    return _PERCENT.sub("\u202f%", text)


def _enlarged(part: Any, times: float) -> Any:
    """A part of a figure with the sizes of its fonts, its margins and its padding multiplied."""
    if isinstance(part, list | tuple):
        return [_enlarged(one, times) for one in part]
    if not isinstance(part, dict):
        return part
    grown = {}
    for name, value in part.items():
        grown[name] = _enlarged(value, times)
        if name.endswith("font") and isinstance(size := value.get("size"), int | float):
            grown[name]["size"] = size * times
        if name in ("margin", "pad") and isinstance(value, dict):
            grown[name] = {side: width * times for side, width in value.items()}
    return grown


def _swaps() -> dict[str, dict[str, str]]:
    """For each theme, every colour of the other one -> its counterpart in this one."""
    tables = (style.PAGE, style.PANEL, style.INK, style.QUIET, style.ACCENT, style.GRID)
    pairs = [(table["light"], table["dark"]) for table in tables]
    light, dark = style.COLOURS["light"], style.COLOURS["dark"]
    pairs += [(light[name], dark[name]) for name in light]
    pairs += zip(style.CLASSES["light"], style.CLASSES["dark"], strict=True)
    scales = zip(style.DIVERGING["light"], style.DIVERGING["dark"], strict=True)
    pairs += [(there[1], here[1]) for there, here in scales]
    pairs = [(there.upper(), here.upper()) for there, here in pairs]
    letters = {dark: dict(pairs)[pale] for pale, dark in style.LETTERS.items()}
    return {"dark": dict(pairs) | letters, "light": {here: there for there, here in pairs}}


_SWAPS = _swaps()
