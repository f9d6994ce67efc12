"""Real data that this machine may lack: fetched from the page, or replaced by what is here."""

from collections.abc import Callable, Sequence
from typing import Any

import streamlit as st

from core.data import fetch
from core.experiments.kit.config import Config
from core.messages import Problem
from ui.notices import plain
from ui.state.controls import choose
from ui.state.widgets import pressed
from ui.texts import _, number, say


def size_of(files: Sequence[str]) -> str:
    """The size of these files of the manifest, in words."""
    size = sum(fetch.entry(file).get("bytes", 0) for file in files)
    if size < 1e6:
        return _("{size} kB").format(size=number(size / 1e3, 0))
    return _("{size} MB").format(size=number(size / 1e6, 1))


def begin_with_what_is_here(
    config_class: type[Config],
    field: str,
    missing: Callable[[str], object],
    instead: str,
    **beside: Any,
):
    """On the first visit, choose ``instead`` where the default's data are missing here.

    A link that names the data is obeyed. To be called before ``controls``.
    missing: of a value of ``field``, whether its data are. instead: a value whose data are made.
    beside: values of other fields that go with it, where the link does not name them.
    """
    key = f"{config_class.scope()}.begun"
    first, st.session_state[key] = key not in st.session_state, True
    default = config_class.defaults()[field]
    if first and field not in st.query_params and missing(default):
        unnamed = {name: value for name, value in beside.items() if name not in st.query_params}
        choose(config_class, **{field: instead}, **unnamed)


def fetch_or_replace(
    files: Sequence[str],
    *,
    key: str,
    fetch_label: str,
    about: str = "",
    instead_label: str = "",
    take_instead: Callable[[], None] = lambda: None,
) -> bool:
    """Whether no file is missing; else it is said, and they are fetched or replaced, if asked.

    files: of the manifest, that are missing. about: what is missing and what can be done, where the
    usual sentence does not say it (translated, as the labels). instead_label: "" where nothing here
    can stand in.
    """
    if not files:
        return True
    missing = _("These data are not on this machine: {size}. Fetch them, or take what is here.")
    st.info(about or missing.format(size=size_of(files)))
    with st.container(horizontal=True):
        wanted = pressed(fetch_label, key=f"{key}.fetch")
        if instead_label:
            st.button(instead_label, key=f"{key}.instead", on_click=take_instead)
    if wanted:
        _fetch(files)
    return False


def _fetch(files: Sequence[str]):
    bar = st.progress(0.0)
    for done, file in enumerate(files):

        def progress(received: int, total: int, done: int = done, file: str = file):
            share = (done + received / max(total, received, 1)) / len(files)
            bar.progress(share, _("Fetching {file}.").format(file=plain(file)))

        try:
            fetch.fetch(file, progress)
        except Problem as problem:
            bar.empty()
            st.error(plain(say(problem)))
            return
    st.rerun()
