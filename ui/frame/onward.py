"""The end of a lesson: the one before, and the next, with how it follows."""

import streamlit as st

from ui.course import LESSONS, Lesson, demands, neighbours
from ui.texts import _


def onward(lesson: Lesson):
    """Where to go from here."""
    before, after = neighbours(lesson.name)
    with st.container(key="onward"):
        back, on = st.columns([1, 2], gap="large")
        with back:
            if before:
                st.caption(_("Before this"))
                st.page_link(before.page())
        with on:
            if after:
                st.caption(_("Next") + " · " + demands(after))
                st.page_link(after.page())
                st.markdown(_(lesson.leads))
            else:
                st.caption(_("The course ends here"))
                first = next(iter(LESSONS.values()))
                st.page_link(first.page(), label=_("Back to its first lesson"))
