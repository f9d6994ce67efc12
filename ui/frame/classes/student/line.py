"""The line at the head of a student's pages: which class, as whom, what is to be done."""

import streamlit as st

from core.store.classes.members import MAX_PSEUDONYM, Member
from core.store.classes.service import Snapshot
from ui import server
from ui.components import component
from ui.course import LESSONS
from ui.frame.classes import board
from ui.frame.classes.acting import LINE, act, say_problem
from ui.frame.classes.given import locked_of, settings_of
from ui.frame.classes.student.answering import answering
from ui.notices import plain
from ui.runs.following.pace import Pace
from ui.state import address, browser, progress
from ui.state.controls import hold
from ui.state.kept_text import cut
from ui.texts import _

_PACE = Pace(0.07)
_SEEN = "class.pushed"  # where the browser has been last that it was sent to
_LED = "class.led"  # where the session is being sent
_EYES = component(__file__, "eyes", '<div class="pangloss-eyes" role="alert"><p></p></div>')


def class_line():
    """Draws it for who is in a class, once a second; for all others nothing, and asks nothing.

    In a large class each asks less often.
    """
    member = board.membership()
    _hold(member)
    if member is not None:
        _arrive()
        with st.container(key="class_line"):
            st.fragment(_line, run_every=_PACE.every_s)(member)


def _hold(member: Member | None):
    """Lock on the class's lesson what the class says, which no address can unlock."""
    now = board.snapshot(member.of_class) if member else None
    if member is None or now is None or now.of.ended or progress.here() != now.of.lesson:
        hold(None)
        return
    hold(locked_of(now, member.place))


def _line(member: Member):
    with _PACE.look(member.number):
        _drawn(member)


def _drawn(member: Member):
    now = board.snapshot(member.of_class)
    me = now and next((one for one in now.members if one.number == member.number), None)
    over = board.membership() is None  # a page may be left open overnight
    if now is None or me is None or now.of.ended or over:
        board.moved()
        if board.membership() != member:
            st.rerun()
        return
    _follow(now, me)
    with st.container(horizontal=True, vertical_alignment="center", gap="small"):
        st.markdown(f"**{plain(now.of.name)}** · {plain(me.pseudonym)}", width="content")
        if now.of.task:
            st.markdown(plain(now.of.task), width="content")
        _myself(me)
    with st.container():  # at one place, so that what is below it stays where it is
        say_problem(LINE)
        if now.question:
            answering(now.question, me, now.given.get(me.number))
    _EYES(key="class_eyes", data={"sentence": _(now.of.eyes_here)}, height="content")


def _follow(now: Snapshot, me: Member):
    """Go where everybody was sent, once; who joins late is sent there, too.

    A change of the page may be lost, where the browser asks for the old one at the same moment: it
    is asked for until the lesson is on the screen.
    """
    place = f"{now.of.number}.{now.of.pushed}"
    lesson = LESSONS.get(now.of.lesson)
    if now.of.pushed == 0 or lesson is None or browser.known().get(_SEEN) == place:
        return
    st.session_state[_LED] = place, lesson.name
    address.lead(lesson.page(), settings_of(now, me.place))


def _arrive():
    """Note that the lesson is on the screen to which the session was sent."""
    place, lesson = st.session_state.get(_LED, ("", ""))
    if place and progress.here() == lesson:
        browser.remember(_SEEN, place)
        del st.session_state[_LED]


def _myself(me: Member):
    def rename():
        name = st.session_state["class.pseudonym"] or ""
        act(lambda: board.classes().rename(server.visitor(), name), me.of_class, LINE)

    def leave():
        act(lambda: board.classes().leave(server.visitor()), me.of_class, LINE)
        board.moved()

    with st.popover(_("Name, leave"), key="class_me", type="tertiary"):
        st.text_input(
            _("What the class calls you"),
            me.pseudonym,
            key="class.pseudonym",
            on_change=cut("class.pseudonym", MAX_PSEUDONYM),
        )
        st.button(_("Call me so"), key="class.rename", on_click=rename)
        st.button(_("Leave the class"), key="class.leave", on_click=leave)
