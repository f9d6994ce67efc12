"""The address bar: what it says, and when it has the say over what the session remembers."""

from collections.abc import Mapping

import streamlit as st
from streamlit.navigation.page import StreamlitPage
from streamlit.runtime.scriptrunner import get_script_run_ctx

KEPT = (
    "lang",
    "view",
    "path",
    "steps",
    "job",
    "repeat",
    "seeds",
    "pin",
    "lock",
)  # of the URL: no settings of a lesson


def decides(scope: str) -> bool:
    """Whether the URL overrules the session: on the first visit of ``scope``, on back and forward.

    At any other time the URL may be older than what a widget says: the browser sends both, and it
    learns of a new URL one round trip after the widget has moved.
    """
    seen = f"{scope}.seen"
    first = seen not in st.session_state
    st.session_state[seen] = True
    st.session_state.setdefault(_asked(), set()).add(seen)
    return first or is_back()


def is_back() -> bool:
    """Whether this run of the script is for a step back or forward."""
    context = get_script_run_ctx()
    return bool(context and context.is_history_navigation)


def follow(params: Mapping[str, str]):
    """Have the page stand as its link with these values would open it, in the coming run.

    To be called in a callback. What is no setting of the lesson stays: language, view, run.
    """
    query = st.query_params
    kept = {name: query[name] for name in KEPT if name in query}
    query.from_dict({**kept, **params})
    for seen in st.session_state.pop(_asked(), ()):
        st.session_state.pop(seen, None)


def lead(page: StreamlitPage, params: Mapping[str, str]):
    """Go to a page, which is to stand as its link with these values would open it.

    Ends this run of the script.
    """
    for seen in st.session_state.pop(_asked(page), ()):
        st.session_state.pop(seen, None)
    st.switch_page(page, query_params=dict(params))


def settings() -> dict[str, str]:
    """What the URL says of the lesson's settings."""
    query = st.query_params.to_dict()  # at once: each value of its own is asked for under a lock
    return {name: value for name, value in query.items() if name not in KEPT}


def _asked(to: StreamlitPage | None = None) -> str:
    """Key of the scopes that have asked on a page, by default this one."""
    return f"address.{to._script_hash if to else this_page()}"


def this_run() -> object:
    """Something that is the same object in one run of the script, and another in the next."""
    context = get_script_run_ctx()
    return context.cursors if context else None


def is_whole() -> bool:
    """Whether this run of the script draws the whole page, and not a fragment of it alone."""
    context = get_script_run_ctx()
    return not (context and context.fragment_ids_this_run)


def this_page() -> str:
    """Of which page this run of the script is; "" for none."""
    context = get_script_run_ctx()
    return context.page_script_hash if context else ""


def write(params: Mapping[str, str | None]):
    """Make the URL say these values (None: not mention the name); touches only what differs."""
    query = st.query_params
    new = {name: value for name, value in params.items() if value is not None}
    if any(query.get(name) != value for name, value in new.items()):
        query.update(new)
    for name, value in params.items():
        if value is None and name in query:
            del query[name]
