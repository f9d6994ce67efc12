"""The teacher's page: open a class, and hold it: invite, ask, send, look at the wall."""

from collections.abc import Callable
from pathlib import Path

import streamlit as st
from streamlit.navigation.page import StreamlitPage

from core.messages import Problem
from core.store.classes.opening import MAX_NAME, SchoolClass
from core.store.classes.service import Snapshot
from ui import server
from ui.frame.classes import board
from ui.frame.classes.acting import act, say_problem
from ui.frame.classes.teacher.asking import asking
from ui.frame.classes.teacher.inviting import inviting
from ui.frame.classes.teacher.keeping import keeping, phrase_shown, take_over
from ui.frame.classes.teacher.sending import sending
from ui.frame.classes.teacher.watching import watching
from ui.frame.turns import AHEAD
from ui.layout import paragraphs
from ui.notices import plain
from ui.state import address
from ui.state.kept_text import cut
from ui.state.widgets import in_new_words, place_of
from ui.texts import _, number, say

NAME = "class"  # of the page, in its address
SHOWN = "shown"  # what of it, there, too
_STYLE = Path(__file__).with_name("hold.css")
_HELD, _VIEW = "class.held", "class.view"
_REDRAW_S = 1.0


def class_page() -> StreamlitPage:
    """The page as Streamlit navigates to it."""
    return st.Page(hold, title=_("A class"), url_path=NAME, visibility="hidden")


@st.fragment
def hold() -> None:
    """Draw the page: a part, so that who holds a class waits for no student's page."""
    st.html(_STYLE)
    try:
        held = board.classes().held_by(server.visitor())
    except Problem as problem:
        st.title(_("A class"), anchor=False)
        st.error(plain(say(problem)))
        return
    if not held:
        st.title(_("A class"), anchor=False)
        say_problem()
        _open()
        return
    st.session_state[AHEAD] = True
    names = {one.number: one.name for one in held}
    chosen = st.session_state.get(_HELD)
    of = next((one for one in held if one.number == chosen), held[0])
    with st.container(horizontal=True, vertical_alignment="center", gap="medium", key="class_head"):
        _head(of, names)
        view = _view()
    with st.container():  # at one place, so that what is below it stays where it is
        say_problem()
        phrase_shown(of.number)
    draw = {"invite": inviting, "ask": asking, "send": sending, "wall": watching, "keep": keeping}[
        view
    ]
    if view in ("send", "keep"):  # where something is written at leisure
        if now := board.snapshot(of.number):
            draw(now)
    else:
        st.fragment(_redrawn, run_every=_REDRAW_S)(of.number, draw)
    if view == "keep":
        st.divider()
        _open()


def _view() -> str:
    views = {
        "invite": _("Invite"),
        "ask": _("Ask"),
        "send": _("Send"),
        "wall": _("Wall"),
        "keep": _("Key"),
    }
    said = st.query_params.get(SHOWN, "")  # after a reload the session knows nothing
    view = in_new_words(_VIEW, views, said if said in views else "invite")
    st.segmented_control(
        _("What the page shows"),
        list(views),
        default=view,
        required=True,
        format_func=views.__getitem__,
        key=_VIEW,
        label_visibility="collapsed",
    )
    view = st.session_state[_VIEW]
    address.write({SHOWN: view})
    return view


def _redrawn(number: int, draw: Callable[[Snapshot], object]):
    now = board.snapshot(number)
    if now is None or not _holds(number):  # any more
        st.rerun()
    draw(now)


def _holds(number: int) -> bool:
    try:
        held = board.classes().held_by(server.visitor())
    except Problem:  # what was known is shown
        return True
    return any(one.number == number for one in held)


def _head(of: SchoolClass, names: dict[int, str]):
    st.title(plain(of.name), anchor=False, width="content")
    if of.ended:
        st.caption(_("This class has ended."), width="content")
    if len(names) > 1:
        st.selectbox(
            _("Which class"),
            list(names),
            place_of(of.number, names),
            format_func=names.__getitem__,
            key=_HELD,
            width=260,
            label_visibility="collapsed",
        )


def _open():
    """Where a class is opened, or taken over from another browser."""
    paragraphs(
        _(
            "Open a class, and have your students join it by a code. You see what they answer and "
            "train, and send them to a lesson. It needs no account: this browser holds the key. "
            "All that is kept of a class is deleted {days} days after it was opened, or when you "
            "say so."
        ).format(days=number(board.classes().keep_s / 86_400, 1))
    )

    def create():
        name = st.session_state["class.name"] or ""

        def do():
            made, phrase = board.classes().open(server.visitor(), name)
            st.session_state[_HELD] = made
            st.session_state[_VIEW] = "invite"
            st.session_state["class.phrase"] = made, phrase

        act(do)

    with st.container(horizontal=True, vertical_alignment="bottom"):
        st.text_input(
            _("What is the class called?"),
            "",
            key="class.name",
            on_change=cut("class.name", MAX_NAME),
            width=320,
        )
        st.button(_("Open a class"), key="class.open", type="primary", on_click=create)
    take_over(_HELD)
