"""A line of text that outlives its widget, and that the URL holds."""

from typing import Any

import streamlit as st

from ui.state import address


def kept_text(label: str, default: str, *, key: str, parameter: str, most: int, **more: Any) -> str:
    """Asks for a line of at most ``most`` characters; ``default`` where nothing was typed.

    parameter: of the URL, which does not mention the default. more: of ``st.text_input``.
    """
    kept = f"{key}.kept"
    if address.decides(key):
        st.session_state[key] = st.query_params.get(parameter, default)[:most]
    elif key not in st.session_state:  # the widget's own value goes when the page is left
        st.session_state[key] = st.session_state.get(kept) or default
    typed = st.text_input(label, st.session_state[key], key=key, max_chars=most, **more)
    typed = (typed or "").strip() or default
    st.session_state[kept] = typed if typed != default else ""
    address.write({parameter: typed if typed != default else None})
    return typed
