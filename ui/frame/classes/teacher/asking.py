"""The clicker: a question is opened, counted without names, closed, and held against the runs."""

import streamlit as st

from core.store.classes.clicker import MAX_CHOICE, MAX_TEXT, MOST
from core.store.classes.service import Snapshot
from ui import server
from ui.course import LESSONS
from ui.frame.classes import board
from ui.frame.classes.acting import act
from ui.frame.classes.asked import of_lesson
from ui.frame.classes.teacher.choosing import choose_lesson
from ui.frame.classes.teacher.results import results
from ui.state.kept_text import cut
from ui.texts import _

_LESSON = "class.ask.lesson"


def asking(now: Snapshot):
    """Draws the open question with its counts, or where one is opened; and those before."""
    number = now.of.number
    left, right = st.columns([3, 2], gap="large")

    def close():
        act(lambda: board.classes().close_question(server.visitor(), number), number)

    with left:
        if now.question:
            results(now, now.question)
            st.button(_("Close the question"), key="class.close", type="primary", on_click=close)
        for question in now.questions:
            if not question.open:
                results(now, question)
        if not now.questions:
            st.info(_("Ask before a run, and look afterwards: what was said stands here."))
    with right:
        if not now.of.ended:
            _of_lesson(now)
            _own(now)


def _of_lesson(now: Snapshot):
    names = {name: _(LESSONS[name].title) for name in LESSONS if of_lesson(name)}
    st.subheader(_("A question of a lesson"), anchor=False)
    lesson = choose_lesson(names, now.of.lesson, _LESSON)

    def ask(name: str, options: list[str]):
        number, visitor = now.of.number, server.visitor()
        ask_it = board.classes().ask_of_lesson
        act(lambda: ask_it(visitor, number, lesson, name, options), number)

    for name, (text, options) in of_lesson(lesson).items():
        st.markdown(text)
        key = f"class.ask.{lesson}.{name}"
        st.button(_("Ask this"), key=key, help=text, on_click=ask, args=(name, list(options)))


def _own(now: Snapshot):
    def ask():
        text = st.session_state["class.own"] or ""
        choices = (st.session_state["class.choices"] or "").splitlines()
        number = now.of.number
        if act(lambda: board.classes().ask(server.visitor(), number, text, choices), number):
            st.session_state["class.own"] = st.session_state["class.choices"] = ""

    st.subheader(_("A question of your own"), anchor=False)
    st.text_input(_("The question"), "", key="class.own", on_change=cut("class.own", MAX_TEXT))
    st.text_area(
        _("Its answers, two to five, one a line; none for a number"),
        "",
        key="class.choices",
        on_change=cut("class.choices", MOST * (MAX_CHOICE + 1)),
        height=120,
    )
    st.button(_("Ask it"), key="class.ask", on_click=ask)
