"""Long memory: the cells race on tasks in which something must be kept for a hundred steps."""

import streamlit as st

from pages.recurrent.long_memory.race import racing, takeaway
from pages.recurrent.long_memory.reading import reading
from pages.recurrent.long_memory.recorded import limits
from pages.recurrent.long_memory.variants import variants
from ui.layout import introduction, text_and_figure

text, figure = text_and_figure()
own, recorded, end = (st.container() for _part in range(3))

with own:  # first, since the networks of its run may be those that answer above
    run = racing()

with figure:
    reading(run)

with text:
    introduction("long-memory")

with recorded:
    limits()
    variants()

with end:
    takeaway(run)
