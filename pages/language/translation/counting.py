"""IBM's model 1: a dictionary learned by counting, on three pairs and on all of them."""

from functools import partial

import streamlit as st

from core import pretrained
from core.experiments.translation.shipped import NAMES, dictionary
from core.experiments.translation.task import word_for_word
from core.figures.language.number_words import weights_map
from core.numeric.language.translation.ibm1 import Links
from core.numeric.language.translation.tokens import tokens
from pages.language.translation.sentence import Asked
from ui.components.charts import live_plot, look
from ui.components.table import markdown_table
from ui.layout import text_beside
from ui.notices import plain
from ui.texts import _, lesson_text, number, percent

PAIRS = (
    ("the house", "la maison"),
    ("the blue house", "la maison bleue"),
    ("the flower", "la fleur"),
)
_ROUNDS = "translation.rounds"
_MOST_ROUNDS = 12


def counting(asked: Asked):
    """The section: three pairs round by round, and the sentence above by the whole dictionary."""
    st.header(_("A dictionary by counting"), anchor=False)
    text, right = text_beside("translation.ibm_text")
    text.markdown(lesson_text("translation", "ibm"))
    with right:
        st.fragment(_three_pairs)()
        _sentence(asked)


def _three_pairs():
    rounds = st.slider(
        _("Rounds of guessing links and counting"),
        0,
        _MOST_ROUNDS,
        st.session_state.setdefault(_ROUNDS, 1),
        key=_ROUNDS,
    )
    links = Links(*zip(*((en.split(), fr.split()) for en, fr in PAIRS), strict=True), none=False)
    known = links.uniform()
    for _round in range(rounds):
        known = links.improved(known)
    table = known.table()
    pairs = "; ".join(f"{en} – {fr}" for en, fr in PAIRS)
    at = known.sources.index("house"), known.targets.index("maison")
    title = _("Round {rounds}: “house” is “maison” with {share}").format(
        rounds=rounds, share=percent(table[at])
    )
    figure = partial(
        weights_map,
        look(title, alt=f"{title}. {pairs}"),
        table,
        known.sources,
        known.targets,
        bar_title=_("t(French | English)"),
    )
    live_plot(figure, key="translation.three", height=300)
    st.caption(_("Three pairs, no dictionary: {pairs}.").format(pairs=pairs))


def _sentence(asked: Asked):
    """What the dictionary of all pairs makes of the sentence above."""
    name = NAMES[asked.direction]
    if name not in pretrained.names():
        return
    source, target = asked.direction.split("_")
    known = dictionary(name)
    words = dict.fromkeys(token.strip() for token in tokens(asked.text.lower(), source))
    rows = [
        [
            plain(word),
            " · ".join(f"{plain(to)} {percent(share)}" for to, share in known.get(word, [])),
        ]
        for word in words
        if any(map(str.isalnum, word))
    ]
    missing = _("not in the dictionary: it stays as it is")
    head = [_("word"), _("its likeliest translations")]
    st.markdown(markdown_table(head, [[word, to or missing] for word, to in rows], numbers=False))
    count = number(pretrained.card(name)["metrics"]["train_pairs"], 0)
    st.markdown(
        _("Word for word, by {count} pairs: **{told}**").format(
            count=count, told=plain(word_for_word(asked.text, known, source, target))
        )
    )
