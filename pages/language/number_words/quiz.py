"""Two predictions about a run, graded by what it got wrong and by where it looked."""

import numpy as np
import streamlit as st

from core.experiments.number_words.run import pairs
from core.numeric.language.codec import PAD
from pages.language.number_words.epoch import group_counts
from pages.language.number_words.networks import of_epoch
from ui.runs.quiz import Question
from ui.runs.run import Run
from ui.texts import _, number, percent

_SHORT = 40  # letters: numbers up to here are the short half
_HARDLY = 10  # wrong answers that are too few to tell
_ALIKE = 1.5  # times as often wrong: still about as often
_STRAIGHT, _ONWARD = 0.01, 0.3  # share of steps back
_LOOKED_AT = 100  # test numbers whose attention is followed


def short_and_long(run: Run) -> tuple[tuple[int, int], tuple[int, int]]:
    """Of the short and of the long numbers at the end: how many were wrong, of how many."""
    shares, counts = run.result.metrics["by_length"], group_counts(run.config.spelling)
    halves = []
    for short in (True, False):
        some = [g for g in shares if (int(g.partition("-")[2]) <= _SHORT) == short]
        wrong = sum(round((1 - shares[group]) * counts[group]) for group in some)
        halves.append((wrong, sum(counts[group] for group in some)))
    return halves[0], halves[1]


def more_often_wrong(short: tuple[int, int], long: tuple[int, int]) -> str:
    """Which half has the greater share of wrong answers: "short", "long", or "even"."""
    if short[0] + long[0] < _HARDLY:
        return "even"
    low, high = sorted(wrong / max(1, of) for wrong, of in (short, long))
    if high <= _ALIKE * low:
        return "even"
    return "short" if short[0] * long[1] > long[0] * short[1] else "long"


def _grade_wrong(run: Run) -> tuple[str, str]:
    short, long = short_and_long(run)
    why = _(
        "Up to 40 letters {short} of {shorts} were wrong, beyond {long} of {longs}. Of the "
        "larger numbers that it learns from nine in ten have six digits; those that are "
        "short in words have fewer, or zeros. A network more often gets wrong what it has "
        "seldom seen, short or long."
    ).format(
        short=number(short[0], 0),
        shorts=number(short[1], 0),
        long=number(long[0], 0),
        longs=number(long[1], 0),
    )
    return more_often_wrong(short, long), why


def steps_back(run: Run) -> float | None:
    """Of the steps from one symbol to the next, the share that moves the strongest weight left.

    Over some test numbers, by the network at the end of the run; None without attention.
    """
    writer = of_epoch(run)
    if writer is None or run.config.attention == "none":
        return None
    kept = st.session_state.setdefault("number_words.steps_back", {})
    if writer.key not in kept:
        chosen = run.at.arrays["numbers"][:_LOOKED_AT]
        questions = pairs(chosen, run.config.direction, run.config.spelling)[0]
        written = writer.model.write(writer.model.questions(questions), writer.longest)
        moved = np.diff(written.attention.argmax(-1), axis=1)[written.ids[:, 1:] != PAD]
        kept[writer.key] = float((moved < 0).mean()) if moved.size else 0.0
    return kept[writer.key]


def kind_of_path(back: float | None) -> str:
    """Which answer a share of steps back bears out."""
    if back is None:
        return "none"
    return "straight" if back <= _STRAIGHT else "onward" if back <= _ONWARD else "about"


def _grade_path(run: Run) -> tuple[str, str]:
    back = steps_back(run)
    if back is None:
        return "none", _("You trained without attention: it has only its state to go by.")
    why = _(
        "In your run {share} of the steps went back, over {count} test numbers. It was "
        "never given the order, nor where a digit's letters end; it learned that from right "
        "answers alone. Where the next letter is certain anyway, as inside “mille”, it may "
        "look anywhere."
    ).format(share=percent(back, 1), count=_LOOKED_AT)
    return kind_of_path(back), why


QUESTIONS = (
    Question("number-words", "wrong", _grade_wrong),
    Question("number-words", "path", _grade_path),
)
