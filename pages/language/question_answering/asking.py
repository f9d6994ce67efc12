"""The story and the question that a visitor types, or has drawn."""

from dataclasses import dataclass

import numpy as np
import streamlit as st

from core.data.language.stories import typed, world
from core.data.language.stories.story import (
    GETS,
    GOES,
    LEAVES,
    PERSONS,
    PLACES,
    TASKS,
    THINGS,
    Asked,
    Sentence,
    as_written,
)
from core.messages import Problem
from ui.notices import plain
from ui.state import address
from ui.state.kept_text import cut
from ui.texts import _, say

STORY, QUESTION = "question_answering.story", "question_answering.question"
DEFAULTS = {
    STORY: (
        "Mary went to the kitchen. Sandra moved to the office. Mary got the milk there. "
        "John travelled to the hallway. Mary went to the garden. Sandra went to the bathroom."
    ),
    QUESTION: "Where is the milk?",
}
_PARAMETERS = {STORY: "story", QUESTION: "question"}
_MOST = {STORY: typed.MOST_CHARS, QUESTION: 100}
_IN_THE_URL = 900
_DRAWN = "question_answering.drawn"
_QUESTIONS = 5  # of a story of the world, from which one is drawn


@dataclass(frozen=True)
class Story:
    """A story and a question in the words of the tasks."""

    sentences: tuple[Sentence, ...]
    question: Sentence

    @property
    def task(self) -> str:
        """The task whose question it is: of a thing "two", of a person "one"."""
        return "two" if "the" in self.question else "one"


def ask() -> Story | None:
    """What was typed; None, with a sentence, where it cannot be read."""
    with st.container(horizontal=True, vertical_alignment="bottom", gap="small"):
        with st.container(width="stretch"):
            story = _field(
                STORY,
                _("Story (in bAbI’s English)"),
                help=_("Sentences with a full stop each, as “Mary went to the garden.”"),
            )
        with st.container(width=230):
            question = _field(
                QUESTION,
                _("Question"),
                help=_("“Where is Mary?” or “Where is the milk?”"),
            )
    try:
        return Story(typed.story(story), typed.question(question))
    except Problem as problem:
        st.warning(plain(say(problem)))
        with st.expander(_("The words of the tasks")):
            st.markdown(_words())
        return None


def draw_buttons():
    """Buttons that draw a story of the invented world, one for each task."""
    for task, name in TASKS.items():
        st.button(
            _("New story: {task}").format(task=_(name)),
            key=f"question_answering.new.{task}",
            help=_("Synthetic: made by this program, in the words of bAbI."),
            on_click=_draw,
            args=(task,),
        )


def read_instead(asked: Asked):
    """Have this question read, in the coming run; to be called in a callback."""
    _put(STORY, " ".join(map(as_written, asked.sentences)))
    _put(QUESTION, as_written(asked.question, "?"))


def _draw(task: str):
    count = st.session_state[_DRAWN] = st.session_state.get(_DRAWN, 0) + 1
    stories = world.stories(task, _QUESTIONS, count)
    read_instead(stories[int(np.random.default_rng([46, count]).integers(1, 4))])


def _put(key: str, value: str):
    st.session_state[key] = st.session_state[f"{key}.kept"] = value


def _field(key: str, label: str, help: str) -> str:
    default, parameter = DEFAULTS[key], _PARAMETERS[key]
    if address.decides(key):
        st.session_state[key] = st.query_params.get(parameter, default)[: _MOST[key]]
    elif key not in st.session_state:  # the widget's own value goes when the page is left
        st.session_state[key] = st.session_state.get(f"{key}.kept", default)
    keep = cut(key, _MOST[key])
    value = st.text_input(label, st.session_state[key], key=key, help=help, on_change=keep)
    value = (value or "").strip()
    st.session_state[f"{key}.kept"] = value
    is_short = value != default and len(value) <= _IN_THE_URL
    address.write({parameter: value if is_short else None})
    return value


def _words() -> str:
    kinds = {
        _("Persons"): [name.capitalize() for name in PERSONS],
        _("Places"): PLACES,
        _("Things"): THINGS,
        _("Goes (to the …)"): GOES,
        _("Takes (the … there)"): GETS,
        _("Leaves (the …)"): LEAVES,
    }
    return "\n".join(f"- {kind}: {', '.join(words)}" for kind, words in kinds.items())
