"""The sentence that is typed, and into which language it is translated."""

from dataclasses import dataclass

import streamlit as st

from core.experiments.translation import shipped
from core.experiments.translation.config import TranslationConfig
from core.messages import Problem
from ui.notices import plain
from ui.state.kept_choice import kept_choice
from ui.state.kept_text import kept_text
from ui.texts import _, say

SENTENCE, FROM = "translation.sentence", "translation.from"
DEFAULT = {
    "en_fr": "She doesn't like the black cat.",
    "fr_en": "Elle n'aime pas le chat noir.",
}


@dataclass(frozen=True)
class Asked:
    """A sentence to translate. direction: "en_fr" or "fr_en"."""

    text: str
    direction: str


def ask() -> Asked:
    """The sentence that was typed; what can be read of none is said, and the default taken."""
    row = st.container(horizontal=True, vertical_alignment="bottom", gap="medium")
    with row:
        direction = kept_choice(
            _("From"),
            {"en_fr": _("English"), "fr_en": _("French")},
            ("en_fr", "fr_en"),
            key=FROM,
            parameter="from",
        )
    with row:
        typed = kept_text(
            _("A short sentence to translate"),
            "",
            key=SENTENCE,
            parameter="sentence",
            most=shipped.MOST_CHARS,
            placeholder=DEFAULT[direction],
            help=_("The network has learned from sentences of at most ten words."),
        )
    if not typed:
        return Asked(DEFAULT[direction], direction)
    try:
        text = shipped.sentence(typed, direction.split("_")[0])
    except Problem as problem:
        still = _("Below is the answer to “{asked}”.").format(asked=DEFAULT[direction])
        st.warning(plain(f"{say(problem)} {still}"))
        return Asked(DEFAULT[direction], direction)
    if shipped.is_rather_the_other(text, direction):
        st.caption(
            _("These words look French: choose “French”, and they are read as such.")
            if direction == "en_fr"
            else _("These words look English: choose “English”, and they are read as such.")
        )
    return Asked(text, direction)


def direction_names() -> dict[str, str]:
    """What each direction is called."""
    return {
        name: _(words) for name, words in TranslationConfig.specs()["direction"].options.items()
    }
