"""Splice junctions: a recurrent network beside logistic regression, five seeds."""

from collections.abc import Iterator

import numpy as np

from benchmarks.row import Row
from core.data import fetch
from core.events import Finished
from core.experiments.sequence_class.config import SequenceClassConfig
from core.experiments.sequence_class.run import run

_SEEDS = range(5)


def rows() -> Iterator[Row]:
    """Held-out accuracy of the lesson's own settings; the seed draws the split and the weights."""
    if not fetch.available("splice.arff"):
        yield Row("Splice junctions", "not measured: the data are not here")
        return
    ends = [list(run(SequenceClassConfig(data="splice", seed=seed)))[-1] for seed in _SEEDS]
    metrics = [end.metrics for end in ends if isinstance(end, Finished)]

    def mean(name):
        return np.mean([m[name] for m in metrics])

    spread = np.std([m["accuracy"] for m in metrics], ddof=1)
    yield Row(
        "Splice junctions, five seeds: accuracy on the held-out quarter (aim: at least 0.94)",
        f"{mean('accuracy'):.3f} (standard deviation {spread:.3f})",
        f"logistic regression on positions {mean('baseline_logistic_positions'):.3f}, on counts "
        f"{mean('baseline_logistic_counts'):.3f}, majority {mean('baseline_majority'):.3f}",
    )
    yield Row(
        "Splice junctions: seconds of training, the longest of five (aim: at most 120)",
        f"{max(m['train_s'] for m in metrics):.1f} s",
        f"{metrics[0]['params']:,.0f} weights",
    )
