"""Two predictions about a run, graded by what that run did."""

import numpy as np

from ui.runs.quiz import CHANCE, Question, compare, standard_error
from ui.runs.run import Run
from ui.texts import _, percent

_CLEARLY = 0.5  # of all looking, where a third would be even


def better(network: float, simple: float, tested: int) -> str:
    """Which answer two accuracies on the same ``tested`` sequences bear out."""
    margin = CHANCE * standard_error(simple, tested)
    return compare(network, simple, margin, ("network", "even", "simple"))


def looked_at(look: np.ndarray) -> tuple[str, list[float]]:
    """Which third, and the share of each. look: gradient norms (classes, steps)."""
    parts = np.array_split(look.mean(0), 3)
    total = sum(float(part.sum()) for part in parts) or 1.0
    shares = [float(part.sum()) / total for part in parts]
    names = ("start", "middle", "end")
    return (names[int(np.argmax(shares))] if max(shares) >= _CLEARLY else "even"), shares


def _grade_better(run: Run) -> tuple[str, str]:
    network = run.epochs[-1].metrics["accuracy"]
    simple = run.started.references["baseline_logistic_positions"]
    tested = int(run.epochs[-1].arrays["confusion"].sum())
    why = _(
        "Logistic regression gives each letter at each place a weight of its own and adds them "
        "up. That is hard to beat where the place decides, and hopeless where the same sign may "
        "stand anywhere, or counts only together with another. In your run: network {network}, "
        "logistic regression {simple}."
    ).format(network=percent(network, 1), simple=percent(simple, 1))
    return better(network, simple, tested), why


def _grade_where(run: Run) -> tuple[str, str]:
    answer, shares = looked_at(run.epochs[-1].arrays["class_look"])
    why = _(
        "Two things draw a reader's look: where the data have their signs, and how long ago it "
        "read them, since what is old fades. Of the gradient, {start} falls on the first third, "
        "{middle} on the middle and {end} on the last."
    ).format(start=percent(shares[0]), middle=percent(shares[1]), end=percent(shares[2]))
    return answer, why


QUESTIONS = (
    Question("sequence-class", "better", _grade_better),
    Question("sequence-class", "where", _grade_where),
)
