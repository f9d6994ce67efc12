"""Word embeddings: a space of words to ask, how it is learned, and what it is worth."""

import streamlit as st

from pages.language.word_embeddings.evaluation import evaluation
from pages.language.word_embeddings.glass.section import glass
from pages.language.word_embeddings.instrument import instrument
from pages.language.word_embeddings.onehot import onehot
from pages.language.word_embeddings.spaces import choose_space
from pages.language.word_embeddings.training import takeaway, training
from ui.layout import introduction, text_and_figure

text, figure = text_and_figure()
made, own, good, end = (st.container() for _part in range(4))

with own:  # first, since the vectors of its run may be those that are shown above
    run = training()

with figure:
    place, who = st.container(), st.container()
    with who:
        space = choose_space(run)
    if space:
        with place:
            instrument(space)

with text:
    introduction("word-embeddings")

with made:
    if space:
        onehot(space)
    glass()

with good:
    evaluation()

with end:
    takeaway(run)
