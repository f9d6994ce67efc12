"""Where the parts of a lesson page stand, and what its text column begins with.

In the first screen are one line of head, with what steers the lesson's run, one row of controls and
the figure that the lesson is for; all else is beside that or below.
"""

from collections.abc import Callable, Sequence
from typing import TypeVar

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from ui.state import address
from ui.steps import guided_steps
from ui.texts import _, has_text, lesson_text

VIEW_KEY = "pangloss_view"
_ABOUT, _STEERING = "pangloss_about", "pangloss_steering"
_TEXT_WIDTH = 680  # pixels: about 68 characters of running text

_Shown = TypeVar("_Shown")


def class_view() -> bool:
    """Whether the page is shown to a class: larger, its text folded away."""
    return (st.query_params.get("view") or st.session_state.get(VIEW_KEY)) == "class"


def lesson_head(chapter: str, title: str, about: str, question: str, demands: str = ""):
    """A lesson's head in one line, which stays in sight: chapter, title, and room for its run.

    about: one sentence, with which the text column begins; demands: what the lesson takes of its
    reader, beneath it. question: what the head says, where that column is not in the first screen,
    until there is a run to tell of. All are translated.
    """
    st.session_state[_ABOUT] = about, demands
    with st.container(horizontal=True, vertical_alignment="center", gap="small", key="lesson_head"):
        st.caption(f"{chapter} ›", width="content")
        st.title(title, anchor=False, width="content")
        with st.container(key="lesson_question"):
            st.markdown(question.replace("-", "-\N{WORD JOINER}"))  # "regarde-t-il" is one
        bar = st.container(key="lesson_bar")
    st.session_state[_STEERING] = address.this_page(), bar


def steering_place() -> DeltaGenerator | None:
    """The room in the head for what steers the lesson's run; None where a page has no head."""
    page, bar = st.session_state.get(_STEERING, ("", None))
    return bar if page == address.this_page() else None


def text_and_figure() -> tuple[DeltaGenerator, DeltaGenerator]:
    """The two columns of a lesson: its text, and its instruments with the figure.

    On a narrow screen the figure comes first. In class view the figure takes the whole width and
    the text is folded beneath it.
    """
    text, figure = _columns("lesson_columns", "lesson_text")
    about, demands = st.session_state.get(_ABOUT, ("", ""))
    if about:
        with text.container(key="lesson_about"):
            st.markdown(about)
            if demands:
                st.caption(demands)
    return text, figure


def text_beside(key: str) -> tuple[DeltaGenerator, DeltaGenerator]:
    """The same two columns for a later part of the page; key: of the folded text."""
    return _columns(f"beside_{key}", key)


def the_figure() -> DeltaGenerator:
    """The container of the figure that the lesson is for, at one place of a page.

    It is to be whole in the first screen: beneath one row of controls, which a telephone shows
    below it, and as high as the window leaves room for (see ``live_plot``).
    """
    return st.container(key="figure")


def in_the_figure(*draws: Callable[[float], object], widths: Sequence[int] = ()):
    """The parts of the lesson's figure, one beneath another; in class view side by side.

    Each is called with the room that it has, for ``live_plot``. widths: of ``st.columns``.
    """
    if not class_view():
        with the_figure():
            for draw in draws:
                draw(1 / len(draws))
        return
    columns = the_figure().columns(widths or len(draws), gap="medium")
    for column, draw in zip(columns, draws, strict=True):
        with column:
            draw(1.0)


def opening(
    lesson: str, draw: Callable[[], _Shown], drawing: Callable[[], object] | None = None
) -> _Shown:
    """A lesson's introduction beside what ``draw`` draws, which is returned.

    drawing: as of ``first_words``.
    """
    text, figure = text_and_figure()
    with figure:
        shown = draw()
    with text:
        introduction(lesson, drawing=drawing)
    return shown


def side_by_side(*draws: Callable[[], object], widths: int | Sequence[int] = 2):
    """Figures beside each other, each in a column. widths: of ``st.columns``."""
    for column, draw in zip(st.columns(widths, gap="medium"), draws, strict=False):
        with column:
            draw()


def introduction(lesson: str, notation: str = "", drawing: Callable[[], object] | None = None):
    """What to try, what a lesson is about, and what to read on: details, and notations.

    notation: what the table is called, if it is not the course's notation and Keras's.
    drawing: as of ``first_words``.
    """
    first_words(lesson, drawing)
    notation_table(lesson, notation)


def first_words(lesson: str, drawing: Callable[[], object] | None = None):
    """What to try, what a lesson is about in few words, and folded, where there is any, the rest.

    drawing: draws what the formulas of these words say. In class view the steps to try stand at
    the foot of the window.
    """
    if not class_view():
        guided_steps(lesson)
    if drawing:
        drawing()
    st.markdown(lesson_text(lesson, "intro"))
    if has_text(lesson, "more"):
        title, text = lesson_text(lesson, "more").split("\n", 1)
        with st.expander(title.removeprefix("# ")):
            st.markdown(text)


def notation_table(lesson: str, title: str = ""):
    """The table from the course's notation to Keras's, folded."""
    folded(title or _("The course's notation, and Keras's"), lesson, "notation")


def folded(title: str, lesson: str, part: str):
    """A part of a lesson's texts that is read by who asks for it."""
    with st.expander(title):
        st.markdown(lesson_text(lesson, part))


def paragraphs(markdown: str):
    """Running text where there is no column to hold its lines short."""
    st.markdown(markdown, width="stretch" if class_view() else _TEXT_WIDTH)


def _columns(key: str, text_key: str) -> tuple[DeltaGenerator, DeltaGenerator]:
    if class_view():
        figure = st.container()
        return st.expander(_("What this is about"), key=text_key), figure
    with st.container(key=key):
        text, figure = st.columns([1, 2], gap="large")
    return text, figure
