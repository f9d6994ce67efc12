"""Greedy search beside beam search: the answers, and the tree of what was kept."""

import math
from functools import partial
from html import escape

import streamlit as st

from core.experiments.translation.shipped import LENGTH_POWER, best_of, search
from core.figures.language.translation import Branch, beam_tree
from core.numeric.language.beam import Search
from core.numeric.language.codec import END
from core.numeric.language.seq2seq import Seq2Seq
from core.numeric.language.translation.pieces import START_MARK
from core.numeric.language.translation.tokens import set_in
from pages.language.translation.networks import Translator
from pages.language.translation.sentence import Asked
from ui.components.charts import live_plot, look
from ui.components.table import markdown_table
from ui.layout import text_beside
from ui.notices import plain
from ui.texts import _, lesson_text, number, percent

_charted = partial(escape, quote=False)  # a chart takes its texts for HTML


def searched(asked: Asked, translator: Translator):
    """The section."""
    st.header(_("One word after the other, or four at once"), anchor=False)
    text, right = text_beside("translation.search_text")
    text.markdown(lesson_text("translation", "search"))
    found = search(translator.model, asked.text)
    greedy = translator.text(translator.write(asked.text))
    target = translator.config.languages[1]
    rows = [
        [
            plain(set_in(translator.model.codec.text(found.ids(at)), target)),
            percent(math.exp(found.prefixes[at].log_probability), 1),
            number(_score(found, at), 2),
        ]
        for at in found.best
    ]
    best = best_of(translator.model, found)
    title = (
        _("Both find “{best}”")
        if best == greedy
        else _("Greedy search writes “{greedy}”, the beam “{best}”")
    ).format(greedy=_charted(greedy), best=_charted(best))
    with right:
        branches = _branches(translator.model, found)
        live_plot(
            partial(beam_tree, look(title, "", _("piece"), alt=title), branches),
            key="translation.tree",
            height=110 + 34 * max(branch.step for branch in branches),
        )
        head = [_("The beam’s answers"), _("probability"), _("log probability a piece, nats")]
        st.markdown(markdown_table(head, rows))


def _score(found: Search, at: int) -> float:
    prefix = found.prefixes[at]
    return prefix.log_probability / prefix.steps**LENGTH_POWER


def _branches(model: Seq2Seq, found: Search) -> list[Branch]:
    best, ranks, branches = set(found.path(found.best[0])), dict[int, int](), []
    for number_, prefix in enumerate(found.prefixes):
        rank = ranks.get(prefix.steps, 0)  # those of a step come in the order of likelihood
        ranks[prefix.steps] = rank + 1
        piece = model.codec.symbol(prefix.id)
        text = "∎" if prefix.id == END else piece.replace(START_MARK, "") or "␣"
        hover = _("{text}: {share} until here").format(
            text=_charted(model.codec.text(found.ids(number_)) or "∎"),
            share=percent(math.exp(prefix.log_probability), 1),
        )
        branches.append(
            Branch(_charted(text), prefix.parent, prefix.steps, rank, number_ in best, hover)
        )
    return branches
