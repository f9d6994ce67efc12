"""The map of words as a component of the browser."""

import hashlib
import json
from base64 import b64encode
from collections.abc import Callable, Mapping, Sequence
from typing import Any

import numpy as np
import streamlit as st

from core.figures import style
from pages.language.word_embeddings.wordmap.shown import Answer, MapWords, Places, drawn
from ui.components import component
from ui.components.blob import blob
from ui.texts import _, language

_MAP = component(
    __file__,
    "wordmap",
    """<div class="pangloss-handled pangloss-wordmap" role="group">
      <div class="board">
        <div class="seen pangloss-figure">
          <div class="frame" role="application" tabindex="0">
            <canvas aria-hidden="true"></canvas>
          </div>
          <div class="zoom">
            <button type="button">+</button>
            <button type="button">−</button>
            <button type="button">⤢</button>
          </div>
          <p class="axes"><span class="across"></span><span class="up"></span></p>
        </div>
        <div class="panel">
          <p class="asked"></p>
          <ol class="rows"></ol>
          <p class="note"></p>
        </div>
      </div>
      <div class="groups" role="group"></div>
      <i class="tallest"></i>
      <div class="spoken" aria-live="polite"></div>
    </div>""",
)


def word_map(
    shown: MapWords,
    places: Places,
    plane: str,
    answered: Answer,
    *,
    key: str,
    alt: str,
    on_word: Callable[[str], None],
):
    """The map, what was asked marked on it, and its answers beside it.

    plane: its name; another one is seen whole at first. on_word: called with a chosen word.
    """
    marks, lines = drawn(answered, places)
    mapped = places.points[: len(shown.counts)]
    with st.container(gap=None):
        name = blob(_sent(shown), f"{key}.words")
        _MAP(
            key=key,
            data={
                "of": _fingerprint(shown.words[: len(mapped)]),
                "plane": plane,
                "alt": alt,
                "blob": name,
                "points": _text(mapped, "<f4"),
                "marks": marks,
                "lines": lines,
                "guides": list(places.guides),
                "across": places.across,
                "up": places.up,
                "asked": answered.title,
                "panel": {
                    "title": answered.title,
                    "note": answered.note,
                    "rows": [{"word": w, "score": s, "kind": k} for w, s, k in answered.rows],
                },
                "serial": _serial(key),
                "colours": _COLOURS,
                "language": language(),
                "words": _words(),
            },
            height="content",
            on_word_change=lambda: _heard(key, on_word),
        )


def _heard(key: str, on_word: Callable[[str], None]):
    """A word was chosen in the browser, which may have said anything."""
    word = _state(key).get("word")
    if isinstance(word, str):
        on_word(word[:40])


def _state(key: str) -> Mapping[str, Any]:
    state = st.session_state.get(key)
    chosen = state.get("word") if isinstance(state, Mapping) else None
    return chosen if isinstance(chosen, Mapping) else {}


def _serial(key: str) -> int:
    serial = _state(key).get("serial")
    return serial if isinstance(serial, int) else 0


def _sent(shown: MapWords) -> bytes:
    """What is known of the words of the map, for the browser, and neighbours that are not on it."""
    mapped = len(shown.counts)
    others = np.unique(shown.near[shown.near >= mapped])
    near = np.where(shown.near < mapped, shown.near, mapped + np.searchsorted(others, shown.near))
    return json.dumps(
        {
            "words": [*shown.words[:mapped], *(shown.words[i] for i in others)],
            "counts": shown.counts.tolist(),
            "near": _text(near, "<u2"),
            "cosines": _text(np.clip(shown.cosines, 0, 1) * 255, np.uint8),
            "each": shown.near.shape[1],
            "groups": None if shown.groups is None else _text(shown.groups, np.uint8),
            "names": list(shown.names),
            "first": list(shown.first),
            "everywhere": len(others) > 0,
        },
        ensure_ascii=False,
    ).encode()


def _fingerprint(words: Sequence[str]) -> str:
    return hashlib.blake2b("\n".join(words).encode(), digest_size=8).hexdigest()


def _text(values: np.ndarray, dtype: Any) -> str:
    return b64encode(np.ascontiguousarray(values, dtype).tobytes()).decode()


_COLOURS = {
    theme: {
        "page": style.PAGE[theme],
        "ink": style.INK[theme],
        "quiet": style.QUIET[theme],
        "letters": style.QUIET[theme],
        "accent": style.ACCENT[theme],
        "classes": style.CLASSES[theme],
    }
    for theme in style.PAGE
}


def _words() -> dict[str, str]:
    return {
        "neighbours": _("Near {word}, on the map"),
        "everywhere": _("Nearest to {word}"),
        "count": _("It comes {count} times in the corpus."),
        "groups": _("Groups"),
        "nearer": _("Nearer"),
        "farther": _("Farther"),
        "whole": _("The whole map"),
        "keys": _(
            "Arrow keys go from word to word, Enter asks for its neighbours, plus and minus look "
            "nearer and farther, zero shows the whole map."
        ),
    }
