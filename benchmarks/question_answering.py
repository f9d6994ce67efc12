"""Questions about stories: networks by bAbI's official test part, and the search in PIAF."""

from collections.abc import Iterator

import numpy as np

from benchmarks.real_questions import real_questions
from benchmarks.record_question_answering import NETWORKS, TASKS
from benchmarks.row import Row
from core.data import fetch
from core.data.language import piaf
from core.data.language.stories import sets
from core.events import Finished, Metrics
from core.experiments.question_answering.config import QuestionAnsweringConfig
from core.experiments.question_answering.run import run

_SEEDS = range(3)
_AIMS = {"one": "aim: at least 0.999 in 10 s", "two": "aim: at least 0.985 in 90 s"}


def rows() -> Iterator[Row]:
    """Accuracy on bAbI by task and network, and what is found of PIAF's answers."""
    for task, settings in TASKS.items():
        what = f"bAbI, task {task}"
        if sets.missing("babi", task):
            yield Row(what, "not measured: the data are not here")
            continue
        for name, network in NETWORKS.items():
            config = QuestionAnsweringConfig.parse({**settings, **network})
            ends = [_reached(config.replace(seed=seed)) for seed in _SEEDS]
            accuracy = [end["accuracy"] for end in ends]
            longest = max(end["train_s"] for end in ends)
            aim = f" ({_AIMS[task]})" if name == "memory" else ""
            yield Row(
                f"{what}, {name}{aim}, three seeds",
                f"{np.mean(accuracy):.3f}, worst {min(accuracy):.3f}, {longest:.0f} s",
                f"rule of one line {ends[0]['baseline_one_line']:.3f}, programme "
                f"{ends[0]['baseline_programme']:.3f}, logistic regression "
                f"{ends[0]['baseline_logistic_words']:.3f}",
            )
    if not fetch.available(piaf.FILE):
        yield Row("PIAF", "not measured: the data are not here")
        return
    known, _weights = real_questions()
    yield Row(
        "PIAF, articles not learned from: exact match, F1, the passage given",
        f"{known['exact']:.3f}, {known['f1']:.3f}",
        f"the sentence found {known['sentence']:.3f}; the sentence given "
        f"{known['home_exact']:.3f}, {known['home_f1']:.3f}; all passages searched "
        f"{known['open_exact']:.3f}, {known['open_f1']:.3f}",
    )


def _reached(config: QuestionAnsweringConfig) -> Metrics:
    *_, end = run(config)
    assert isinstance(end, Finished)
    return end.metrics
