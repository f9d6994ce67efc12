"""What somebody does in a class: it is done, or a sentence says why not."""

from collections.abc import Callable

import streamlit as st

from core.messages import Problem
from ui.frame.classes import board
from ui.notices import plain
from ui.texts import say

PAGE, LINE = "page", "line"  # where a sentence is said


def act(do: Callable[[], object], number: int | None = None, place: str = PAGE) -> bool:
    """Do it, and whether it was done; to be called in a callback. number: of the class."""
    st.session_state.pop(_said(place), None)
    try:
        do()
    except Problem as problem:
        st.session_state[_said(place)] = problem
        return False
    if number is not None:
        board.changed(number)
    return True


def say_problem(place: str = PAGE):
    """Draws why the last thing was not done, until the next is."""
    problem = st.session_state.get(_said(place))
    if problem is not None:
        st.error(plain(say(problem)))


def _said(place: str) -> str:
    return f"class.said.{place}"
