"""What a visitor's browser remembers: short values by name, of no account and of no link.

The browser holds them (``ui/frame/memory.js``) and tells them with the request that opens a
session, so that the first run of the script knows them. A reload, another theme or language and a
new server lose none.
"""

from collections.abc import Mapping
from urllib.parse import parse_qsl

import streamlit as st

COOKIE = "pangloss_memory"
_KNOWN, _NEWS, _SENT = "browser.known", "browser.news", "browser.sent"
_LONGEST = 60  # characters of a name or a value: the browser sends no more than 4 kB of all


def known() -> Mapping[str, str]:
    """Name -> value of all that this browser remembers."""
    if _KNOWN not in st.session_state:
        sent = st.context.cookies.to_dict().get(COOKIE, "")
        st.session_state[_KNOWN] = {
            name: value for name, value in parse_qsl(sent) if max(len(name), len(value)) <= _LONGEST
        }
    return st.session_state[_KNOWN]


def remember(name: str, value: str):
    """Have the browser remember a value; it is sent when the whole page is drawn next.

    Raises ValueError for a name or a value that is empty or longer than 60 characters.
    """
    if not 0 < min(len(name), len(value)) <= max(len(name), len(value)) <= _LONGEST:
        raise ValueError(f"1 to {_LONGEST} characters each, not {name!r} and {value!r}")
    if known().get(name) != value:
        st.session_state[_KNOWN] = {**known(), name: value}
        st.session_state[_NEWS] = {**news(), name: value}


def send() -> dict[str, str]:
    """What this session has had it remember, for the frame to send now."""
    st.session_state[_SENT] = news()
    return dict(news())


def is_behind() -> bool:
    """Whether there is something to remember that has not been sent."""
    return news() != st.session_state.get(_SENT, {})


def news() -> Mapping[str, str]:
    """What this session has had it remember."""
    return st.session_state.get(_NEWS, {})
