"""Two predictions about the three cells' training, graded by what the visitor's run did."""

import numpy as np

from core.numeric.recurrent.gradient_flow import horizon_steps
from pages.recurrent.gradient_flow.start import NAMES
from ui.notices import significant
from ui.runs.quiz import Question
from ui.runs.run import Run
from ui.texts import _

_CLEARLY = 1.5  # times as many steps, or as few


def _grade_best(run: Run) -> tuple[str, str]:
    final = run.result.metrics
    errors = {cell: final.get(f"{cell}_test_rmse", np.inf) for cell in NAMES}
    summary = ", ".join(f"{NAMES[cell]} {significant(error)}" for cell, error in errors.items())
    why = _(
        "Errors at the end: {told}; always answering 1 gives {trivial}. How far the "
        "gradient reaches at the start decides little. An orthogonal V passes everything "
        "on, and has no way to keep one number and let the others go; gates can learn to."
    ).format(told=summary, trivial=significant(final["baseline_trivial"]))
    return min(errors, key=lambda cell: errors[cell]), why


def _grade_moves(run: Run) -> tuple[str, str]:
    final = run.result.metrics
    start, end = horizon_at_start(run), final.get("lstm_horizon_steps", 0.0)
    why = _(
        "From {start} to {end} of {length} steps. The forget gates have learned to stay open "
        "where something must be kept: vanishing gradient solved (or almost), by the bias and by "
        "training. The architecture only makes it possible."
    ).format(start=start, end=int(end), length=run.config.length)
    if end >= _CLEARLY * start or (end >= run.config.length > start):
        return "further", why
    summary = _("From {start} to {end} of {length} steps.").format(
        start=start, end=int(end), length=run.config.length
    )
    if end * _CLEARLY <= start:
        return "less", summary + " " + _("Here training has shut the gates; more epochs may help.")
    if start >= run.config.length:
        return "same", summary + " " + _("The gate was open from the start, and has stayed so.")
    return "same", summary + " " + _("It has not learned the task yet: more epochs may open it.")


def horizon_at_start(run: Run) -> int:
    """Steps until the LSTM's |dL/dh_t| was below 1 % before training, the length if never."""
    steps = horizon_steps(run.epochs[0].arrays["start_lstm_hidden"])
    return run.config.length if steps is None else steps


QUESTIONS = (
    Question("gradient-flow", "best", _grade_best),
    Question("gradient-flow", "moves", _grade_moves),
)
