"""Serves the page that draws itself as app.py serves the lessons."""

import streamlit as st

from ui.frame import unsent

unsent.send_in_order()
app = st.App("page.py")
