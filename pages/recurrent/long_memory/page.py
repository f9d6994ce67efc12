"""Long memory: the cells race on tasks in which something must be kept for a hundred steps."""

import streamlit as st

from pages.recurrent.long_memory.race import afterwards, racing
from pages.recurrent.long_memory.reading import reading
from pages.recurrent.long_memory.recorded import limits, tuning
from ui.anatomy import text_and_figure
from ui.texts import _, lesson_text

text, figure = text_and_figure()
own, recorded, end = (st.container() for _part in range(3))

with own:  # first, since the networks of its run may be those that answer above
    run = racing()

with figure:
    reading(run)

with text:
    st.markdown(lesson_text("long-memory", "intro"))
    with st.expander(_("The course's notation, and Keras's")):
        st.markdown(lesson_text("long-memory", "notation"))
    st.markdown(lesson_text("long-memory", "try"))

with recorded:
    limits()
    tuning()

with end:
    afterwards(run)
