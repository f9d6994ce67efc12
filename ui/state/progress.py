"""How far a visitor is with each lesson, as this browser remembers it; for the course's map."""

from typing import Literal, get_args

import streamlit as st

from ui.state import browser

Mark = Literal["opened", "trained", "answered"]
_HERE = "progress.here"


def enter(lesson: str):
    """Note which lesson is on the screen, "" for none: it has been opened."""
    st.session_state[_HERE] = lesson
    mark(lesson, "opened")


def here() -> str:
    """The lesson that is on the screen, "" for none."""
    return st.session_state.get(_HERE, "")


def mark(lesson: str, what: Mark):
    """Remember that the visitor has done this in a lesson; "" is none."""
    if lesson:
        browser.remember(f"{what}.{lesson}", "1")


def mark_here(what: Mark):
    """Remember it of the lesson on the screen."""
    mark(here(), what)


def of(lesson: str) -> frozenset[Mark]:
    """What the visitor has done in a lesson, now or on another day."""
    known = browser.known()
    return frozenset(what for what in get_args(Mark) if f"{what}.{lesson}" in known)
