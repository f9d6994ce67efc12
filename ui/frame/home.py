"""The home page: what Pangloss is, something it does at once, and the map of the course."""

import secrets
import time
from collections.abc import Iterator

import streamlit as st

from core import pretrained
from core.numeric.language.generation import generate
from core.numeric.language.language_model import LanguageModel
from ui.components.reading import stream
from ui.course import CHAPTERS
from ui.frame.headpiece import headpiece
from ui.texts import _, lesson_text, number

_MODEL = "voltaire"
_WORD = "Candide"
_PROMPT = "Candide"
_LENGTH = 480
_TEMPERATURE = 0.7
_SEED_KEY = "home_seed"
_ROMAN = ("I", "II", "III", "IV", "V", "VI", "VII", "VIII")


def home() -> None:
    """Draw the home page."""
    model, _about = pretrained.load(_MODEL, LanguageModel)
    with st.container(key="home"):
        with st.container(key="home_title"):
            st.title("Pangloss", anchor=False)
            st.markdown(_("or recurrent networks and autoencoders, learned by training them"))
            unrolled(model)
            st.markdown(lesson_text("home", "about"))
        contents, passage = st.columns(2, gap="large")
        with contents:
            course_map()
        with passage:
            sample(model)


@st.fragment
def unrolled(model: LanguageModel) -> None:
    """The network over a word that the visitor may change."""
    place = st.container()
    word = st.text_input(
        _("Give it another word"),
        _WORD,
        key="word",
        max_chars=12,
        width=220,
        placeholder=_WORD,
        bind="query-params",
    )
    with place:
        headpiece(model, word.strip() or _WORD)


def course_map() -> None:
    """The chapters in order, and under each its lessons with what they let one do."""
    st.header(_("The course"), anchor=False)
    for numeral, chapter in zip(_ROMAN, CHAPTERS, strict=False):
        with st.container(key=f"chapter_{numeral}"):
            st.caption(_("Chapter {numeral}").format(numeral=numeral))
            st.subheader(_(chapter.title), anchor=False)
            st.markdown(_(chapter.about))
            for lesson in chapter.lessons:
                with st.container(key=f"lesson_{lesson.name}"):
                    st.page_link(lesson.page())
                    st.markdown(_(lesson.about))


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
