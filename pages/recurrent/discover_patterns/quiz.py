"""Two predictions about a run without labels, graded by what that run did."""

import numpy as np

from pages.recurrent.discover_patterns.compression import counted_bits
from ui.runs.quiz import CHANCE, Question, compare
from ui.runs.run import Run
from ui.texts import _, number

_SAME, _PARTLY = 0.9, 0.3  # adjusted Rand indices


def kinds_in_groups(ari: float) -> str:
    """How far groups are the hidden kinds: "same", "partly" or "other"."""
    if ari > _SAME:
        return "same"
    return "partly" if ari >= _PARTLY else "other"


def cheaper(network: np.ndarray, counts: np.ndarray) -> str:
    """Whose bits are fewer on the same sequences, float (n,) each: "fewer", "even" or "more"."""
    difference = network - counts
    margin = CHANCE * float(difference.std()) / np.sqrt(len(difference))
    return compare(float(difference.mean()), 0.0, margin, ("more", "even", "fewer"))


def _grade_kinds(run: Run) -> tuple[str, str]:
    ari = run.result.metrics["ari"]
    why = _(
        "k-means always answers. What it groups by is what the network needed in order to "
        "continue, and nobody told either of them what you have in mind. In your run the index is "
        "{ari}; that of groups made from counts of pairs is {pairs}."
    ).format(ari=number(ari, 2), pairs=number(run.started.references["baseline_pairs_ari"], 2))
    return kinds_in_groups(ari), why


def _grade_bits(run: Run) -> tuple[str, str]:
    network = run.epochs[-1].arrays["bits"].astype(float)
    counts = counted_bits(run.config)
    why = _(
        "What is foreseen is cheap to send, so predicting and compressing are one task; what is "
        "drawn at random nobody can save. Counts of pairs look one sign back; a network can look "
        "farther, and has to learn it. In your run, bits per sign: network {network}, pairs "
        "{pairs}, frequencies alone {frequency}."
    ).format(
        network=number(float(network.mean()), 2),
        pairs=number(float(counts["pairs"].mean()), 2),
        frequency=number(float(counts["frequency"].mean()), 2),
    )
    return cheaper(network, counts["pairs"]), why


QUESTIONS = (
    Question("discover-patterns", "kinds", _grade_kinds),
    Question("discover-patterns", "bits", _grade_bits),
)
