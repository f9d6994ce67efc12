"""Words with their tags: a sentence tagged as it is typed, from both sides and from one alone."""

import streamlit as st

from pages.language.tagger.measured import measured
from pages.language.tagger.networks import choose_reader
from pages.language.tagger.parts import parts
from pages.language.tagger.paths import viterbi
from pages.language.tagger.sentence import ask, tagged, words_of
from pages.language.tagger.training import takeaway, training
from ui.layout import introduction, text_and_figure
from ui.texts import _

text, figure = text_and_figure()
walked, sides, own, end = (st.container() for _part in range(4))

with own:  # first, since the network of its run may be the one that reads above
    run = training()

words: list[str] = []
with figure:
    typed = ask()
    place, who = st.container(), st.container()
    with who:
        reader = choose_reader(run)
    if reader:
        words = words_of(typed, reader)
        with place:
            if words:
                tagged(words, reader, is_cut=len(words) == 40)
            else:
                st.info(_("There is no word to read in this."))

with text:
    introduction("tagger")

if reader and words:
    with walked:
        viterbi(words, reader)

with sides:
    measured()
    parts()

with end:
    takeaway(run)
