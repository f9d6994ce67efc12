"""The end of a lesson's part: the runs of the visit, and what can be taken away from this one."""

from collections.abc import Mapping

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from ui.runs.bench import bench
from ui.runs.run import Run
from ui.runs.takeaway import takeaway
from ui.texts import _


def ending(
    experiment: str, run: Run | None, *, metrics: Mapping[str, str], text: str = ""
) -> DeltaGenerator:
    """The bench, and beside it the files of ``run``; returns their column, for what else is there.

    metrics: as in ``bench``. text: what is said of the files, Markdown of ours, translated.
    """
    left, right = st.columns(2, gap="large")
    with left:
        bench(experiment, metrics=metrics)
    with right:
        st.subheader(_("Take it away"), anchor=False)
        if text:
            st.markdown(text)
        takeaway(run, name=experiment)
        if run is None or not run.epochs:
            st.caption(_("After the first epoch of a run its files are here."))
    return right
