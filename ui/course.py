"""The course: its chapters, and in each the lessons that exist."""

from dataclasses import dataclass
from pathlib import Path

import streamlit as st
from streamlit.navigation.page import StreamlitPage

from core.messages import N_
from ui.texts import _

_PAGES = Path(__file__).resolve().parent.parent / "pages"


@dataclass(frozen=True)
class Lesson:
    """A page: where it is, what it is called, and what it lets a visitor do.

    name: its address and the name of its texts. title, about: English, marked for translation.
    """

    name: str
    file: Path
    title: str
    about: str

    def page(self) -> StreamlitPage:
        """The lesson as Streamlit navigates to it, titled in the visitor's language."""
        return st.Page(self.file, title=_(self.title), url_path=self.name)


@dataclass(frozen=True)
class Chapter:
    """A part of the course. title, about: English, marked for translation."""

    title: str
    about: str
    lessons: tuple[Lesson, ...]


CHAPTERS = (
    Chapter(
        N_("Language"),
        N_("A network that reads one character at a time, and guesses the next."),
        (
            Lesson(
                "voltaire",
                _PAGES / "language" / "voltaire.py",
                N_("The Voltaire generator"),
                N_(
                    "Have a network write in Voltaire's French, look at how it chooses each "
                    "letter, and train one of your own while you watch it learn to spell."
                ),
            ),
        ),
    ),
)
