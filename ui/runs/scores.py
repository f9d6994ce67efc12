"""The scores of a network and of what it is held against, as bars."""

from functools import partial

import streamlit as st

from core.figures.recurrent.classification import score_bars
from ui.components.charts import live_plot, look
from ui.runs.quiz import CHANCE, standard_error
from ui.texts import number, percent


def scores_beside(scores: list[tuple[str, float, str]], *, title: str, axis: str, key: str):
    """Bars, the best first. scores: (name, share, colour) each. title: has the best's {name}."""
    rows = [(*score, percent(score[1], 1)) for score in sorted(scores, key=lambda s: -s[1])]
    title = title.format(name=rows[0][0])
    summary = ", ".join(f"{name}: {share}" for name, _value, _colour, share in rows)
    live_plot(
        partial(score_bars, look(title, axis, alt=f"{title}. {summary}"), rows), key=key, height=340
    )


def verdict(network: float, scores: dict[str, float], tested: int, sentence: str, chance: str):
    """Who is better, in a sentence: a network, or the best of what it is held against, by name.

    sentence: with {tested}, {network}, {name}, {simple}. chance: what is added where the two differ
    by less than so many answers tell apart, with {points}.
    """
    best = max(scores, key=lambda name: scores[name])
    words = sentence.format(
        tested=number(tested, 0),
        network=percent(network, 1),
        name=best,
        simple=percent(scores[best], 1),
    )
    margin = CHANCE * standard_error(scores[best], tested)
    if abs(network - scores[best]) <= margin:
        words += " " + chance.format(points=number(100 * margin, 1))
    (st.success if network >= scores[best] else st.warning)(words)
