"""Spoken digits: a word heard step by step, one's own voice, and networks that learn to hear."""

import streamlit as st

from pages.language.spoken_digits.hearing import hearing
from pages.language.spoken_digits.listeners import choose_listener
from pages.language.spoken_digits.recorded import comparisons
from pages.language.spoken_digits.sounds import choose_sound
from pages.language.spoken_digits.training import takeaway, training
from ui.layout import introduction, text_and_figure

text, figure = text_and_figure()
own, recorded, end = (st.container() for _part in range(3))

with own:  # first, since the network of its run may be the one that hears above
    run = training()

with figure:
    asked, drawn, who = (st.container() for _part in range(3))
    with who:
        listener = choose_listener(run)
    if listener:
        with asked:
            sound = choose_sound(listener.config.data)
        if sound:
            with drawn:
                hearing(sound, listener)

with text:
    introduction("spoken-digits")

with recorded:
    comparisons()

with end:
    takeaway(run)
