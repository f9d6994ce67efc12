"""What networks wrote, letter by letter, and where they looked, as components of the browser."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from difflib import SequenceMatcher
from typing import Any

import numpy as np
import plotly.colors
import streamlit as st

from core.figures import style
from core.numeric.language.seq2seq import Written
from pages.language.number_words.networks import NumberWriter
from pages.language.number_words.query import Query
from ui.components import component
from ui.components.attention import chosen_weight
from ui.texts import _, language

_END, PADDING = "end", "padding"
_SHADES = 32
_SPELLED = component(__file__, "spelled", '<div class="pangloss-spelled" role="group"></div>')
_ALIGNMENT = component(
    __file__,
    "alignment",
    """<div class="pangloss-alignment">
      <div class="pangloss-figure">
        <p class="title words"></p>
        <div class="lines" role="img" tabindex="0"><svg aria-hidden="true"></svg></div>
      </div>
      <p class="title weights"></p>
      <div class="below">
        <div class="box"><div class="map" role="grid" tabindex="0"></div></div>
        <div class="said" aria-live="polite"><p></p><p></p></div>
      </div>
    </div>""",
)

Part = tuple[str, str]  # a piece of an answer, and its mark: "", "wrong", "missing" or "first"


@dataclass(frozen=True)
class AnswerLine:
    """An answer: whose, in pieces, and what is said of it. right: "yes", "no" or ""."""

    name: str
    parts: Sequence[Part]
    verdict: str = ""
    right: str = ""

    def in_words(self) -> str:
        """The answer as a sentence; what is missing in it is left out."""
        answer = "".join(part for part, mark in self.parts if mark != "missing")
        return f"{self.name}: {answer} {self.verdict}".strip()


def judged(answers: Mapping[str, str], truth: str) -> list[AnswerLine]:
    """Answers, by whose they are, and the right one where it is another than they all are."""
    if not truth:
        return [
            AnswerLine(name, [(answer, "")] if answer else []) for name, answer in answers.items()
        ]
    lines = []
    for name, answer in answers.items():
        verdict = (_("✓ right"), "yes") if answer == truth else (_("✗ wrong"), "no")
        lines.append(AnswerLine(name, wrong_parts(answer, truth), *verdict))
    if all(answer == truth for answer in answers.values()):
        return lines
    return [*lines, AnswerLine(_("The right answer"), [(truth, "")])]


def wrong_parts(answer: str, truth: str) -> list[Part]:
    """An answer in pieces: its words (or digits) that are wrong, and those that are missing."""
    written, right = _pieces(answer), _pieces(truth)
    parts: list[Part] = []
    matcher = SequenceMatcher(None, written, right, autojunk=False)
    for kind, low, high, right_low, right_high in matcher.get_opcodes():
        if kind == "insert":
            parts.append(("".join(right[right_low:right_high]), "missing"))
        else:
            parts.append(("".join(written[low:high]), "" if kind == "equal" else "wrong"))
    return parts


def _pieces(answer: str) -> list[str]:
    """Words and what stands between them; digits one by one."""
    return re.findall(r"[0-9]|[ -]|[^ 0-9-]+", answer)


def first_difference(before: str, after: str) -> int | None:
    """The place of the first letter that differs, from 0; None if none does."""
    if before == after:
        return None
    same = (i for i, (a, b) in enumerate(zip(before, after, strict=False)) if a != b)
    return next(same, min(len(before), len(after)))


def since(text: str, place: int | None) -> list[Part]:
    """A text in pieces: what is as before, the letter at ``place``, and what comes after it."""
    if place is None:
        return [(text, "")]
    parts = [(text[:place], ""), (text[place : place + 1] or "∎", "first"), (text[place + 1 :], "")]
    return [part for part in parts if part[0]]


def spelled(lines: Sequence[AnswerLine], *, key: str, note: str = ""):
    """Answers one under the other. note: what else is told to those who do not see the marks."""
    rows = [{**asdict(line), "parts": [list(part) for part in line.parts]} for line in lines]
    alt = ". ".join([*(line.in_words() for line in lines), note])
    _SPELLED(key=key, data={"lines": rows, "alt": alt, "nothing": _("nothing at all")})


def alignment(
    writer: NumberWriter, asked: Query, written: Written, *, key: str
) -> tuple[int, int] | None:
    """The letters, the places that they looked at, and the weights.

    written: of one question. Returns the cell that was clicked, (step, place), or None.
    """
    of = f"{writer.key}:{asked.text}"
    weights = written.attention[0]
    codec = writer.model.codec
    places = list(asked.text) + [PADDING] * (weights.shape[1] - len(asked.text))
    data = {
        "of": of,
        "asked": places,
        "told": [codec.symbol(int(i)) or _END for i in written.ids[0]],
        "weights": np.round(weights.astype(float), 3).tolist(),
        "sure": np.round(written.chosen()[0].astype(float), 3).tolist(),
        "chosen": chosen_weight((st.session_state.get(key) or {}).get("cell"), of, weights.shape),
        "palette": _palette(),
        "ink": style.INK,
        "language": language(),
        "alt": _("Lines from the letters of “{answer}” to the places of “{asked}”").format(
            answer=codec.text(written.ids[0]), asked=asked.text
        ),
        "words": _words(asked.direction),
    }
    # A state of a component is only kept if something listens to it.
    state = _ALIGNMENT(key=key, data=data, on_cell_change=lambda: None)
    return chosen_weight(state.get("cell") if state else None, of, weights.shape)


def _palette() -> list[list[Any]]:
    """The sequential map, [[position, colour], ...]."""
    at = [i / (_SHADES - 1) for i in range(_SHADES)]
    colours = plotly.colors.sample_colorscale(style.SEQUENTIAL, at, colortype="tuple")
    hexes = ["#" + "".join(f"{round(255 * float(part)):02x}" for part in one) for one in colours]
    return [[place, colour] for place, colour in zip(at, hexes, strict=True)]


def character_name(character: str) -> str:
    """A character as it is spoken of."""
    return _names().get(character or _END, character)


def _names() -> dict[str, str]:
    return {
        " ": _("the space"),
        "-": _("the hyphen"),
        _END: _("the end"),
        PADDING: _("the padding"),
    }


def _words(direction: str) -> dict[str, Any]:
    to_words = direction == "to_words"
    return {
        "lines": _("Each letter, and the digits that it looked at")
        if to_words
        else _("Each digit, and the letters that it looked at"),
        "map": _("The weights, in percent: a row for what is written, a column for what is read"),
        "grid": _("Attention weights. Arrow keys move, Enter holds a weight."),
        "step": _("Writing character {place}, “{letter}”, it looked at: {weights}"),
        "where": _("{letter} at place {place}"),
        "sure": _("It gave what it wrote a probability of {share}."),
        "place": _("At place {place}, “{letter}”, these looked with a third or more: {letters}"),
        "nowhere": _("At place {place}, “{letter}”, nothing looked with a third or more."),
        "hint": _(
            "Point at a letter or a place, or move through the map with the arrow keys. A "
            "click on a cell, or Enter, lets you change its weight."
        ),
        "names": _names(),
    }
