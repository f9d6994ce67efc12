"""Two predictions about a run, graded by what that run did."""

from core.experiments.question_answering.config import QuestionAnsweringConfig
from ui.runs.quiz import CHANCE, Question, compare, standard_error
from ui.runs.run import Run
from ui.texts import _, percent

_MOSTLY, _OFTEN = 0.9, 0.5


def _grade_rule(run: Run[QuestionAnsweringConfig]) -> tuple[str, str]:
    network = run.epochs[-1].metrics["accuracy"]
    rule = run.started.references["baseline_one_line"]
    tested = int(run.epochs[-1].arrays["confusion"].sum())
    margin = CHANCE * max(standard_error(network, tested), standard_error(rule, tested))
    why = _(
        "Of a person one sentence tells all, and the rule takes it. Of a thing no sentence that "
        "names it names a place. In your run: network {network}, rule {rule}."
    ).format(network=percent(network, 1), rule=percent(rule, 1))
    return compare(network, rule, margin, ("network", "even", "rule")), why


def _grade_facts(run: Run[QuestionAnsweringConfig]) -> tuple[str, str]:
    share = run.epochs[-1].metrics.get("facts_found")
    if share is None:
        return "never", _("A recurrent network without attention has its last state only.")
    answer = "mostly" if share >= _MOSTLY else "often" if share >= _OFTEN else "seldom"
    why = _(
        "It learned from the answers alone, and was never told which sentences matter. In your run "
        "all facts were looked at most in some hop for {share} of the questions."
    ).format(share=percent(share, 1))
    return answer, why


QUESTIONS = (
    Question("question-answering", "rule", _grade_rule),
    Question("question-answering", "facts", _grade_facts),
)
