"""Two predictions about a race, graded by what that race did."""

import numpy as np

from core.experiments.long_memory.config import CELLS
from core.experiments.long_memory.run import SCORE
from pages.recurrent.long_memory.labels import cell_names, score_value
from ui.notices import significant
from ui.runs.quiz import Question
from ui.runs.run import Run
from ui.texts import _

_UNDERSTOOD, _CONSTANT = 0.5, 0.35


def first_at_goal(run: Run) -> str:
    """The cell that needed the fewest seconds to the goal, "none" if nobody was there."""
    metrics = run.result.metrics
    times = {c: metrics[f"{c}_goal_s"] for c in CELLS if f"{c}_goal_s" in metrics}
    return min(times, key=lambda cell: times[cell], default="none")


def _grade_first(run: Run) -> tuple[str, str]:
    metrics, names, times = run.result.metrics, cell_names(), []
    for cell in run.config.entrants:
        text, seconds = _("{cell}: not within {seconds} s"), metrics[f"{cell}_train_s"]
        if f"{cell}_goal_s" in metrics:
            text, seconds = _("{cell}: {seconds} s"), metrics[f"{cell}_goal_s"]
        times.append(text.format(cell=names[cell], seconds=significant(seconds, 2)))
    first = first_at_goal(run)
    if first in ("lstm", "gru"):
        why = _(
            "A cheap step is of no use if the gradient does not reach a step long ago. The gates "
            "of the {cell} can learn to stay open: then what they keep lasts, and so does its "
            "gradient. In your run: {told}."
        )
    elif first == "none":
        why = _(
            "No cell reached the goal in your run: {told}. With more epochs, or with fewer steps "
            "to remember, one may."
        )
    else:
        why = _(
            "Here a cell without gates was first. The recurrent weights of the {cell} start as a "
            "matrix that keeps lengths, so little is lost on the way, and its steps are cheap. In "
            "your run: {told}."
        )
    return first, why.format(cell=names.get(first, ""), told="; ".join(times))


def worst_of(run: Run) -> str | None:
    """The cell with the worst score at the end, None if nobody has one."""
    name = SCORE[run.config.task]
    metrics = run.result.metrics
    scores = {c: metrics[f"{c}_{name}"] for c in run.config.entrants if f"{c}_{name}" in metrics}
    if not scores:
        return None
    pick = max if run.config.task == "adding" else min
    return pick(scores, key=lambda cell: scores[cell])


def kind_of_answers(task: str, answers: np.ndarray, targets: np.ndarray) -> str:
    """Whether answers are "understood", "constant" or "scattered".

    adding: by the share of the targets' variance that is explained, then by the answers' spread;
    copy: by the share that is right, then by the share of the commonest symbol.
    """
    if task == "copy":
        if np.mean(answers == targets) >= _UNDERSTOOD:
            return "understood"
        commonest = max(np.mean(answers == symbol) for symbol in np.unique(answers))
        return "constant" if commonest >= _UNDERSTOOD else "scattered"
    explained = 1 - np.mean((answers - targets) ** 2) / np.var(targets)
    if explained >= _UNDERSTOOD:
        return "understood"
    return "constant" if np.std(answers) < _CONSTANT * np.std(targets) else "scattered"


def _grade_worst(run: Run) -> tuple[str, str]:
    cell, task = worst_of(run), run.config.task
    arrays = run.last.arrays if run.last else {}
    if cell is None or f"{cell}_answers" not in arrays:
        return "scattered", _("Every cell of this run diverged before it was tested.")
    answers, targets = arrays[f"{cell}_answers"], arrays["targets"]
    kind = kind_of_answers(task, answers, targets)
    name = cell_names()[cell]
    score = score_value(task, run.result.metrics[f"{cell}_{SCORE[task]}"])
    if task == "adding":
        why = _(
            "The {cell} ended at an RMSE of {score}; its answers have mean {mean} and "
            "standard deviation {spread}. Always answering 1 gives 0.408, the best that is "
            "possible without remembering."
        ).format(
            cell=name,
            score=score,
            mean=significant(float(np.mean(answers)), 2),
            spread=significant(float(np.std(answers)), 2),
        )
    else:
        why = _(
            "The {cell} repeats {score} of the symbols correctly. A cell that has forgotten "
            "them can only guess, and is then right one time in eight."
        ).format(cell=name, score=score)
    return kind, why


QUESTIONS = (
    Question("long-memory", "first", _grade_first),
    Question("long-memory", "worst", _grade_worst),
)
