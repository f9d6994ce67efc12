"""The figure: a sentence, its translation, where each piece looked, and a gaze that is held."""

from typing import Any

import numpy as np
import streamlit as st

from core.numeric.language.codec import END
from core.numeric.language.seq2seq import Edit, Written
from core.numeric.language.translation.pieces import START_MARK
from core.numeric.language.translation.tokens import tokens
from pages.language.translation.networks import Translator
from pages.language.translation.sentence import Asked
from ui.components import component
from ui.components.attention import chosen_weight
from ui.layout import the_figure
from ui.texts import _, language

_GAZE = "translation.gaze"
_COMPONENT = component(
    __file__,
    "gaze",
    """<div class="pangloss-handled pangloss-gaze" role="group">
      <div class="scroll"><div class="inner">
        <div class="row asked"></div>
        <svg aria-hidden="true"></svg>
        <div class="row told"></div>
        <div class="row changed"></div>
      </div></div>
      <p class="said" aria-live="polite"></p>
      <button type="button" class="let-go"></button>
    </div>""",
)


def drawn(asked: Asked, translator: Translator):
    """The figure and what is to be said of it, drawn anew alone where a gaze is held."""
    st.fragment(_drawn)(asked, translator)


def _drawn(asked: Asked, translator: Translator):
    written = translator.write(asked.text)
    of = f"{translator.key}:{asked.text}"
    read = translator.model.codec.read_pieces(asked.text)  # type: ignore[union-attr]
    attends = translator.config.attention != "none"
    chosen = (st.session_state.get(_GAZE) or {}).get("held") if attends else None
    held = chosen_weight(chosen, of, written.attention.shape[1:])
    data = {
        "of": of,
        "asked": _shown(read, translator.config.languages[0]),
        "told": _told(translator, written),
        "weights": np.round(written.attention[0].astype(float), 3).tolist() if attends else [],
        "sure": np.round(written.chosen()[0].astype(float), 3).tolist(),
        "held": held,
        "changed": [],
        "language": language(),
        "alt": _("“{asked}” and its translation “{told}”, piece by piece").format(
            asked=asked.text, told=translator.text(written)
        ),
        "words": _words(attends),
    }
    if held:
        data["changed"] = _changed(translator, asked.text, written, Edit(*held, 1.0))
    with the_figure():
        # A state of a component is only kept if something listens to it.
        _COMPONENT(key=_GAZE, data=data, height="content", on_held_change=lambda: None)
    if not attends:
        st.caption(
            _(
                "This network has no attention: all that it read is in its decoder's first state, "
                "and there is no word to point at."
            )
        )


def _shown(pieces: list[str], language: str) -> list[dict[str, Any]]:
    """Pieces as they are drawn: of a word in several, each but the first is glued to the last."""
    text = "".join(pieces).replace(START_MARK, " ")
    ends = np.cumsum([0, *map(len, tokens(text, language))])
    starts = np.cumsum([0, *map(len, pieces)])
    begins = [start in ends for start in starts]
    return [
        {
            "text": piece.replace(START_MARK, "") or "␣",
            "glued": not begins[i],
            "spelled": not (begins[i] and begins[i + 1]),
        }
        for i, piece in enumerate(pieces)
    ]


def _told(translator: Translator, written: Written) -> list[dict[str, Any]]:
    ids = [int(i) for i in written.ids[0]]
    pieces = [translator.model.codec.symbol(i) for i in ids if i != END]
    shown = _shown(pieces, translator.config.languages[1])
    return shown + [{"text": "∎", "glued": False, "spelled": False}] * (END in ids)


def _changed(
    translator: Translator, text: str, before: Written, edit: Edit
) -> list[dict[str, Any]]:
    """What is written with a gaze held; the first piece that differs is marked."""
    after = translator.write(text, edit)
    old, new = before.ids[0].tolist(), after.ids[0].tolist()
    differs = next((i for i, (a, b) in enumerate(zip(old, new, strict=False)) if a != b), None)
    if differs is None and len(old) != len(new):
        differs = min(len(old), len(new))
    told = _told(translator, after)
    return [
        {**piece, "first": i == differs, "after": differs is not None and i >= differs}
        for i, piece in enumerate(told)
    ]


def _words(attends: bool) -> dict[str, str]:
    return {
        "hint": _(
            "Point at a word to see what it looked at. Drag a word of the translation to a word "
            "of the sentence, or press one and then the other, to hold its gaze there."
        )
        if attends
        else "",
        "step": _("“{word}” looked at: {weights}. Its probability: {sure}."),
        "sure": _("Probability of “{word}”: {sure}."),
        "place": _("“{word}” was looked at most by: {words}"),
        "nobody": _("No piece looked at “{word}” most of all."),
        "picked": _("Now press the word that “{word}” shall look at."),
        "held": _("With the gaze of “{word}” held on “{place}”:"),
        "same": _("Held on “{place}”, “{word}” changes nothing."),
        "let_go": _("Let it go"),
    }
