"""The instrument: a sentence, and what each of the nine fields says of it at once."""

import streamlit as st

from pages.language.applications.answers import FIELDS
from ui.state import address
from ui.state.kept_text import kept_text
from ui.texts import _

_FIELD = "applications.field"
DEFAULT = "M. Martin et Candide arrivèrent à Venise en 1759."
_MOST, _IN_A_ROW = 300, 3


def ask() -> str:
    """The sentence that was typed."""
    return kept_text(
        _("A sentence, in French or in English"),
        DEFAULT,
        key="applications.sentence",
        parameter="sentence",
        most=_MOST,
        help=_("Each network reads the language that it learned."),
    )


def chosen_field() -> str:
    """The name of the field that is looked at closer, which the URL holds."""
    if address.decides(_FIELD):
        st.session_state[_FIELD] = st.query_params.get("field")
    first = next(iter(FIELDS))
    name = st.session_state.get(_FIELD)
    name = name if name in FIELDS else first
    address.write({"field": name if name != first else None})
    return name


def cards(sentence: str, chosen: str):
    """The fields, each with its answer; a press of its name looks at it closer."""
    names = list(FIELDS)
    for start in range(0, len(names), _IN_A_ROW):
        row = names[start : start + _IN_A_ROW]
        for column, name in zip(st.columns(_IN_A_ROW, gap="small"), row, strict=True):
            key = f"card_{'on_' * (name == chosen)}{name}"
            with column, st.container(border=True, height="stretch", gap=None, key=key):
                st.button(
                    _(FIELDS[name].title),
                    key=f"{_FIELD}.{name}",
                    type="tertiary",
                    help=_("Look closer, below."),
                    on_click=_choose,
                    args=(name,),
                )
                st.markdown(FIELDS[name].answer(sentence))


def _choose(name: str):
    st.session_state[_FIELD] = name
