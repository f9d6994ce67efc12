"""The space of words: what is asked of it, and the map with the answer."""

from dataclasses import dataclass

import streamlit as st

from core.experiments.kit.config import Config, choice, flag, text
from core.messages import N_, Problem
from pages.language.word_embeddings.answer import answer
from pages.language.word_embeddings.query import Asked, read_axes, read_question
from pages.language.word_embeddings.spaces import Space, map_words, with_tsne
from pages.language.word_embeddings.wordmap.component import word_map
from pages.language.word_embeddings.wordmap.plane import places_of
from pages.language.word_embeddings.wordmap.shown import Answer, Places
from ui.layout import the_figure
from ui.notices import plain
from ui.state.controls import choose, controls
from ui.state.widgets import pressed
from ui.texts import _, number, say

_LAST = "word_embeddings.last"
_MAP = "word_embeddings.map"


@dataclass(frozen=True)
class WordMap(Config):
    """What is asked of the space, and how its words are laid out."""

    ask: str = text(
        "mer",
        0,
        80,
        N_("Ask the space"),
        N_(
            "A word; an analogy, roi - homme + femme; a path, guerre > paix; three words or more, "
            "and the odd one out is told. Or click on the map."
        ),
    )
    plane: str = choice(
        "tsne",
        {"tsne": "t-SNE", "pca": N_("PCA"), "axes": N_("Your axes")},
        N_("Map"),
        N_("t-SNE keeps neighbours, PCA the widest plane; an axis leads from one word to another."),
    )
    axes: str = text(
        "homme femme",
        0,
        60,
        N_("Axes"),
        N_("Two words make an axis across, two more one upwards."),
    )
    exclude: bool = flag(
        True,
        N_("Leave the question’s own words out"),
        N_("Of an analogy: else one of them is mostly the first answer."),
    )


def instrument(space: Space):
    """The question, and the map with the answer."""
    st.fragment(_instrument)(space)


def _instrument(space: Space):
    chosen = controls(WordMap, strip=("ask", "plane", "axes"), more=("exclude",))
    if chosen is None:
        return
    answered = _answered(space, chosen)
    places = _places(space, chosen)
    alt = _("A map of {count} words. {answer}").format(
        count=number(space.mapped, 0), answer=answered.in_words
    )
    with the_figure():
        word_map(
            map_words(space),
            places,
            f"{chosen.plane}:{chosen.axes if chosen.plane == 'axes' else ''}",
            answered,
            key=_MAP,
            alt=alt,
            on_word=lambda word: choose(WordMap, ask=word),
        )


def _answered(space: Space, chosen: WordMap) -> Answer:
    """The answer to what was typed, or to the last question that could be answered."""
    try:
        asked = read_question(chosen.ask)
        answered = answer(space, asked, exclude=chosen.exclude)
    except Problem as problem:
        asked = st.session_state.get(_LAST) or Asked("word", space.words.words[:1])
        if any(word not in space.words.numbers for word in asked.words):
            asked = Asked("word", space.words.words[:1])
        still = _("Below is still the answer to “{asked}”.").format(asked=asked.text)
        st.warning(plain(f"{say(problem)} {still}"))
        answered = answer(space, asked, exclude=chosen.exclude)
    st.session_state[_LAST] = asked
    return answered


def _places(space: Space, chosen: WordMap) -> Places:
    try:
        pairs = read_axes(chosen.axes) if chosen.plane == "axes" else ()
        if chosen.plane == "tsne":
            space = _with_tsne(space)
        return places_of(space, chosen.plane, pairs)
    except Problem as problem:
        st.warning(plain(say(problem)))
        return places_of(space, "tsne", ())


def _with_tsne(space: Space) -> Space:
    """The space with its t-SNE map, which is computed on demand where none was shipped."""
    known = with_tsne(space, compute=False)
    if known.tsne is not None:
        return known
    place = st.empty()
    with place.container():
        st.caption(_("There is no t-SNE of these vectors yet; until then this is PCA."))
        if not pressed(_("Compute t-SNE"), key="word_embeddings.compute_tsne"):
            return known
    with place, st.spinner(_("Laying the words out")):
        known = with_tsne(space, compute=True)
    place.empty()
    return known
