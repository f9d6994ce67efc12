"""The end of a lesson: the one before, and the next, with how it follows."""

import streamlit as st

from ui.course import LESSONS, Lesson, demands
from ui.paths import PATHS, neighbours
from ui.texts import _

PATH = "path"  # the URL's name for the path that is taken


def onward(lesson: Lesson):
    """Where to go from here: on the path that the visitor has taken, or through the course."""
    path = st.query_params.get(PATH, "")
    kept = {PATH: path} if path in PATHS else {}
    before, after = neighbours(lesson.name, path)
    _in_course, follows = neighbours(lesson.name)
    with st.container(key="onward"):
        back, on = st.columns([1, 2], gap="large")
        with back:
            if before:
                st.caption(_("Before this"))
                st.page_link(before.page(), query_params=kept)
        with on:
            if after:
                st.caption(_("Next") + " · " + demands(after))
                st.page_link(after.page(), query_params=kept)
                st.markdown(_(lesson.leads if after == follows else after.about))
            else:
                st.caption(_("The path ends here") if kept else _("The course ends here"))
                first = next(iter(LESSONS.values()))
                st.page_link(first.page(), label=_("Back to the first lesson"))
