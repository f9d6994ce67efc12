"""Two predictions about a window and a memory, graded by the visitor's own run."""

from core.data.sequences.recall_task import KEYS
from core.experiments.feed_forward.run import CHANCE
from ui.runs.quiz import Question
from ui.runs.run import Run
from ui.texts import _, percent

_MOSTLY, _HARDLY = 0.5, 0.12  # shares of right answers; a guess has 0.25


def _grade_beyond(run: Run) -> tuple[str, str]:
    metrics = run.result.metrics
    share = metrics.get("dense_beyond", metrics["dense_longer"])
    answer = "mostly" if share > _MOSTLY else "chance" if share > _HARDLY else "never"
    return answer, _(
        "It was right in {share} of those cases. What is not in the input cannot be "
        "learned, however many examples there are; the {keys} letters are equally frequent, "
        "so a guess is right in {chance}. The recurrent network had {other}, with about as "
        "many weights."
    ).format(
        share=percent(share),
        keys=KEYS,
        chance=percent(CHANCE),
        other=percent(metrics.get("rnn_beyond", metrics["rnn_longer"])),
    )


def _grade_longer(run: Run) -> tuple[str, str]:
    share = run.result.metrics["rnn_longer"]
    answer = "knows" if share > _MOSTLY else "guesses"
    return answer, _(
        "Between {longest} and {twice} symbols it was right in {share}. The same weights "
        "serve at every step, so any length fits; whether what it keeps survives the "
        "additional steps is another matter."
    ).format(longest=run.config.longest, twice=2 * run.config.longest, share=percent(share))


QUESTIONS = (
    Question("sequential-data", "beyond", _grade_beyond),
    Question("sequential-data", "longer", _grade_longer),
)
