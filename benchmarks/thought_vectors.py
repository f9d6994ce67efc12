"""Sentences as vectors, on requests and on held-out tales, beside what only counts words."""

import numpy as np

from benchmarks.record_thought_vectors import measured
from benchmarks.row import Row

_TASKS = {
    "intents": (
        "CLINC150, all test requests: nearest known request of the same intent; linear probe; "
        "area for out of scope",
        ("retrieval_accuracy", "probe_accuracy", "oos_auc"),
    ),
    "voltaire": (
        "held-out tales: the next passage nearer than one from elsewhere",
        ("neighbour_auc",),
    ),
}
_COUNTING = ("bm25", "tfidf")


def rows() -> list[Row]:
    found = []
    for corpus, (what, metrics) in _TASKS.items():
        reached = list(measured(corpus))[-1]
        told = {
            name: "; ".join(
                f"{np.mean(values[metric]):.3f}" if metric in values else "-" for metric in metrics
            )
            for name, values in reached.items()
        }
        counting = ", ".join(f"{name} {told[name]}" for name in _COUNTING)
        found += [
            Row(f"{what}: {name}, mean of {len(reached[name][metrics[0]])} seeds", text, counting)
            for name, text in told.items()
            if name not in _COUNTING
        ]
    return found
