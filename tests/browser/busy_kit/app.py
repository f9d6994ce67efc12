"""Serves the page that draws itself as app.py serves the lessons."""

import streamlit as st

from ui.frame import streamlit_patch

streamlit_patch.apply()
app = st.App("page.py")
