"""Attention: numbers are written in French words, and one sees which digit is looked at."""

import streamlit as st

from ui.anatomy import text_and_figure
from ui.lessons.layout import paragraphs
from ui.lessons.number_words_instrument import ask, instrument
from ui.lessons.number_words_training import afterwards, training
from ui.lessons.number_words_without import after_2015, without
from ui.lessons.number_words_writers import choose_writer
from ui.texts import _, lesson_text

text, figure = text_and_figure()
compared, later, own, end = (st.container() for _part in range(4))

with figure:  # first, since the run below is looked at with this number
    asked = ask()
    answers = st.container()

with own:  # before the answer, since the network of its run may be the one that gives it
    run = training(asked)

with answers:
    writer = choose_writer(run, asked.direction)
    if writer:
        instrument(asked, writer)
    paragraphs(lesson_text("number-words", "scores"))

with text:
    st.markdown(lesson_text("number-words", "intro"))
    with st.expander(_("The papers' notation, and Keras's")):
        st.markdown(lesson_text("number-words", "notation"))
    st.markdown(lesson_text("number-words", "try"))

with compared:
    without(asked)

with later:
    after_2015(asked)

with end:
    afterwards(run)
