"""A line of text that outlives its widget, and that the URL holds where it is short."""

from collections.abc import Callable
from typing import Any

import streamlit as st

from ui.state import address
from ui.texts import _, number

IN_THE_URL = 300  # characters


def kept_text(label: str, default: str, *, key: str, parameter: str, most: int, **more: Any) -> str:
    """Asks for a line of at most ``most`` characters; ``default`` where nothing was typed.

    Who empties it finds the default in it again, which is what is answered then. parameter: of the
    URL, which does not mention the default. more: of ``st.text_input``.
    """
    if address.decides(key):
        asked = st.query_params.get(parameter, default)[:most]
        st.session_state[key] = asked if asked.strip() else default
    elif key not in st.session_state:  # the widget's own value goes when the page is left
        st.session_state[key] = st.session_state.get(_kept(key), default)

    def refill():
        if not (st.session_state[key] or "").strip():
            st.session_state[key] = default

    now = st.session_state[key]
    typed = st.text_input(label, now, key=key, on_change=cut(key, most, refill), **more)
    typed = (typed or "").strip() or default
    st.session_state[_kept(key)] = typed
    is_short = typed != default and len(typed) <= IN_THE_URL
    address.write({parameter: typed if is_short else None})
    return typed


def cut(key: str, most: int, then: Callable[[], object] = lambda: None) -> Callable[[], None]:
    """What a field of text does when it changes: keep ``most`` characters, and say so; ``then``.

    The limit that Streamlit has for a field swallows what is pasted without a word.
    """

    def keep():
        text = st.session_state[key] or ""
        if len(text) > most:
            st.session_state[key] = text[:most]
            kept, count = number(most, 0), number(len(text), 0)
            about = _("The first {kept} of {count} characters are kept: there is room for no more.")
            st.toast(
                about.format(kept=kept, count=count), icon=":material/content_cut:", duration="long"
            )
        then()

    return keep


def set_text(key: str, text: str):
    """Have the widget with that key hold this text in the coming run; for a callback."""
    st.session_state[key] = st.session_state[_kept(key)] = text


def _kept(key: str) -> str:
    return f"{key}.kept"
