"""A file of the visitor's own: read, stored by its hash, and chosen as what a run learns from."""

from collections.abc import Callable, Sequence
from typing import Any, TypeVar

import streamlit as st

from core.experiments.kit.config import Config
from core.messages import Problem
from ui.notices import plain
from ui.state.controls import choose
from ui.texts import say

_Content = TypeVar("_Content")
TABLES = ("csv", "tsv", "txt")


def upload_field(
    config: Config,
    label: str,
    types: Sequence[str],
    *,
    key: str,
    help: str,
    store: Callable[[Any], str],
    load: Callable[[str], _Content],
    empty: str,
    field: str = "upload",
    paste: tuple[str, str] | None = None,
    **also: object,
) -> _Content | None:
    """What the visitor brought; None, with a sentence, where it is missing or cannot be read.

    store: the file's bytes (or the pasted text) -> their hash, once they were read and kept; load:
    the hash -> what they are; both raise Problem. empty: said as long as there is nothing. field:
    of ``config``, for the hash; also: fields that are set with it. paste: key and label of a
    field for a text, beside that of the file. All texts are translated.
    """
    problem_key = f"{key}.problem"

    def take(source: str):
        raw = st.session_state[source]
        if not raw:
            return
        st.session_state[problem_key] = None
        try:
            digest = store(raw if isinstance(raw, str) else raw.getvalue())
            choose(type(config), **{field: digest}, **also)
        except Problem as problem:
            st.session_state[problem_key] = problem

    place = st.container()
    if paste:
        place, beside = st.columns(2)
        name, about = paste
        beside.text_area(
            about, key=name, on_change=take, args=(name,), height=120, max_chars=2_000_000
        )
    place.file_uploader(label, type=list(types), key=key, on_change=take, args=(key,), help=help)
    if problem := st.session_state.get(problem_key):
        st.error(plain(say(problem)))
    digest = getattr(config, field)
    if not digest:
        st.info(empty)
        return None
    try:
        return load(digest)
    except Problem as problem:
        st.warning(plain(say(problem)))
        return None
