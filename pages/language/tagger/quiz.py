"""Two predictions about a run, graded by what that run did."""

from core.experiments.tagger.config import TaggerConfig
from ui.runs.quiz import CHANCE, Question, compare, standard_error
from ui.runs.run import Run
from ui.texts import _, percent


def _grade_sides(run: Run[TaggerConfig]) -> tuple[str, str]:
    metrics = run.epochs[-1].metrics
    left, right = float(metrics["left"]), float(metrics["right"])
    margin = CHANCE * standard_error(max(left, right), _answers(run))
    why = _(
        "What comes before a word (an article, a pronoun, a title) tells more of it in French than "
        "what comes behind; of names it is the same: “à” or “madame” stand before. In your run: "
        "from the left {left}, from the right {right}, from both {both}."
    ).format(left=percent(left, 1), right=percent(right, 1), both=percent(metrics["score"], 1))
    return compare(left, right, margin, ("left", "even", "right")), why


def _grade_unknown(run: Run[TaggerConfig]) -> tuple[str, str]:
    known, unknown = (float(run.epochs[-1].metrics[name]) for name in ("known", "unknown"))
    lost = known - unknown
    answer = "little" if lost < 0.03 else "some" if lost < 0.15 else "much"
    why = _(
        "Of a word it never met the network has only the letters and the neighbours. In your run "
        "it gets {known} of the words right that it met in training, and {unknown} of the others."
    ).format(known=percent(known, 1), unknown=percent(unknown, 1))
    return answer, why


def _answers(run: Run[TaggerConfig]) -> int:
    arrays = run.epochs[-1].arrays
    counted = arrays["kinds"][:, 0] if "kinds" in arrays else arrays["confusion"]
    return max(1, int(counted.sum()))


QUESTIONS = (
    Question("tagger", "sides", _grade_sides, lambda run: run.config.direction == "both"),
    Question("tagger", "unknown", _grade_unknown, lambda run: "unknown" in run.epochs[-1].metrics),
)
