"""Translate: where a network looks while it writes, what counting makes of it, and what is lost."""

import streamlit as st

from pages.language.translation.counting import counting
from pages.language.translation.figure import drawn
from pages.language.translation.measured import measured
from pages.language.translation.networks import choose_translator
from pages.language.translation.searching import searched
from pages.language.translation.sentence import ask
from pages.language.translation.training import takeaway, training
from ui.layout import introduction, text_and_figure

text, figure = text_and_figure()
beam, counted, reached, own, end = (st.container() for _part in range(5))

with own:  # first, since the network of its run may be the one that translates above
    run = training()

with figure:
    asked = ask()
    place, who = st.container(), st.container()
    with who:
        translator = choose_translator(run, asked.direction)
    if translator:
        with place:
            drawn(asked, translator)

with text:
    introduction("translation")

if translator:
    with beam:
        searched(asked, translator)

with counted:
    counting(asked)

with reached:
    measured()

with end:
    takeaway(run)
