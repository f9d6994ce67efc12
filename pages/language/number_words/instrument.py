"""The instrument: a number is asked, answered, and where the network looked can be bent."""

import streamlit as st

from core.messages import Problem
from core.numeric.language.seq2seq import Edit, Written
from pages.language.number_words.alignment import (
    PADDING,
    AnswerLine,
    alignment,
    character_name,
    first_difference,
    judged,
    since,
    spelled,
)
from pages.language.number_words.networks import NumberWriter, describe
from pages.language.number_words.query import DEFAULT, Query, read_query
from ui.layout import the_figure
from ui.notices import plain
from ui.state import address
from ui.texts import _, number, percent, say

NUMBER = "number_words.number"
HELD = "number_words.held"
_KEPT, _LAST, _HELD_AT = "number_words.kept", "number_words.last", "number_words.held_at"
_MAP = "number_words.alignment"
_IN_THE_URL = 160  # characters at most


def ask() -> Query:
    """The number that was typed, or the last one that could be read."""
    if address.decides(NUMBER):
        st.session_state[NUMBER] = st.query_params.get("number", DEFAULT)
    elif NUMBER not in st.session_state:  # the widget's own value goes when the page is left
        st.session_state[NUMBER] = st.session_state.get(_KEPT, DEFAULT)
    typed = st.text_input(
        _("A number up to 999,999, in digits or in French words"),
        st.session_state[NUMBER],
        key=NUMBER,
        help=_("Digits are written in words, words in digits; both spellings can be read."),
    )
    typed = typed or ""
    st.session_state[_KEPT] = typed
    short = typed.strip() and typed != DEFAULT and len(typed) <= _IN_THE_URL
    address.write({"number": typed if short else None})
    try:
        asked = read_query(typed)
    except Problem as problem:
        asked = st.session_state.get(_LAST) or read_query(DEFAULT)
        still = _("Below is still the answer to “{asked}”.").format(asked=asked.text)
        st.warning(plain(f"{say(problem)} {still}"))
    st.session_state[_LAST] = asked
    return asked


def instrument(asked: Query, writer: NumberWriter):
    """The answer, the alignment, and a weight that can be held."""
    if asked.number is None:
        note = _(
            "“{given}” is not a number in either spelling. The network has never seen "
            "anything like it and answers all the same."
        )
        st.info(plain(note.format(given=asked.text)))
    elif asked.is_spelled_otherwise:
        note = (
            _(
                "“{given}” is {number} in Belgium and Switzerland. The network has learned "
                "“{words}”, has never seen this one and answers all the same."
            )
            if asked.is_regional
            else _(
                "“{given}” is read as {number}. The network has learned “{words}”, has never seen "
                "this spelling and answers all the same."
            )
        )
        words = asked.words(writer.config.spelling)
        st.info(plain(note.format(given=asked.text, number=number(asked.number, 0), words=words)))
    st.fragment(_instrument)(asked, writer)


def _instrument(asked: Query, writer: NumberWriter):
    written = writer.write(asked.text)
    answer = writer.model.codec.text(written.ids[0])
    truth = asked.truth(writer.config.spelling)
    about = plain(f"{asked.text} · {writer.name} · {describe(writer)}")
    with the_figure():
        spelled(judged({_("The network writes"): answer}, truth), key="number_words.answer")
        attends = writer.config.attention != "none"
        chosen = alignment(writer, asked, written, key=_MAP) if attends else None
    st.caption(about)
    if not attends:
        st.info(
            _(
                "This network has no attention: what it read is in its decoder's first state, and "
                "there is no place to point at."
            )
        )
        return
    if chosen:
        _hold(asked, writer, written, answer, *chosen)


def _hold(asked: Query, writer: NumberWriter, written: Written, answer: str, step: int, place: int):
    """A slider for the weight of one cell, and what is written with it."""
    own = round(float(written.attention[0, step, place]), 2)
    letter = character_name(writer.model.codec.symbol(int(written.ids[0, step])))
    at = character_name(asked.text[place : place + 1] or PADDING)
    if written.attention.shape[2] == 1:
        st.caption(_("There is only one place to look at; ask for a longer number."))
        return
    cell = (writer.key, asked.text, step, place)
    if st.session_state.get(_HELD_AT) != cell or HELD not in st.session_state:
        st.session_state[_HELD_AT], st.session_state[HELD] = cell, own
    weight = st.slider(
        plain(
            _(
                "Weight on “{at}” (place {place}) while “{letter}” (character {step}) is written"
            ).format(at=at, place=place + 1, letter=letter, step=step + 1)
        ),
        0.0,
        1.0,
        st.session_state[HELD],
        step=0.01,
        key=HELD,
        help=_("The other weights of this step share the rest. Then the network goes on writing."),
    )
    changed = writer.answer(asked.text, Edit(step, place, weight))
    where = first_difference(answer, changed)
    lines = [
        AnswerLine(_("By itself, {share}").format(share=percent(own)), [(answer, "")]),
        AnswerLine(_("Held at {share}").format(share=percent(weight)), since(changed, where)),
    ]
    if where is None:
        note = _("Nothing changes: what is written is the same.")
    else:
        new = character_name(changed[where : where + 1])
        old = character_name(answer[where : where + 1])
        note = _("From character {place} on it differs: “{new}” instead of “{old}”.").format(
            place=where + 1, new=new, old=old
        )
    spelled(lines, key="number_words.changed", note=note)
    st.caption(plain(note))
