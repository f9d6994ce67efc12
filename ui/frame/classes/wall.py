"""The wall: what the class trains, as it goes on, and what its teacher takes away of it."""

import streamlit as st
from babel.dates import format_date

from core.classes.asked import Asked
from core.store.classes.clicker import Question
from core.store.classes.service import Snapshot
from ui.course import LESSONS
from ui.frame.board.taking import taking
from ui.frame.board.wall import wall as runs_on_the_wall
from ui.frame.classes.asked import words_of
from ui.frame.classes.trained import class_runs, outcomes
from ui.frame.work.measures import lesson_of
from ui.state.widgets import in_new_words, place_of
from ui.texts import _, language

_LESSON = "class.wall.lesson"


def wall(now: Snapshot):
    """Draws the runs of a lesson: where the class was sent, or what else it trained."""
    trained = {lesson.name for one in now.trained if (lesson := lesson_of(one.experiment))}
    names = {n: _(LESSONS[n].title) for n in LESSONS if n in trained or n == now.of.lesson}
    if not names:
        st.info(_("Nothing yet: what the class trains appears here while it trains."))
        return
    lesson = now.of.lesson if now.of.lesson in names else next(iter(names))
    if len(names) > 1:
        chosen = in_new_words(_LESSON, names, lesson)
        st.selectbox(
            _("Lesson"),
            list(names),
            place_of(chosen, names),
            format_func=names.__getitem__,
            key=_LESSON,
            width=320,
        )
        lesson = st.session_state[_LESSON]
    runs = class_runs(now, lesson)
    runs_on_the_wall(runs, lesson, now.of.anonymous)
    about = f"{now.of.name}, {format_date(locale=language())}"
    questions = [_asked(now, one) for one in now.questions if one.lesson in ("", lesson)]
    with st.container(horizontal=True, gap="small", key="class_taking"):
        title = _(LESSONS[lesson].title)
        taking(title, about, questions[::-1], runs, lesson, now.of.anonymous)


def _asked(now: Snapshot, question: Question) -> Asked:
    """A question as it is taken away; of a number, how often each was said."""
    text, answers = words_of(question) if question.lesson else (question.text, {})
    if not question.lesson:
        answers = {str(at): words for at, words in enumerate(question.choices)}
    counts, ran = now.counts.get(question.number, {}), outcomes(now, question)
    answers = answers or {value: value for value in sorted(counts, key=float)}
    return Asked(
        text,
        [(words, counts.get(value, 0)) for value, words in answers.items()],
        [(words, ran[value]) for value, words in answers.items() if value in ran],
    )
