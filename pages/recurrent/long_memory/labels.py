"""What the lesson on long memory calls its cells, scores and lines."""

from core.experiments.long_memory.run import GOAL, TRIVIAL
from ui.notices import significant
from ui.texts import _, percent


def cell_names() -> dict[str, str]:
    """Each cell by the name that people read."""
    return {"rnn": "RNN", "lstm": "LSTM", "gru": "GRU", "irnn": _("ReLU RNN")}


def score_name(task: str) -> str:
    """What is measured on the test examples, for an axis."""
    return _("test RMSE") if task == "adding" else _("symbols repeated correctly")


def score_value(task: str, value: float) -> str:
    """A score as people read it."""
    return significant(value) if task == "adding" else percent(value, 1)


def lines(task: str) -> dict[str, float]:
    """The two lines of a race by their words: what takes no memory, and the goal."""
    trivial = _("always answering 1") if task == "adding" else _("guessing")
    return {trivial: TRIVIAL[task], _("goal"): GOAL[task]}
