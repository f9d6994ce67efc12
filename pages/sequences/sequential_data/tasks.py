"""The course's four tasks, and the lesson that does each."""

import re
from dataclasses import dataclass

import streamlit as st

from core.messages import N_
from ui.course import CHAPTERS
from ui.layout import paragraphs
from ui.state.kept_choice import kept_choice
from ui.texts import _


@dataclass(frozen=True)
class CourseTask:
    """A task as the course puts it. links: name of a lesson -> what it does there.

    given, wanted: an example, in TeX. shape: from which array to which, in TeX. words: what is
    wanted, where it is words.
    """

    name: str
    about: str
    given: str
    wanted: str
    shape: str
    links: dict[str, str]
    words: str = ""


TASKS = {
    "class": CourseTask(
        N_("Predict a class"),
        N_(
            "The whole sequence is read, then one answer is given: which bird sings, whether a "
            "film is a documentary, whether a gene begins here."
        ),
        r"x_i = (1, 6, 8, 4)",
        "",
        r"(batch, time, features) \to (batch, classes)",
        {
            "sequence-class": N_(
                "There: splice junctions, promoters, and sequences that are good or bad."
            ),
            "keras-workbench": N_("There: digits read row by row, and the course's models."),
        },
        words=N_("“good” or “bad”"),
    ),
    "next": CourseTask(
        N_("Predict what comes next"),
        N_(
            "From the elements so far, the following one: tomorrow's temperature, a customer's "
            "next click, the next letter."
        ),
        r"x_i = (1, 2, 3, 4, 5)",
        r"6",
        r"(batch, time, features) \to (batch, features)",
        {
            "next-value": N_(
                "There: number series, sunspots, Seattle's temperature, your own series."
            ),
            "voltaire": N_("There: the next letter of a text in Voltaire's French."),
        },
    ),
    "generate": CourseTask(
        N_("Generate a sequence"),
        N_(
            "A sequence comes out, not a single answer: a melody, speech from text, text "
            "from speech. Or the network reads its own guesses, and they become a text."
        ),
        r"x_1 = (1, 3, 5),\ x_2 = (7, 9, 11)",
        r"(5, 7, 9)",
        r"(batch, time, features) \to (batch, time', features)",
        {
            "next-value": N_("There: a series of whole numbers from the two before it."),
            "voltaire": N_("There: a page of Voltaire, one letter after the other."),
        },
    ),
    "discover": CourseTask(
        N_("Discover patterns"),
        N_(
            "There are no labels: what the network keeps of each sequence is grouped, and "
            "you look at what a group shares: genes, ways to use a shop, kinds of signal."
        ),
        r"x_1, x_2, \dots, x_k",
        r"\{x_1, x_4, \dots\},\ \{x_2, x_3, \dots\},\ \dots",
        r"(batch, time, features) \to (batch, units)",
        {
            "discover-patterns": N_(
                "There: hidden states of unlabelled sequences, and their clusters."
            )
        },
    ),
}


def tasks():
    """The chooser: one of the four, with its example and links to where it is done."""
    st.header(_("Four things to do with a sequence"), anchor=False)
    st.fragment(_choose)()


def _choose():
    name = kept_choice(
        _("Task"),
        {name: task.name for name, task in TASKS.items()},
        TASKS,
        key="sequences.chosen_task",
        parameter="task",
        widget=st.pills,
        label_visibility="collapsed",
    )
    task = TASKS[name]
    left, right = st.columns([3, 2], gap="large")
    with left:
        paragraphs(_(task.about))
        wanted = rf"\text{{{_(task.words)}}}" if task.words else task.wanted
        example = rf"{task.given} \;\longmapsto\; {wanted}"
        st.markdown(f"$$\n{example}\n$$\n\n$$\n{_shape(task.shape)}\n$$")
    with right:
        lessons = {lesson.name: lesson for c in CHAPTERS for lesson in c.lessons}
        for name, caption in task.links.items():
            st.page_link(lessons[name].page())
            st.caption(_(caption))


def _shape(tex: str) -> str:
    """The names of axes upright."""
    tex = re.sub(r"\b(batch|time|features|classes|units)\b", r"\\text{\1}", tex)
    given, wanted = tex.split(r"\to")
    return rf"\begin{{gathered}} {given} \\ \to {wanted} \end{{gathered}}"
