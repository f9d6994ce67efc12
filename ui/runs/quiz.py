"""Questions to answer before a run, graded against the visitor's own run."""

import math
import re
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

import streamlit as st

from ui.outside import catch_up
from ui.runs.run import Run
from ui.state import browser, progress
from ui.state.widgets import place_of
from ui.texts import _, lesson_text

Grade = Callable[[Run], tuple[str, str]]


def _always(_run: Run) -> bool:
    return True


@dataclass(frozen=True)
class Question:
    """A question with a few answers, whose words stand in ``quiz.md`` of the lesson's texts.

    name: of its section there. grade: what a finished run says: the name of the answer that it
    bears out, and why, translated; it is asked only once an answer was given. applies: whether a
    run can tell at all; until there is one, it is asked.
    """

    lesson: str
    name: str
    grade: Grade
    applies: Callable[[Run], bool] = _always

    @property
    def key(self) -> str:
        """Of what the session keeps of it."""
        return f"{self.lesson.replace('-', '_')}.{self.name}"

    def words(self) -> tuple[str, dict[str, str]]:
        """The question, and name of an answer -> its sentence, both Markdown of ours."""
        return read_questions(lesson_text(self.lesson, "quiz"))[self.name]


@cache
def read_questions(text: str) -> dict[str, tuple[str, dict[str, str]]]:
    """Name -> question and its answers by name, of "## name", a sentence and a list of answers."""
    questions = {}
    for section in text.split("## ")[1:]:
        head, *answers = re.sub(r"\n +", " ", section.rstrip()).split("\n- ")
        name, question = head.split("\n", 1)
        options = dict(answer.split(": ", 1) for answer in answers)
        questions[name] = question.strip().replace("\n", " "), options
    return questions


def quiz(questions: Sequence[Question], run: Run | None):
    """A lesson's questions, before the run and after it.

    A run that ended before anything was measured tells nothing.
    """
    if run is not None and not run.epochs:
        run = None
    st.markdown("**" + _("Two predictions, before you train") + "**")
    for question in questions:
        if run is None or question.applies(run):
            predict(question, run)


def predict(question: Question, run: Run | None) -> str | None:
    """One question, answered and, once ``run`` is over, graded; returns the answer."""
    ended = run if run and run.finished else None
    graded_key = f"{question.key}.graded"
    text, options = question.words()
    answer = ask(
        f"{question.key}.answer",
        text,
        options,
        disabled=ended is not None and st.session_state.get(graded_key) == ended.id,
    )
    if answer is None:
        if ended:
            st.caption(_("Answer, and your run shows whether you are right."))
    elif ended is None:
        st.caption(_("Your run will show it: train, and see."))
    else:
        st.session_state[graded_key] = ended.id
        reply(answer, question.grade(ended), options, _("Your run shows otherwise: {answer}"))
    return answer


def answer_to(key: str, options: Collection[str]) -> str | None:
    """What was answered to the question of ``ask`` with that key, today or on another day."""
    answer = browser.known().get(key)
    return answer if answer in options else None


def ask(key: str, text: str, options: Mapping[str, str], **more: Any) -> str | None:
    """A choice of one answer, which this browser remembers; texts translated.

    key: of the widget, and under which the answer is remembered. more: of ``st.radio``.
    """
    answer = st.session_state[key] = answer_to(key, options)  # again: its words may be new

    def keep():
        browser.remember(key, st.session_state[key])
        progress.mark_here("answered")

    st.radio(
        text,
        list(options),
        place_of(answer, options),
        format_func=options.__getitem__,
        key=key,
        on_change=keep,
        **more,
    )
    catch_up()
    return answer


def reply(answer: str, graded: tuple[str, str], options: Mapping[str, str], otherwise: str):
    """Whether the answer was right, and why. otherwise: the sentence that names the right one."""
    right, why = graded
    if answer == right:
        st.success(_("Yes, as you said.") + " " + why, icon=":material/check:")
    else:
        text = otherwise.format(answer=options[right])
        text = text.removesuffix(".") if text.endswith("..") else text
        st.info(f"{text} {why}", icon=":material/lightbulb:")


CHANCE = 2  # standard errors within which a difference is put down to chance


def standard_error(share: float, tested: int) -> float:
    """Of a share that was measured on ``tested`` examples."""
    return math.sqrt(max(share * (1 - share), 1 / tested) / tested)


def compare(value: float, reference: float, margin: float, names: tuple[str, str, str]) -> str:
    """The name for above, within or below ``margin`` of a reference."""
    difference = round(value - reference, 9)
    above, within, below = names
    return within if abs(difference) <= margin else above if difference > 0 else below
