"""A file of the visitor's own: read, stored by its hash, and chosen as what a run learns from."""

from collections.abc import Callable, Sequence
from typing import TypeVar

import streamlit as st

from core.data import uploads
from core.data.sequences.labelled import label_column
from core.data.tables import Table
from core.experiments.kit.config import Config
from core.messages import Problem
from ui.notices import plain
from ui.state.controls import choose
from ui.texts import _, say

_Content = TypeVar("_Content")
TABLES = ("csv", "tsv", "txt", "dat", "asc", "tab")
_MOST_ASKED = 4


def upload_field(
    config: Config,
    label: str,
    types: Sequence[str],
    *,
    key: str,
    help: str,
    store: Callable[..., str],
    load: Callable[[str], _Content],
    empty: str,
    field: str = "upload",
    paste: tuple[str, str] | None = None,
    table: str = "",
    **also: object,
) -> _Content | None:
    """What the visitor brought; None, with a sentence, where it is missing or cannot be read.

    store: the file's bytes (or the pasted text) -> their hash, once they were read and kept; load:
    the hash -> what they are; both raise Problem. empty: said as long as there is nothing. field:
    of ``config``, for the hash; also: fields that are set with it. paste: key and label of a
    field for a text, beside that of the file. table: "series" or "sequences" where the file is a
    table: then it is said what was understood of it, and ``store`` takes the answers to its
    questions, too. All texts are translated.
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

    def take_answer(name: str, widget: str):
        raw, choices = uploads.table_file(getattr(config, field))
        choices = choices | {name: st.session_state[widget]}
        choose(type(config), **{field: store(raw, choices)}, **also)

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
        content = load(digest)
        if table:
            known = uploads.load_table(digest, needs_numbers=table == "series")
            _reading(known, key, take_answer, "" if table == "series" else label_column(known))
    except Problem as problem:
        st.warning(plain(say(problem)))
        return None
    return content


def _reading(table: Table, key: str, take_answer: Callable[[str, str], None], label: str):
    """What was understood of a table, and what it leaves open, to be answered otherwise.

    label: the column of the classes, "" if there are none.
    """
    notes = [say(note) for note in table.understood()]
    if label:
        notes.append(_("{name} is the class").format(name=label))
    st.caption(plain(_("Understood: {notes}").format(notes=" · ".join(notes))))
    for at, question in enumerate(table.questions[:_MOST_ASKED]):
        widget = f"{key}.answer.{at}.{question.name}"
        options = list(question.options)
        st.session_state.setdefault(widget, question.chosen)
        st.radio(
            plain(say(question.asked)),
            options,
            options.index(question.chosen),
            format_func=lambda name, q=question: say(q.options[name]),
            key=widget,
            horizontal=True,
            on_change=take_answer,
            args=(question.name, widget),
        )
