"""A file of the visitor's own: read, stored by its hash, and chosen as what a run learns from."""

from collections.abc import Callable, Sequence
from functools import partial
from typing import TypeVar

import streamlit as st

from core.data import uploads
from core.data.tables import Question
from core.data.tables.classes import label_column, label_questions, with_classes
from core.experiments.kit.config import Config
from core.messages import Note, Problem
from ui.notices import plain
from ui.state.controls import choose
from ui.texts import _, say

_Content = TypeVar("_Content")
_WORKBOOKS = ("xlsx", "xls", "ods")  # not read, but their answer says what to do
_PACKED = ("zip", "gz")
TABLES = ("csv", "tsv", "txt", "dat", "data", "asc", "tab", "json", "arff", "npy", "npz")
TABLES += (*_PACKED, *_WORKBOOKS)
_MOST_ASKED, _MOST_BESIDE = 5, 4  # questions; answers that stand beside each other


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
    questions: Callable[[_Content], Sequence[Question]] = lambda _content: (),
    **also: object,
) -> _Content | None:
    """What the visitor brought; None, with a sentence, where it is missing or cannot be read.

    store: the file's bytes (or the pasted text) -> their hash, once they were read and kept; load:
    the hash -> what they are; both raise Problem. empty: said as long as there is nothing. field:
    of ``config``, for the hash; also: fields that are set with that of a new file. paste: key and
    label of a field for a text, beside that of the file. table: "series" or "sequences" where the
    file is a table: then it is said what was understood of it, and its questions are asked, as are
    ``questions`` of other content; ``store`` takes the answers, too. All texts are translated.
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
        st.session_state[problem_key] = None
        try:
            raw, choices = uploads.file_of(getattr(config, field))
            choices = choices | {name: st.session_state[widget]}
            choose(type(config), **{field: store(raw, choices)})
        except Problem as problem:  # the page stays at the answer before
            st.session_state[problem_key] = problem

    place = st.container()
    if paste:
        place, beside = st.columns(2)
        name, about = paste
        beside.text_area(about, key=name, on_change=take, args=(name,), height=120)
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
            if table != "series":
                known = with_classes(known)
            of_class = () if table == "series" else label_questions(known)
            _understood(known.understood(), "" if table == "series" else label_column(known))
            _ask((*of_class, *known.questions), key, take_answer)
        else:
            _ask(questions(content), key, take_answer)
    except Problem as problem:
        st.warning(plain(say(problem)))
        return None
    return content


def _understood(understood: Sequence[Note], label: str):
    """What was understood of a table; label: the column of the classes, "" if there are none."""
    notes = [say(note) for note in understood]
    if label:
        notes.append(_("{name} is the class").format(name=label))
    st.caption(plain(_("Understood: {notes}").format(notes=" · ".join(notes))))


def _ask(questions: Sequence[Question], key: str, take_answer: Callable[[str, str], None]):
    """What a file leaves open, to be answered otherwise."""
    for at, question in enumerate(questions[:_MOST_ASKED]):
        widget = f"{key}.answer.{at}.{question.name}"
        options = {name: say(note) for name, note in question.options.items()}
        st.session_state[widget] = question.chosen  # another file's answer may stand there
        field = st.selectbox if len(options) > _MOST_BESIDE else partial(st.radio, horizontal=True)
        field(
            plain(say(question.asked)),
            list(options),
            list(options).index(question.chosen),
            format_func=options.__getitem__,
            key=widget,
            on_change=take_answer,
            args=(question.name, widget),
        )
