"""The calculator: a network that reads a sum and writes the result, digit by digit."""

import streamlit as st

from pages.language.calculator.analysis.section import understand
from pages.language.calculator.answer import answer, writing
from pages.language.calculator.dialogue import asking, conversation
from pages.language.calculator.networks import choose_answerer
from pages.language.calculator.reach import what_it_reaches
from pages.language.calculator.training import afterwards, training
from ui.anatomy import text_and_figure
from ui.texts import _, lesson_text

text, figure = text_and_figure()
reach, inside, own, end = (st.container() for _part in range(4))

with own:  # first, since the network of its run may be the one that answers above
    run = training()

with figure:
    answerer = choose_answerer(run)
    if answerer:
        asked = asking(answerer)
        answer(answerer, asked)
        writing(answerer, asked)
        conversation()

with text:
    st.markdown(lesson_text("calculator", "intro"))
    with st.expander(_("The course's notation, and Keras's")):
        st.markdown(lesson_text("calculator", "notation"))
    st.markdown(lesson_text("calculator", "try"))

with end:
    afterwards(run)

with reach:
    what_it_reaches()

if answerer:  # last, since it computes most
    with inside:
        understand(answerer, asked, run)
