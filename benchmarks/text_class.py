"""Texts in classes: networks beside what only counts, five seeds."""

from collections.abc import Iterator

import numpy as np

from benchmarks.record_text_class import BASELINES, LEARNED
from benchmarks.row import Row
from core.data.language.labelled import sets
from core.events import Finished, Metrics
from core.experiments.text_class.config import TextClassConfig
from core.experiments.text_class.run import run

_SEEDS = range(5)
_NAMES = {
    "naive_bayes": "naive Bayes",
    "naive_bayes_letters": "naive Bayes with letters",
    "logistic_words": "logistic regression on words",
    "logistic_letters": "on letters",
}


def rows() -> Iterator[Row]:
    """Held-out accuracy of the lesson's own settings; the seed draws the split and the weights."""
    tasks = (
        ("Sentiment of reviews, a network alone (aim: at least 0.77)", {**LEARNED}),
        ("Sentiment of reviews, begun as naive Bayes (aim: at least 0.80)", {}),
        (
            "Author of 300 characters among six, books that nobody read (aim: at least 0.72)",
            {"data": "authors"},
        ),
    )
    for what, settings in tasks:
        config = TextClassConfig.parse(settings)
        if sets.missing(config.data):
            yield Row(what, "not measured: the data are not here")
            continue
        ends = [_reached(config.replace(seed=seed)) for seed in _SEEDS]
        accuracy = [end["accuracy"] for end in ends]
        beside = ", ".join(
            f"{_NAMES[name]} {np.mean([end[f'baseline_{name}'] for end in ends]):.3f}"
            for name in BASELINES
        )
        longest = max(end["train_s"] for end in ends)
        yield Row(
            f"{what}, five seeds",
            f"{np.mean(accuracy):.3f} (standard deviation {np.std(accuracy, ddof=1):.3f}), "
            f"{longest:.0f} s",
            beside,
        )


def _reached(config: TextClassConfig) -> Metrics:
    *_, end = run(config)
    assert isinstance(end, Finished)
    return end.metrics
