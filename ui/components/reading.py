"""A text that is read character by character: coloured, clicked, walked through."""

import math
import time
from collections.abc import Iterable, Sequence

import numpy as np
import streamlit as st

from core.figures import style
from ui.components import component
from ui.texts import _

_READING = component(
    __file__,
    "reading",
    """<div class="pangloss-reading">
      <div class="text" role="group" tabindex="0"></div>
      <div class="key" aria-hidden="true">
        <span class="low"></span><span class="scale"></span><span class="high"></span>
      </div>
      <div class="spoken" aria-live="polite"></div>
    </div>""",
)
_SHOW_S = 0.05  # between two looks at a text that is being made
_LEVELS = 50  # of colour, on each side of zero


def reading(
    text: str,
    *,
    key: str,
    alt: str,
    colours: Sequence[float] | np.ndarray | None = None,
    selected: int | None = None,
    legend: tuple[str, str] | None = None,
    mono: bool = False,
    height: int = 420,
) -> int | None:
    """Shows ``text`` as text; returns the index of the character chosen by click or arrow keys.

    colours: for each character a number in [-1, 1] of the diverging palette, NaN for none.
    selected: the character that is marked at first. legend: what -1 and +1 mean.
    height: in pixels; a longer text scrolls. Raises ValueError if the lengths differ.
    """
    if colours is not None and len(colours) != len(text):
        raise ValueError(f"{len(colours)} colours for {len(text)} characters")
    data = {
        "text": text,
        "alt": alt,
        "colours": None if colours is None else [_level(value) for value in colours],
        "selected": selected,
        "legend": legend,
        "font": "mono" if mono else "serif",
        "height": height,
        "palette": style.DIVERGING,
        "ink": style.INK,
        "words": {"space": _("space"), "line_end": _("line end")},
    }
    chosen = _READING(key=key, data=data, on_index_change=_nothing).get("index")
    index = selected if chosen is None else int(chosen)
    return index if index is not None and 0 <= index < len(text) else None


def stream(chunks: Iterable[str], *, key: str) -> str:
    """Shows a text while it is being made, as plain text; returns it whole."""
    shown, shown_at = "", 0.0
    with st.container(key=key):
        place = st.empty()
        for chunk in chunks:
            shown += chunk
            if time.monotonic() - shown_at > _SHOW_S:
                place.text(shown)
                shown_at = time.monotonic()
        place.text(shown)
    return shown


def _level(value: float) -> float | None:
    if math.isnan(value):
        return None
    return round(max(-1.0, min(1.0, float(value))) * _LEVELS) / _LEVELS


def _nothing():
    """A state of a component is only kept if something listens to it."""
