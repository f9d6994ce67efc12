"""What it is for: nine fields and a sentence, each field looked at, and what was hard in 2015."""

import streamlit as st

from pages.language.applications.closer import closer
from pages.language.applications.guesses import guesses
from pages.language.applications.instrument import ask, cards, chosen_field
from ui.layout import introduction, text_and_figure, the_figure

text, figure = text_and_figure()
with figure:
    with the_figure():
        sentence, field = ask(), chosen_field()
        place = st.container(key="cards")
    closer(field, sentence)
with text:
    introduction("applications")
with place:  # last, since the chatbot's threshold is set further down
    cards(sentence, field)
guesses()
