"""A page with nothing but the wall, of runs that are invented."""

import streamlit as st

from tests.class_runs import six_runs
from ui.frame.classes.wall.wall import wall

wall(
    six_runs() if "empty" not in st.query_params else [],
    "next-value",
    anonymous="anonymous" in st.query_params,
)
