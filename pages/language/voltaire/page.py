"""The Voltaire generator: a character language model that writes, and one to train."""

import streamlit as st

from pages.language.voltaire.compare import counting, temperatures
from pages.language.voltaire.inspection import inspection
from pages.language.voltaire.networks import choose_writer, shipped
from pages.language.voltaire.originality import originality
from pages.language.voltaire.training import takeaway, training
from pages.language.voltaire.writing import writing
from ui.layout import introduction, text_and_figure

text, figure = text_and_figure()
original, compared, own, end = (st.container() for _part in range(4))

with own:  # first, since the network of its run may be the one that writes above
    run = training()

with figure:
    text_of_it, who = st.container(), st.container()
    with who:
        writer = choose_writer(run)
    with text_of_it:
        written = writing(writer) if writer else None
        if writer and written:
            inspection(writer, written, "voltaire.text")

with text:
    introduction("voltaire")

with end:
    takeaway(run)

if writer and written:  # last, since they compute most
    with original:
        originality(writer, written)
    with compared:
        temperatures(writer, written)
with compared:
    counting(shipped())
