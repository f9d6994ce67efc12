"""Tags: the lesson's taggers, three seeds, beside what needs no network."""

from collections.abc import Iterator

import numpy as np

from benchmarks.row import Row
from core.data.language.tagged import sets
from core.events import Epoch, Finished, Metrics
from core.experiments.tagger.config import TaggerConfig
from core.experiments.tagger.recipe import CONFIGS
from core.experiments.tagger.run import run

_SEEDS = range(3)
_SOON_S = 60


def rows() -> Iterator[Row]:
    """Held-out scores of the shipped taggers' settings; the seed draws weights and order."""
    for name, what, unit in (
        ("tagger", "Parts of speech, French treebank (aim: at least 0.975, 0.96 in 60 s)", "right"),
        ("tagger-names", "Names in Madame Bovary (aim: at least 0.70 in 300 s)", "F1"),
    ):
        config = CONFIGS[name]
        if sets.missing(config.data):
            yield Row(what, "not measured: the data are not here")
            continue
        ends = [_reached(config.replace(seed=seed)) for seed in _SEEDS]
        scores, others = [end["score"] for end in ends], ends[0]
        beside = [f"linear {others['baseline_linear']:.3f}"]
        if "baseline_linear_book" in others:
            beside.append(f"linear with the book {others['baseline_linear_book']:.3f}")
        beside.append(f"most frequent tag {others['baseline_frequent']:.3f}")
        beside += [
            f"from the {side} alone {np.mean([end[side] for end in ends]):.3f}"
            for side in ("left", "right")
        ]
        yield Row(
            f"{what}, three seeds",
            f"{np.mean(scores):.4f} {unit} (worst {min(scores):.4f}), "
            f"{max(end['train_s'] for end in ends):.0f} s; after at most {_SOON_S} s at least "
            f"{min(end['soon'] for end in ends):.3f}",
            ", ".join(beside),
        )


def _reached(config: TaggerConfig) -> Metrics:
    """What the end tells, and as "soon" the best score that an epoch had in the first minute."""
    soon = 0.0
    for event in run(config):
        if isinstance(event, Epoch) and event.train_s <= _SOON_S:
            soon = max(soon, event.metrics["score"])
        if isinstance(event, Finished):
            return {**event.metrics, "soon": soon}
    raise AssertionError("a run ends with Finished")
