"""A calculator of one's own: settings, the run, and what each epoch learned."""

import streamlit as st

from core.experiments.calculator.config import CalculatorConfig
from pages.language.calculator import curves
from pages.language.calculator.examples import draw_examples
from pages.language.calculator.groups import draw_groups
from pages.language.calculator.networks import CHOICE
from pages.language.calculator.quiz import QUESTIONS
from ui.layout import text_beside
from ui.runs.ending import ending
from ui.runs.in_step import keep_in_step, whole_page
from ui.runs.live import follow
from ui.runs.quiz import quiz
from ui.runs.run import Run
from ui.state.controls import controls
from ui.texts import _, lesson_text

_STRIP = ("digits", "operations", "cell", "attention", "units")
_MORE = tuple(name for name in CalculatorConfig.specs() if name not in _STRIP)


def training() -> Run | None:
    """The whole section; returns the run that is followed, None if there is none."""
    st.header(_("Train one of your own"), anchor=False)
    text, instruments = text_beside("calculator.training_text")
    text.markdown(lesson_text("calculator", "train"))
    questions = text.container()
    with instruments, whole_page("calculator"):
        config = controls(CalculatorConfig, strip=_STRIP, more=_MORE)
        run = follow(
            "calculator",
            config,
            _draw,
            metrics={"exact_match": _("exact match")},
            before=lambda: _before(config),
        )
    with questions:
        quiz(QUESTIONS, run)
    return run


def afterwards(run: Run | None):
    """The bench, and what can be taken away from the run."""
    ending(
        "calculator",
        run,
        metrics={
            "exact_match": _("Exact match"),
            "char_accuracy": _("Digits right"),
            "test_loss": _("Held-out loss"),
        },
        text=lesson_text("calculator", "take"),
    )


def _before(config: CalculatorConfig | None):
    st.info(
        _(
            "Nothing has been trained yet. Press Train: the first numbers come within seconds, "
            "the first answers after the first epoch."
        )
    )
    if config:
        curves.to_beat(config)


def _draw(run: Run):
    keep_in_step("calculator", run, follows=st.session_state.get(CHOICE) == "run")
    curves.draw_curve(run)
    if not run.epochs:
        st.caption(_("The first test comes at the end of the first epoch."))
        return
    draw_groups(run)
    draw_examples(run)
