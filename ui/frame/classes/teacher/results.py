"""What a class has answered, without names, and beside it what its runs gave."""

import statistics
from collections.abc import Mapping

import streamlit as st

from core.store.classes.clicker import NUMBER, Question
from core.store.classes.service import Snapshot
from ui.frame.classes.asked import words_of
from ui.frame.classes.wall.trained import outcomes
from ui.notices import plain, significant
from ui.texts import _

_MOST_NUMBERS = 12  # different ones, each with a bar


def results(now: Snapshot, question: Question):
    """Draws the question, and a bar with its number for each answer."""
    text, options = words_of(question)
    counts = now.counts.get(question.number, {})
    said = sum(counts.values())
    with st.container(key=f"class_results_{question.number}", border=True):
        st.markdown(f"**{text}**")
        here = _("{said} of {here} have answered").format(said=said, here=len(now.members))
        st.caption(here if question.open else _("closed; answers: {said}").format(said=said))
        if question.kind == NUMBER:
            _numbers(counts)
            return
        ran = outcomes(now, question)
        predicted, gave = st.columns(2) if ran else (st.container(), None)
        with predicted:
            for value, words in options.items():
                _bar(words, counts.get(value, 0), said)
        if gave:
            with gave:
                runs = sum(ran.values())
                for value, words in options.items():
                    _bar(words, ran.get(value, 0), runs)
            st.caption(
                _(
                    "On the left what was said, on the right what {count} finished runs gave."
                ).format(count=runs)
            )


def _bar(words: str, count: int, total: int):
    st.progress(count / total if total else 0.0, text=f"**{count}** · {words}")


def _numbers(counts: Mapping[str, int]):
    values = sorted((float(value), count) for value, count in counts.items())
    if not values:
        return
    each = [value for value, count in values for _nth in range(count)]
    middle = significant(statistics.median(each), 4)
    told = _("Median {median}, from {low} to {high}.").format(
        median=middle, low=significant(each[0], 4), high=significant(each[-1], 4)
    )
    st.markdown(plain(told))
    for value, count in values[:_MOST_NUMBERS]:
        _bar(plain(significant(value, 4)), count, len(each))
    if len(values) > _MOST_NUMBERS:
        st.caption(_("and {count} other numbers").format(count=len(values) - _MOST_NUMBERS))
