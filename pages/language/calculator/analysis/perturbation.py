"""One digit of the question is changed: which digits of the answer move, and how surely."""

from functools import partial

import numpy as np
import streamlit as st

from core.experiments.calculator.analysis import Asked, digit_places, digit_variants
from core.figures.language.calculator import digits_by_variant
from pages.language.calculator.analysis.failures import place_name
from pages.language.calculator.networks import Answerer
from pages.language.calculator.notation import printed
from ui.components.charts import live_plot, look
from ui.state.kept_choice import kept_choice
from ui.texts import _, percent


def perturbation(answerer: Answerer, asked: Asked):
    """The visitor picks a place of the question; each digit there is asked."""
    place = _choose_place(asked.question)
    variants = digit_variants(answerer.model, answerer.learned, asked, place)
    now = int(asked.question[place])
    table, probabilities, moved = answer_table(variants, now)
    rows = [f"{printed(v.question)} {'✓' if v.correct else '✗'}" for v in variants]
    wrong = sum(not v.correct for v in variants)
    title = _("The digit {digit} replaced by 0 to 9: framed digits have changed").format(digit=now)
    answers = "; ".join(
        f"{printed(v.question)} = {printed(v.answer)} {'✓' if v.correct else '✗'}" for v in variants
    )
    figure = partial(
        digits_by_variant,
        look(title, _("digit of the answer"), alt=f"{title}. {answers}"),
        table,
        probabilities,
        moved,
        rows,
        [place_name(i) for i in range(probabilities.shape[1] - 1, -1, -1)],
        now,
        hover=_hover,
    )
    live_plot(figure, key="calculator.changed", height=470)
    st.caption(
        _(
            "Each row is one question, asked now of {name}; the bold one is the question above. "
            "Wrong: {wrong} of {count}."
        ).format(name=answerer.name, wrong=wrong, count=len(variants))
    )


def answer_table(variants: list[Asked], now: int) -> tuple[list[list[str]], np.ndarray, np.ndarray]:
    """Answers with their last digits under each other: digits, probabilities, what has moved.

    Digits, (variants, places) of "" where an answer is shorter; probabilities NaN there; moved,
    where the digit is another than in the variant ``now``.
    """
    most = max(1, *(len(v.answer) for v in variants))
    table = [[digit.strip() for digit in printed(v.answer).rjust(most)] for v in variants]
    probabilities = np.full((len(variants), most), np.nan)
    for row, variant in zip(probabilities, variants, strict=True):
        row[most - len(variant.answer) :] = variant.digit_probabilities
    moved = np.array([[d != n for d, n in zip(row, table[now], strict=True)] for row in table])
    return table, probabilities, moved


def _choose_place(question: str) -> int:
    """A place that has a digit, the one chosen before if it still has one."""
    names = {
        str(i + 1): f"{printed(question[:i])}[{question[i]}]{printed(question[i + 1 :])}"
        for i in digit_places(question)
    }
    chosen = kept_choice(
        _("Change this digit"),
        names,
        names,
        key="calculator.place",
        parameter="place",
        help=_("In the question above; ask another one there."),
    )
    return int(chosen) - 1


def _hover(question: str, digit: str, likely: float) -> str:
    return _("{question}: {digit} with {share}").format(
        question=question, digit=digit, share=percent(likely, 1)
    )
