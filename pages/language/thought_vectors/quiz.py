"""Two predictions about a run, graded by its own figures."""

from core.experiments.thought_vectors.config import ThoughtVectorsConfig
from ui.runs.quiz import Question, compare
from ui.runs.run import Run
from ui.texts import _, number

_ALIKE = 0.01  # a smaller difference is chance


def main_metric(config: ThoughtVectorsConfig) -> str:
    """By what a run is judged first."""
    return "retrieval_accuracy" if config.corpus == "intents" else "neighbour_auc"


def against(run: Run, baseline: str) -> tuple[str, float, float]:
    """Whether a run ends "better", "even" or "worse" than a baseline, and both figures."""
    metric = main_metric(run.config)
    own = float(run.result.metrics[metric])
    other = float(run.result.metrics[f"baseline_{baseline}_{metric}"])
    return compare(own, other, _ALIKE, ("better", "even", "worse")), own, other


def training_effect(values: list[float]) -> str:
    """What training did to the figure from the first epoch to the last: "up", "flat", "down"."""
    return compare(values[-1], values[0], _ALIKE, ("up", "flat", "down"))


def _grade_counting(run: Run) -> tuple[str, str]:
    result, own, counted = against(run, "bm25")
    why = _(
        "Your network reaches {own}, BM25 {counted}. BM25 keeps every word and counts rare ones "
        "most; a vector of {dim} numbers cannot keep them all, but may know that two words are "
        "alike. Which counts more depends on the texts."
    ).format(own=number(own, 3), counted=number(counted, 3), dim=run.config.dim)
    return result, why


def _grade_training(run: Run) -> tuple[str, str]:
    metric = main_metric(run.config)
    values = [float(v) for v in run.by_epoch(metric)[1]]
    losses = [float(v) for v in run.by_epoch("train_loss")[1]]
    why = _(
        "From the first to the last epoch the loss went from {begin} to {end} nats, and the figure "
        "from {first} to {last}. Nobody asks the network for likeness: it learns to tell words, "
        "and likeness is a by-product."
    ).format(
        begin=number(losses[0], 2),
        end=number(losses[-1], 2),
        first=number(values[0], 3),
        last=number(values[-1], 3),
    )
    return training_effect(values), why


QUESTIONS = (
    Question("thought-vectors", "counting", _grade_counting),
    Question("thought-vectors", "training", _grade_training),
)
