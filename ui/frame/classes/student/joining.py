"""The page on which a student joins a class, by its code or its link."""

import streamlit as st
from streamlit.navigation.page import StreamlitPage

from core.store.classes.words import CODE
from ui import server
from ui.frame.classes import board
from ui.frame.classes.acting import act, say_problem
from ui.layout import paragraphs
from ui.notices import plain
from ui.texts import _

NAME = "join"  # of the page, in its address


def join_page() -> StreamlitPage:
    """The page as Streamlit navigates to it."""
    return st.Page(join, title=_("Join a class"), url_path=NAME, visibility="hidden")


def join() -> None:
    """Draw the page."""
    st.title(_("Join a class"), anchor=False)
    member = board.membership()
    say_problem()
    now = board.snapshot(member.of_class) if member else None
    if member and now:
        words = _("You are in the class {name}. Its line at the head of every page says as whom.")
        st.success(plain(words.format(name=now.of.name)))
        paragraphs(_("Wait here, or look around: you will be taken along when the lesson begins."))
        return
    paragraphs(
        _(
            "Your teacher has a code of six letters. You are given a name from Voltaire’s tales, "
            "which you may change; nothing else is asked, and a cookie of this browser is all that "
            "you are known by. You are in the class until you leave it, or until tonight."
        )
    )

    def enter():
        code = st.session_state["class.code"] or ""

        def do():
            member = board.classes().join(server.visitor(), code, server.address())
            board.changed(member.of_class)

        act(do)
        board.moved()

    asked = st.query_params.get("code", "")[: 2 * CODE]
    with st.container(horizontal=True, vertical_alignment="bottom"):
        st.text_input(_("The code"), asked, key="class.code", width=200)
        st.button(_("Join"), key="class.join", type="primary", on_click=enter)
