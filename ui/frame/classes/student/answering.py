"""The open question, where a student answers it: on any page."""

import streamlit as st

from core.messages import Problem
from core.store.classes.clicker import NUMBER, Question
from core.store.classes.members import Member
from ui import server
from ui.frame.classes import board
from ui.frame.classes.acting import LINE, act
from ui.frame.classes.asked import words_of
from ui.state.widgets import in_new_words, place_of
from ui.texts import _


def answering(question: Question, me: Member):
    """Draws the question, what was answered, and where to answer it."""
    text, options = words_of(question)
    mine = _mine(question)
    key = f"class.answer.{question.number}"

    def send():
        given = st.session_state.get(key)
        if given is None:
            return
        answer = board.classes().answer
        if act(lambda: answer(server.visitor(), question.number, given), me.of_class, LINE):
            st.session_state[_kept(question)] = question.value(given)

    with st.container(key="class_question", border=True):
        if question.kind == NUMBER:
            with st.container(horizontal=True, vertical_alignment="bottom"):
                st.number_input(text, value=None, key=key, width=320, step=None, format="%g")
                st.button(_("Send"), key="class.send", on_click=send, type="primary")
        else:
            chosen = in_new_words(key, options, mine)
            st.radio(
                text,
                list(options),
                place_of(chosen, options),
                format_func=options.__getitem__,
                key=key,
                on_change=send,
            )
        if mine is None:
            st.caption(_("The class has been asked: give your answer."))
        else:
            st.caption(
                "✓ " + _("Your answer is in. You can change it until the question is closed.")
            )


def _mine(question: Question) -> str | None:
    """What this visitor has answered, read once."""
    key = _kept(question)
    if key not in st.session_state:
        try:
            mine = board.classes().answer_of(server.visitor(), question.number)
        except Problem:
            return None
        st.session_state[key] = mine
    return st.session_state[key]


def _kept(question: Question) -> str:
    return f"class.answered.{question.number}"
