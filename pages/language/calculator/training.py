"""A calculator of one's own: settings, the run, and what each epoch learned."""

from core.experiments.calculator.config import CalculatorConfig
from pages.language.calculator import curves
from pages.language.calculator.examples import draw_examples
from pages.language.calculator.groups import draw_groups
from pages.language.calculator.networks import CHOICE
from pages.language.calculator.quiz import QUESTIONS
from ui.runs.run import Run
from ui.runs.sections import takeaway_section, training_section
from ui.texts import _


def training() -> Run | None:
    """The whole section; returns the run that is followed, None if there is none."""
    return training_section(
        "calculator",
        CalculatorConfig,
        _draw,
        strip=("digits", "operations", "cell", "attention", "units"),
        metrics={"exact_match": _("exact match")},
        questions=QUESTIONS,
        before=curves.to_beat,
        choice=CHOICE,
    )


def takeaway(run: Run | None):
    """The bench, and what can be taken away from the run."""
    takeaway_section(
        "calculator",
        run,
        metrics={
            "exact_match": _("Exact match"),
            "char_accuracy": _("Digits right"),
            "test_loss": _("Held-out loss"),
        },
    )


def _draw(run: Run):
    curves.draw_curve(run)
    if run.epochs:
        draw_groups(run)
        draw_examples(run)
