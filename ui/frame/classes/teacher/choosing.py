"""Which lesson a part of the teacher's page is about."""

from collections.abc import Mapping

import streamlit as st

from ui.state.widgets import in_new_words, place_of
from ui.texts import _


def choose_lesson(names: Mapping[str, str], first: str, key: str) -> str:
    """Draws the choice among lessons, name -> title; returns the name. first: if it is among them.

    key: of the widget.
    """
    default = first if first in names else next(iter(names))
    chosen = in_new_words(key, names, default)
    st.selectbox(
        _("Lesson"),
        list(names),
        place_of(chosen, names),
        format_func=names.__getitem__,
        key=key,
        width=320,
    )
    return st.session_state[key]
