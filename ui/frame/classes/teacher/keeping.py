"""The key of a class, its end, and how all of it is deleted."""

import streamlit as st

from core.store.classes.service import Snapshot
from ui import server
from ui.frame.classes import board
from ui.frame.classes.acting import act
from ui.state import visits
from ui.texts import _

_PHRASE = "class.phrase"  # the class and the phrase that has just been made for it


def keeping(now: Snapshot):
    """Draws what is seldom wanted."""
    number = now.of.number

    def renew():
        act(lambda: _show(number, board.classes().new_phrase(server.visitor(), number)))

    def end():
        act(lambda: board.classes().end(server.visitor(), number), number)

    def delete():
        act(lambda: _forget(board.classes().delete(server.visitor(), number)), number)

    st.markdown(
        _(
            "This browser holds the key to the class. A recovery phrase moves it to another; the "
            "phrase before is then good no more."
        )
    )
    st.button(_("Show a new recovery phrase"), key="class.renew", on_click=renew)
    if not now.of.ended:
        st.markdown(_("Once the class has ended nobody is in it; what it did is still here."))
        st.button(_("End the class"), key="class.end", on_click=end)
    st.markdown(
        _(
            "Deleted is deleted: the class, its names, questions and answers, and the runs that "
            "were trained in it, with their files. A run that a student has pinned stays that "
            "student’s."
        )
    )
    with st.popover(_("Delete the class"), key="class_delete"):
        st.markdown(_("All that is kept of this class is deleted for good."))
        st.button(_("Delete all of it"), key="class.delete", type="primary", on_click=delete)


def phrase_shown(number: int):
    """Draws a phrase that has just been made: it is kept nowhere, and shown this once."""
    made = st.session_state.get(_PHRASE)
    if made is None or made[0] != number:
        return

    def hide():
        st.session_state.pop(_PHRASE, None)

    # Behind a button: the page may be on a projector already.
    with st.popover(_("Recovery phrase: look at it before you project"), key="class_phrase"):
        words = _("Write this recovery phrase down: it moves the class to another browser.")
        st.markdown(f"{words} **`{made[1]}`**")
        st.button(_("I have written it down"), key="class.hide", on_click=hide)


def take_over(held: str):
    """Where a phrase is typed. held: key of the session, of the class that is shown."""

    def recover():
        phrase = st.session_state["class.recovery"] or ""

        def do():
            number, new = board.classes().recover(server.visitor(), phrase, server.address())
            st.session_state[held] = number
            _show(number, new)

        act(do)

    with st.popover(_("Take a class over"), key="class_take_over"):
        st.text_input(_("Its recovery phrase"), "", key="class.recovery")
        st.button(_("Hold it in this browser"), key="class.recover", on_click=recover)


def _show(number: int, phrase: str):
    st.session_state[_PHRASE] = number, phrase


def _forget(gone: list[str]):
    """Have the engine forget the runs that were deleted; others look theirs up anew."""
    server.engine().forget(gone)
    visits.forget_all()
