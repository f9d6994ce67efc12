"""Texts in classes: a sentence read word by word, counting beside networks, the split that lies."""

import streamlit as st

from pages.language.text_class.negation import negation
from pages.language.text_class.reading import instrument
from pages.language.text_class.recorded import comparisons
from pages.language.text_class.training import takeaway, training
from ui.layout import opening

first, own, tested, recorded, end = (st.container() for _part in range(5))

with own:  # before all else, since the network of its run may be the one that reads above
    run = training()

with first:
    reader = opening("text-class", lambda: instrument(run))

if reader:
    with tested:
        negation(reader)

with recorded:
    comparisons(run)

with end:
    takeaway(run)
