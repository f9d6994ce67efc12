"""Two predictions about a run, graded by what that run did."""

from core.experiments.text_class.config import TextClassConfig
from ui.runs.quiz import CHANCE, Question, compare, standard_error
from ui.runs.run import Run
from ui.texts import _, number, percent

_SURE = 0.02  # mean distance between how sure it is and how often it is right


def _grade_better(run: Run[TextClassConfig]) -> tuple[str, str]:
    network = run.epochs[-1].metrics["accuracy"]
    simple = run.started.references["baseline_naive_bayes"]
    tested = int(run.epochs[-1].arrays["confusion"].sum())
    margin = CHANCE * standard_error(simple, tested)
    why = _(
        "Counting needs one look at each text and has nothing to find out. A network has to learn "
        "its words' vectors as well, and wins where there are texts enough, or where the order of "
        "the words decides. In your run: network {network}, naive Bayes {simple}."
    ).format(network=percent(network, 1), simple=percent(simple, 1))
    return compare(network, simple, margin, ("network", "even", "simple")), why


def _grade_sure(run: Run[TextClassConfig]) -> tuple[str, str]:
    counts, sure, right = run.epochs[-1].arrays["reliability"].T
    gap = float((counts * (sure - right)).sum() / max(1.0, float(counts.sum())))
    answer = "sure" if gap > _SURE else "modest" if gap < -_SURE else "even"
    why = _(
        "Once all training texts are right, the loss still falls if the network grows more sure of "
        "them, and it grows more sure of all others, too. In your run it is right {right} of the "
        "time and says {sure}: {points} points apart."
    ).format(
        right=percent(float((counts * right).sum() / counts.sum()), 1),
        sure=percent(float((counts * sure).sum() / counts.sum()), 1),
        points=number(100 * abs(gap), 1),
    )
    return answer, why


QUESTIONS = (
    Question("text-class", "better", _grade_better),
    Question("text-class", "sure", _grade_sure),
)
