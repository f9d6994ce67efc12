"""A choice that outlives its widget, which may come and go, and that the URL holds."""

from collections.abc import Callable, Collection, Mapping, Sequence
from typing import Any

import streamlit as st

from ui.outside import catch_up
from ui.state import address
from ui.texts import _


def kept_choice(
    label: str,
    names: Mapping[str, str],
    available: Collection[str],
    *,
    key: str,
    parameter: str,
    alone: bool = True,
    widget: Callable[..., object] = st.segmented_control,
    **more: Any,
) -> str:
    """Asks for one of the ``available`` names; returns it.

    names: every name -> its words, translated or marked for it; the first available one is the
    default. One that is wanted and not available yet is remembered, and chosen when it is.
    parameter: of the URL. alone: whether there is a widget where there is but one to choose.
    widget, more: the segmented control or ``st.pills``, and what else it takes.
    """
    labels = {name: _(words) for name, words in names.items() if name in available}
    options = list(labels)
    kept = f"{key}.kept"
    if address.decides(key):
        st.session_state[kept] = st.query_params.get(parameter)
    wanted = st.session_state.get(kept)
    st.session_state[key] = chosen = wanted if wanted in options else options[0]
    address.write({parameter: wanted if wanted in names and wanted != options[0] else None})
    catch_up()

    def keep():
        st.session_state[kept] = st.session_state[key]

    if alone or len(options) > 1:
        widget(
            label,
            options,
            default=chosen,
            format_func=labels.__getitem__,
            key=key,
            required=True,
            on_change=keep,
            **more,
        )
    return chosen


def select(label: str, options: Sequence[str], *, default: str, required: bool, **more: Any):
    """A list to choose from, for ``kept_choice``; one of its options is always chosen."""
    st.selectbox(label, options, options.index(default), **more)
