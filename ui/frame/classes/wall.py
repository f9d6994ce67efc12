"""The wall: what the class trains, as it goes on."""

import pandas as pd
import streamlit as st

from core.messages import N_
from core.store.classes.service import Snapshot
from ui.components.table import table
from ui.course import LESSONS
from ui.frame.classes.trained import class_runs
from ui.frame.work.measures import lesson_of
from ui.state.widgets import in_new_words, place_of
from ui.texts import _

_LESSON = "class.wall.lesson"
_STATES = {
    "waiting": N_("waiting"),
    "under way": N_("under way"),
    "finished": N_("finished"),
    "stopped": N_("stopped early"),
    "failed": N_("failed"),
}


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
    if not runs:
        st.info(_("Nothing yet: what the class trains appears here while it trains."))
        return
    rows = pd.DataFrame(
        {
            _("Student"): [
                _("Student {number}").format(number=run.pupil)
                if now.of.anonymous
                else run.pseudonym
                for run in runs
            ],
            _("State"): [_(_STATES[run.state]) for run in runs],
            _("Training (s)"): [round(run.train_s, 1) for run in runs],
            runs[0].curve: [run.metrics.get(run.curve) for run in runs],
        }
    )
    table(rows, key="class.wall", alt=_("A table of the class’s runs."))
