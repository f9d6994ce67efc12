"""Predict, classify, discover: three things that a recurrent network does with a sequence."""

import streamlit as st

from pages.recurrent.predict import task as predict_task
from ui.layout import paragraphs
from ui.texts import _, lesson_text

task = predict_task.choose()
paragraphs(lesson_text("predict", "intro"))
with st.expander(_("The course's notation, and Keras's")):
    st.markdown(lesson_text("predict", "notation"))

predict_task.section(task)
