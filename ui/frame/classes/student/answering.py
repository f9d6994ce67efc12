"""The open question, where a student answers it: on any page."""

import streamlit as st

from core.store.classes.clicker import NUMBER, Question
from core.store.classes.members import Member
from ui import server
from ui.frame.classes import board
from ui.frame.classes.acting import LINE, act
from ui.frame.classes.asked import words_of
from ui.state.widgets import in_new_words, place_of
from ui.texts import _


def answering(question: Question, me: Member, mine: str | None):
    """Draws the question, what was answered, and where to answer it. mine: as it is kept."""
    text, options = words_of(question)
    key = f"class.answer.{question.number}"
    if question.kind != NUMBER and st.session_state.get(f"{key}.kept") != mine:
        st.session_state[f"{key}.kept"] = st.session_state[key] = mine  # perhaps by another tab

    def send():
        given = st.session_state.get(key)
        if given is None:
            return
        answer = board.classes().answer
        act(lambda: answer(server.visitor(), question.number, given), me.of_class, LINE)

    with st.container(key="class_question", border=True):
        if question.kind == NUMBER:
            with st.container(horizontal=True, vertical_alignment="bottom"):
                st.number_input(text, value=None, key=key, width=320, step=None, format="%g")
                st.button(_("Send"), key="class.answer.send", on_click=send, type="primary")
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
