"""Questions about a story: a rule of one line, networks that look at sentences, real questions."""

import streamlit as st

from pages.language.question_answering.asking import ask
from pages.language.question_answering.reading import reading
from pages.language.question_answering.recorded import limit, networks, other_questions
from pages.language.question_answering.training import takeaway, training
from ui.layout import introduction, text_and_figure

text, figure = text_and_figure()
own, beyond, end = (st.container() for _part in range(3))

with own:  # first, since the network of its run may be the one that reads above
    run = training()

with figure:
    reading(ask(), run)

with text:
    introduction("question-answering")

with beyond:
    networks()
    other_questions()
    limit()

with end:
    takeaway(run)
