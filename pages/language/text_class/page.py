"""Texts in classes: a sentence read word by word, counting beside networks, the split that lies."""

import streamlit as st

from pages.language.text_class.negation import negation
from pages.language.text_class.networks import choose_reader
from pages.language.text_class.reading import ask, reading
from pages.language.text_class.recorded import comparisons
from pages.language.text_class.training import takeaway, training
from ui.layout import introduction, text_and_figure

text, figure = text_and_figure()
own, tested, recorded, end = (st.container() for _part in range(4))

with own:  # first, since the network of its run may be the one that reads above
    run = training()

with figure:
    typed = ask()
    place, who = st.container(), st.container()
    with who:
        reader = choose_reader(run)
    if reader:
        with place:
            reading(typed, reader)

with text:
    introduction("text-class")

if reader:
    with tested:
        negation(reader)

with recorded:
    comparisons(run)

with end:
    takeaway(run)
