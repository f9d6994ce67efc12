"""Serves the page of the planes as app.py serves the lessons."""

import streamlit as st

app = st.App("page.py")
