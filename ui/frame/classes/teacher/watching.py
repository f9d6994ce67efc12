"""The wall: what the class trains, as it goes on, and what is taken away of it."""

import streamlit as st
from babel.dates import format_date

from core.classes.asked import Asked
from core.store.classes.clicker import Question
from core.store.classes.service import Snapshot
from ui.course import LESSONS
from ui.frame.classes.asked import plain_words_of
from ui.frame.classes.teacher.choosing import choose_lesson
from ui.frame.classes.wall.taking import taking
from ui.frame.classes.wall.trained import class_runs, outcomes
from ui.frame.classes.wall.wall import wall
from ui.frame.work.measures import lesson_of
from ui.texts import _, language, number

_LESSON = "class.wall.lesson"


def watching(now: Snapshot):
    """Draws the runs of a lesson: where the class was sent, or what else it trained."""
    trained = {lesson.name for one in now.trained if (lesson := lesson_of(one.experiment))}
    asked = {question.lesson for question in now.questions}
    names = {n: _(LESSONS[n].title) for n in LESSONS if n in trained | asked | {now.of.lesson}}
    if not names:
        st.info(_("Nothing yet: what the class trains appears here while it trains."))
        return
    lesson = next(iter(names))
    if len(names) > 1:
        lesson = choose_lesson(names, now.of.lesson, _LESSON)
    runs = class_runs(now, lesson)
    wall(runs, lesson, now.of.anonymous)
    about = f"{now.of.name} · {format_date(locale=language())}"
    with st.container(horizontal=True):
        taking(names[lesson], about, _asked(now, lesson), runs, lesson, now.of.anonymous)


def _asked(now: Snapshot, lesson: str) -> list[Asked]:
    """The questions of the lesson and the teacher's own, the first asked first."""
    return [_told(now, q) for q in reversed(now.questions) if q.lesson in ("", lesson)]


def _told(now: Snapshot, question: Question) -> Asked:
    text, options = plain_words_of(question)
    counts, ran = now.counts.get(question.number, {}), outcomes(now, question)
    if not options:  # numbers
        values = sorted((float(value), count) for value, count in counts.items())
        return Asked(text, [(number(value, 6), count) for value, count in values])
    gave = [(words, ran.get(value, 0)) for value, words in options.items()] if ran else ()
    return Asked(text, [(words, counts.get(v, 0)) for v, words in options.items()], gave)
