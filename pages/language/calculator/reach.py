"""What the shipped calculator reaches: its card as a table, held out against seen."""

import streamlit as st

from core import pretrained
from core.experiments.calculator.analysis import counts_by_difficulty
from core.experiments.calculator.recipe import LEARNED, NAME, wrong_questions
from pages.language.calculator.epoch import draw_lengths
from pages.language.calculator.networks import shipped
from pages.language.calculator.notation import operation_names
from ui.components.table import Rows, table
from ui.layout import text_beside
from ui.notices import plain
from ui.texts import _, lesson_text, number, percent

_ON_THE_CARD = {"+": "additions", "-": "subtractions", "*": "products"}


def what_it_reaches():
    """The whole section; nothing where the shipped network is missing."""
    if shipped() is None:
        return
    st.header(_("What it reaches"), anchor=False)
    text, right = text_beside("calculator.reach_text")
    text.markdown(lesson_text("calculator", "reaches"))
    card = pretrained.card(NAME)
    title = _("Right answers to held-out questions, in percent, by length")
    shares = card["metrics"]["by_length"]
    with right:
        draw_lengths(shares, list(LEARNED), title, key="calculator.reach_lengths", height=320)
        table(
            reach_table(card),
            key="calculator.reach",
            alt=_("A table: the share of right answers by operation, held out and seen."),
        )
        made = _(
            "It was made in {seconds} s of training on {machine} with {command}; then "
            "every question in its range was asked, once."
        )
        st.caption(plain(made.format(**{**card, "seconds": number(card["seconds"], 0)})))


def reach_table(card: pretrained.Card) -> Rows:
    """One row an operation, straight from the card, and how many questions there are."""
    exact, names, wrong = card["metrics"]["exact_match"], operation_names(), wrong_questions()
    rows = []
    for operation, name in _ON_THE_CARD.items():
        counts = counts_by_difficulty(operation, LEARNED[operation])
        held_out, seen = (int(count.sum()) for count in counts)
        row = {
            _("Operation"): names[operation],
            _("Digits"): LEARNED[operation],
            _("Right, held out"): _share_of(exact[f"{name} held out"], held_out),
            _("Right, others"): _share_of(exact[f"{name} it has seen"], seen),
        }
        if operation in wrong:
            row[_("Wrong in all")] = number(len(wrong[operation]), 0)
        rows.append(row)
    return rows


def _share_of(share: float, count: int) -> str:
    """A share with the digits that tell it from 1, and of how many: 99.98 % is not 100 %."""
    digits = 3 if 0.999 < share < 1 else 1
    return _("{share} of {count}").format(share=percent(share, digits), count=number(count, 0))
