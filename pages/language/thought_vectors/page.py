"""Thought vectors: a sentence is typed, and the passages of a book that are like it answer."""

import streamlit as st

from pages.language.thought_vectors.instrument import instrument
from pages.language.thought_vectors.measured import measured
from pages.language.thought_vectors.training import takeaway, training
from ui.layout import opening

opening("thought-vectors", instrument)
compared, own, end = (st.container() for _part in range(3))

with compared:
    measured()

with own:
    run = training()

with end:
    takeaway(run)
