"""Two predictions about a run, graded by what that run did."""

import numpy as np

from core.data.sounds.spoken import spoken
from core.experiments.spoken_digits.config import SpokenDigitsConfig
from ui.runs.quiz import CHANCE, Question, compare, standard_error
from ui.runs.run import Run
from ui.texts import _, percent

_CLEARLY = 0.15  # by which it is surer where it is right


def better(network: float, simple: float, tested: int) -> str:
    """Which answer two accuracies on the same ``tested`` words bear out."""
    margin = CHANCE * standard_error(simple, tested)
    return compare(network, simple, margin, ("network", "even", "simple"))


def surer(sure: np.ndarray, right: np.ndarray) -> tuple[str, float, float]:
    """Whether it is less sure where it is wrong, and how sure on average right and wrong.

    sure: of its answers (words,); right: bool (words,). 0 where there is nothing to average.
    """
    when_right = float(sure[right].mean()) if right.any() else 0.0
    when_wrong = float(sure[~right].mean()) if not right.all() else 0.0
    if right.all():
        return "none", when_right, when_wrong
    return ("less" if when_right - when_wrong > _CLEARLY else "as"), when_right, when_wrong


def right_answers(run: Run[SpokenDigitsConfig]) -> np.ndarray:
    """Which of the held-out words the epoch that is looked at gets right, bool (words,)."""
    arrays = run.at.arrays
    truth = spoken(run.config.data).labels(run.config.task)[arrays["heldout"]]
    return arrays["answers"] == truth


def _grade_better(run: Run[SpokenDigitsConfig]) -> tuple[str, str]:
    network = run.epochs[-1].metrics["accuracy"]
    simple = run.started.references["baseline_warping"]
    tested = int(run.epochs[-1].arrays["confusion"].sum())
    why = _(
        "Warping only has to find one recording that is alike, and there are five of each word by "
        "each speaker. Who was never heard is not alike; then a network that has learned from "
        "words at other speeds and with other voices may be ahead. In your run: network {network}, "
        "warping {simple}."
    ).format(network=percent(network, 1), simple=percent(simple, 1))
    return better(network, simple, tested), why


def _grade_sure(run: Run[SpokenDigitsConfig]) -> tuple[str, str]:
    right = right_answers(run)
    sure = run.at.arrays["sure"].astype(float)
    answer, when_right, when_wrong = surer(sure, right)
    why = _(
        "Right answers are {right} sure on average, wrong ones {wrong}; {count} of {tested} were "
        "wrong. So who asks a machine to repeat when it is unsure catches some of its mistakes."
    ).format(
        right=percent(when_right),
        wrong=percent(when_wrong) if not right.all() else "–",
        count=int((~right).sum()),
        tested=len(right),
    )
    return answer, why


QUESTIONS = (
    Question("spoken-digits", "better", _grade_better),
    Question("spoken-digits", "sure", _grade_sure),
)
