"""The calculator: a network that reads a sum and writes the result, digit by digit."""

import streamlit as st

from pages.language.calculator.analysis.section import understand
from pages.language.calculator.answer import answer, writing
from pages.language.calculator.dialogue import asking, conversation
from pages.language.calculator.networks import choose_answerer
from pages.language.calculator.reach import what_it_reaches
from pages.language.calculator.training import takeaway, training
from ui.components.drawing import two_boxes
from ui.layout import introduction, text_and_figure, the_figure

text, figure = text_and_figure()
reach, inside, own, end = (st.container() for _part in range(4))

with own:  # first, since the network of its run may be the one that answers above
    run = training()

with figure:
    question, answered, written, who = st.container(), the_figure(), st.container(), st.container()

with who:
    answerer = choose_answerer(run)

asked = None
if answerer:
    with question:
        asked = asking(answerer)
    with answered:
        answer(answerer, asked)
    with written:
        writing(answerer, asked)
        conversation()

with text:
    introduction("calculator", drawing=lambda: two_boxes("543+21", "753⏎", looks_back=True))

with end:
    takeaway(run)

with reach:
    what_it_reaches()

if answerer and asked:  # last, since it computes most
    with inside:
        understand(answerer, asked, run)
