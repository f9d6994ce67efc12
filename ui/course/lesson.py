"""What a lesson and a chapter are."""

from copy import copy
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import streamlit as st
from streamlit.navigation.page import StreamlitPage

from ui.texts import _

PAGES = Path(__file__).resolve().parents[2] / "pages"


@dataclass(frozen=True)
class Lesson:
    """A page: where it is, what it is called, and what it lets a visitor do.

    name: its address and the name of its texts. title, about, question: English, marked for
    translation; question: what one finds out there, where there is no room for about.
    minutes: what it takes. needs: names of the lessons that it builds on. leads: how the next
    lesson follows from it, marked for translation; "" for the last. trains: whether one can train
    a network there.
    """

    name: str
    file: Path
    title: str
    about: str
    question: str
    minutes: int = 20
    needs: tuple[str, ...] = ()
    leads: str = ""
    trains: bool = True

    def page(self) -> StreamlitPage:
        """The lesson as Streamlit navigates to it, titled in the visitor's language."""
        return copy(_page(self.file, _(self.title), self.name))


@cache
def _page(file: Path, title: str, name: str) -> StreamlitPage:
    """Made once: Streamlit asks the disk for each folder of the path, in every rerun of a page."""
    return st.Page(file, title=title, url_path=name)


@dataclass(frozen=True)
class Chapter:
    """A part of the course. title, about: English, marked for translation."""

    title: str
    about: str
    lessons: tuple[Lesson, ...]
