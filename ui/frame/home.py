"""The home page: what Pangloss is, where to begin, paths through the course, and its map."""

import secrets
import time
from collections.abc import Collection, Iterator, Mapping
from contextlib import nullcontext

import streamlit as st

from core import pretrained
from core.messages import N_
from core.numeric.language.generation import generate
from core.numeric.language.language_model import LanguageModel
from ui.components.reading import stream
from ui.course import CHAPTERS, LESSONS, Lesson, demands
from ui.frame.classes.student.joining import join_page
from ui.frame.classes.teacher.page import class_page
from ui.frame.headpiece import headpiece
from ui.frame.onward import PATH
from ui.paths import PATHS, CoursePath
from ui.state import progress
from ui.state.kept_text import cut
from ui.steps import count_seen
from ui.texts import _, lesson_text, number

_MODEL = "voltaire"
_WORD = "Candide"
_MOST_LETTERS = 12
_PROMPT = "Candide"
_LENGTH = 480
_TEMPERATURE = 0.7
_SEED_KEY = "home_seed"
_MARKS = {"opened": N_("opened"), "trained": N_("trained"), "answered": N_("answered")}
_MANY = 6  # lessons that are listed when they are asked for
_ROMAN = ("I", "II", "III", "IV", "V", "VI", "VII", "VIII")


def home() -> None:
    """Draw the home page."""
    model, _about = pretrained.load(_MODEL, LanguageModel)
    with st.container(key="home"):
        words, drawing = st.columns([5, 6], gap="large", vertical_alignment="center")
        with words, st.container(key="home_title"):
            st.title("Pangloss", anchor=False)
            st.markdown(_("or recurrent networks and autoencoders, learned by training them"))
            begin()
        with drawing, st.container(key="home_network"):
            unrolled(model)
            st.markdown(lesson_text("home", "about"))
        paths()
        with_a_class()
        course_map()
        sample(model)


def begin() -> None:
    """The lesson to begin with, or to go on with."""
    lesson = upcoming({name: progress.of(name) for name in LESSONS})
    fresh = lesson.name == next(iter(LESSONS))
    with st.container(key="home_begin"):
        st.caption((_("Begin here") if fresh else _("Go on with")) + " · " + demands(lesson))
        st.page_link(lesson.page())
        st.markdown(_(lesson.about))


def upcoming(done: Mapping[str, Collection[str]]) -> Lesson:
    """Where a visitor goes on: at the furthest lesson that was opened, or behind it when worked at.

    done: name of a lesson -> what of "opened", "trained" and "answered" was done there.
    """
    names = list(LESSONS)
    opened = [i for i, name in enumerate(names) if done.get(name)]
    if not opened:
        return LESSONS[names[0]]
    worked = {"trained", "answered"} & set(done[names[opened[-1]]])
    left = [name for name in names if not done.get(name)]
    at = opened[-1] + bool(worked)
    return LESSONS[names[at] if at < len(names) else (left or names)[0]]


def paths() -> None:
    """A few lessons that go together, in order, with the time that they take."""
    st.header(_("Short of time?"), anchor=False)
    with st.container(key="home_paths"):
        for column, (name, path) in zip(st.columns(len(PATHS)), PATHS.items(), strict=True):
            with column:
                _path(name, path)


def with_a_class() -> None:
    """The ways to the board of a class, for who teaches and for who learns."""
    st.header(_("With a class?"), anchor=False)
    with st.container(horizontal=True, gap="medium", key="home_class"):
        st.page_link(class_page(), label=_("Open a class"))
        st.page_link(join_page(), label=_("Join a class"))


def _path(name: str, path: CoursePath):
    st.subheader(_(path.title), anchor=False)
    short = len(path.lessons) < _MANY
    hours = _("about {hours} hours in all").format(hours=round(path.minutes / 60))
    st.caption(_("about {minutes} minutes").format(minutes=path.minutes) if short else hours)
    with nullcontext() if short else st.popover(_("Its lessons")):
        for place in path.lessons:
            st.page_link(LESSONS[place].page(), query_params={PATH: name})


@st.fragment
def unrolled(model: LanguageModel) -> None:
    """The network over a word that the visitor may change."""
    place = st.container()
    word = st.text_input(
        _("Give it another word"),
        _WORD,
        key="word",
        on_change=cut("word", _MOST_LETTERS),
        width=220,
        placeholder=_WORD,
        bind="query-params",
    )
    with place:
        headpiece(model, word.strip()[:_MOST_LETTERS] or _WORD)


def course_map() -> None:
    """The chapters in order, each lesson with what it lets one do, takes, and has seen done."""
    st.header(_("The course"), anchor=False)
    left, right = st.columns(2, gap="large")
    half = len(CHAPTERS) // 2
    for i, (numeral, chapter) in enumerate(zip(_ROMAN, CHAPTERS, strict=False)):
        with left if i < half else right, st.container(key=f"chapter_{numeral}"):
            st.caption(_("Chapter {numeral}").format(numeral=numeral))
            st.subheader(_(chapter.title), anchor=False)
            st.markdown(_(chapter.about))
            for lesson in chapter.lessons:
                with st.container(key=f"lesson_{lesson.name}"):
                    st.page_link(lesson.page())
                    st.markdown(_(lesson.about))
                    st.caption(" · ".join((demands(lesson), *_done(lesson.name))))


def _done(name: str) -> list[str]:
    """What this browser remembers of a lesson, in words."""
    marks, (seen, steps) = progress.of(name), count_seen(name)
    words = [f"✓\N{NO-BREAK SPACE}{_(_MARKS[mark])}" for mark in _MARKS if mark in marks]
    if seen:
        words.append(_("{seen} of {steps} steps").format(seen=seen, steps=steps))
    return words


@st.fragment
def sample(model: LanguageModel) -> None:
    """A passage that the shipped network writes while the page is opened."""
    st.header(_("Written just now"), anchor=False)
    seed = st.session_state.setdefault(_SEED_KEY, 1759)
    began = time.perf_counter()
    stream(_passage(model, seed), key="home_sample")
    seconds = time.perf_counter() - began
    st.caption(
        _(
            "By a network that read Voltaire one character at a time: {count} characters after "
            "“{prompt}”, in {seconds} s, at temperature {temperature}, with seed {seed}."
        ).format(
            count=_LENGTH,
            prompt=_PROMPT,
            seconds=number(seconds, 2),
            temperature=number(_TEMPERATURE, 1),
            seed=seed,
        )
    )
    st.button(_("Another passage"), key="home_again", on_click=_reseed)


def _passage(model: LanguageModel, seed: int) -> Iterator[str]:
    yield _PROMPT
    for piece in generate(model, _PROMPT, _LENGTH, _TEMPERATURE, seed=seed):
        yield piece.text
    yield " …"


def _reseed() -> None:
    st.session_state[_SEED_KEY] = secrets.randbelow(10_000)
