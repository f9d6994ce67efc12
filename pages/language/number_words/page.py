"""Attention: numbers are written in French words, and one sees which digit is looked at."""

import streamlit as st

from pages.language.number_words.ablation import fixed_vector, self_attention
from pages.language.number_words.instrument import ask, instrument
from pages.language.number_words.networks import choose_writer
from pages.language.number_words.training import takeaway, training
from ui.components.drawing import two_boxes
from ui.layout import introduction, paragraphs, text_and_figure
from ui.texts import _, lesson_text

text, figure = text_and_figure()
compared, later, own, end = (st.container() for _part in range(4))

with figure:  # first, since the run below is looked at with this number
    asked = ask()
    answers = st.container()

with own:  # before the answer, since the network of its run may be the one that gives it
    run = training(asked)

with answers:
    answered, who = st.container(), st.container()
    with who:
        writer = choose_writer(run, asked.direction)
    if writer:
        with answered:
            instrument(asked, writer)
    paragraphs(lesson_text("number-words", "scores"))

with text:
    introduction(
        "number-words",
        _("The papers' notation, and Keras's"),
        lambda: two_boxes("80", "quatre-vingts", looks_back=True),
    )

with compared:
    fixed_vector(asked)

with later:
    self_attention(asked)

with end:
    takeaway(run)
