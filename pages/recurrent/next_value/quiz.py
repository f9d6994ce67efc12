"""Two predictions about a run for the next value, graded by what that run did."""

import numpy as np

from pages.recurrent.next_value import figures
from ui.runs.quiz import Question
from ui.runs.run import Run
from ui.texts import _, percent

_HALF = 0.5
_RECENT = 0.25  # of the window: its last quarter


def winner(ours: float, theirs: dict[str, float]) -> str:
    """Who errs least: "network", "tie", "linear_ar" or "naive"."""
    best = min(theirs, key=lambda name: theirs[name])
    simple = "linear_ar" if best == "linear_ar" else "naive"
    answers = {"wins": "network", "ties": "tie", "loses": simple}
    return answers[figures.standing(ours, theirs[best])]


def shares(saliency: np.ndarray) -> tuple[float, float]:
    """Of the gradients' size, (origins, steps): the share of the last step and last quarter."""
    size = np.abs(saliency).mean(axis=0)
    recent = max(1, round(_RECENT * len(size)))
    return float(size[-1] / size.sum()), float(size[-recent:].sum() / size.sum())


def looked_at(saliency: np.ndarray) -> str:
    """Where most of the gradient lies: "last", "recent" or "spread"."""
    last, recent = shares(saliency)
    if last > _HALF:
        return "last"
    return "recent" if recent > _HALF else "spread"


def _grade_winner(run: Run) -> tuple[str, str]:
    names = figures.baseline_names()
    theirs = {name: run.result.metrics[f"baseline_{name}"] for name in names}
    ours = run.result.metrics["test_rmse"]
    parts = ", ".join(
        f"{names[name]} {figures.with_unit(run.config, value)}" for name, value in theirs.items()
    )
    why = _(
        "A network is not better because it is a network: it pays where the next value is no "
        "weighted sum of the past. In your run: network {ours}, {theirs}."
    ).format(ours=figures.with_unit(run.config, ours), theirs=parts)
    return winner(ours, theirs), why


def _grade_looked(run: Run) -> tuple[str, str]:
    saliency = run.epochs[-1].arrays["saliency"]
    last, recent = shares(saliency)
    why = _(
        "A window of {steps} steps does not mean that all of them count: the gradient says which "
        "would change the answer. In your run {last} of it lies on the last step and {recent} on "
        "the last quarter."
    ).format(steps=saliency.shape[1], last=percent(last), recent=percent(recent))
    return looked_at(saliency), why


QUESTIONS = (
    Question("next-value", "winner", _grade_winner),
    Question("next-value", "looked", _grade_looked),
)
