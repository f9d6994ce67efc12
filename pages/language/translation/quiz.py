"""Two predictions about a run, graded by what that run did."""

from core.experiments.translation.config import TranslationConfig
from ui.runs.quiz import Question, compare
from ui.runs.run import Run
from ui.texts import _, number, percent

_MARGIN = 2.0  # BLEU points that are chance with so few sentences


def _grade_memory(run: Run[TranslationConfig]) -> tuple[str, str]:
    network, memory = float(run.at.metrics["bleu"]), float(run.references["baseline_memory"])
    why = _(
        "BLEU {network} against {memory}. The nearest sentence is good French, but it says "
        "something else; half-learned, the network says nothing at all. BLEU counts words in "
        "common, and does not tell the two apart."
    ).format(network=number(network, 1), memory=number(memory, 1))
    return compare(network, memory, _MARGIN, ("network", "even", "memory")), why


def _grade_exact(run: Run[TranslationConfig]) -> tuple[str, str]:
    share = float(run.epochs[-1].metrics["exact_match"])
    answer = "few" if share < 0.05 else "some" if share < 0.5 else "most"
    why = _(
        "{share} of its translations are the reference. A sentence has many right translations "
        "(“tu” or “vous”, “voir” or “regarder”), and the reference is one of them: so one counts "
        "runs of words in common instead."
    ).format(share=percent(share, 1))
    return answer, why


QUESTIONS = (
    Question(
        "translation", "memory", _grade_memory, lambda run: "baseline_memory" in run.references
    ),
    Question("translation", "exact", _grade_exact),
)
