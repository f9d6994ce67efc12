"""The wall: the runs of a class as small curves or as points, and those to look at closer."""

from collections.abc import Sequence

import streamlit as st

from core.classes.together import LEAST
from core.figures.classes.wall import wall_height
from core.store.classes.wall import ClassRun
from ui import server
from ui.components.charts import live_plot
from ui.frame.classes.wall.lesson_runs import LessonRuns
from ui.frame.classes.wall.panels import MOST, panels
from ui.frame.classes.wall.points import points
from ui.frame.work.opening import open_run
from ui.notices import plain
from ui.state.widgets import in_new_words, pressed
from ui.texts import _


def wall(runs: Sequence[ClassRun], lesson: str, anonymous: bool):
    """Draws the runs of a lesson, and buttons that open the best and the strangest.

    lesson: its name. anonymous: numbers stand for the pseudonyms.
    """
    of = LessonRuns.of(runs, lesson, anonymous)
    if of is None:
        st.info(_("No run of this lesson yet. Each student's is here as soon as it is asked for."))
        return
    with st.container(horizontal=True, vertical_alignment="center", gap="small"):
        views = {"curves": _("Curves"), "plane": _("Plane")}
        chosen = in_new_words("wall.view", views, "curves")
        st.segmented_control(
            _("Show the runs as"),
            list(views),
            default=chosen,
            required=True,
            format_func=views.__getitem__,
            key="wall.view",
            label_visibility="collapsed",
        )
        st.markdown(plain(of.summary), width="stretch")
    if st.session_state["wall.view"] == "plane":
        points(of)
    else:
        height = wall_height(min(len(of.shown), MOST))
        live_plot(panels(of, server.theme()), key="wall.curves", height=height)
        _about_curves(of)
    for run, sentence in of.remarkable:
        with st.container(horizontal=True, vertical_alignment="center", gap="small"):
            st.markdown(plain(sentence), width="stretch")
            if pressed(_("Open"), key=f"wall.open.{run.run}", help=plain(sentence)):
                open_run(of.experiment, run.run, run.config)
    for sentence in of.failures:
        st.markdown(plain(sentence))


def _about_curves(of: LessonRuns):
    said = []
    if len(of.shown) < len(of.runs):
        said.append(_("Of each student the latest run is drawn."))
    if len(of.shown) > MOST:
        said.append(
            _("The first {most} of {count} are drawn.").format(most=MOST, count=len(of.shown))
        )
    if of.stand.strangest is None and of.stand.total < LEAST:
        said.append(_("From {least} curves on, the strangest is named, too.").format(least=LEAST))
    if said:
        st.caption(" ".join(said))
