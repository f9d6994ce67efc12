"""What a lesson's runs are held against on the wall, by the names that a run has for them."""

from collections.abc import Mapping

from core.messages import N_
from core.store.classes.wall import ClassRun
from ui.frame.work.measures import Measure
from ui.texts import _

_MAJORITY, _PCA = N_("most frequent class"), N_("PCA")
# Experiment -> name in a run's references or metrics -> words. Of several the most telling ones:
# the panels of a wall are small.
_NAMES = {
    "feed-forward": {"baseline_accuracy": N_("guessing")},
    "keras-model": {"baseline_logistic": N_("logistic regression")},
    "next-value": {
        "baseline_last_value": N_("last value"),
        "baseline_seasonal_naive": N_("last season"),
        "baseline_linear_ar": N_("linear equation"),
    },
    "sequence-class": {"baseline_logistic_positions": N_("logistic regression on positions")},
    "discover-patterns": {
        "baseline_majority": N_("most frequent sign"),
        "baseline_pairs": N_("after the last sign"),
    },
    "gradient-flow": {"baseline_trivial": N_("always answering 1")},
    "long-memory": {"baseline_trivial": N_("guessing"), "goal": N_("solved")},
    "calculator": {"baseline_most_common": N_("always the commonest answer")},
    "linear-autoencoder": {"pca_mse": _PCA},
    "autoencoder": {"pca_mse": _PCA},
    "denoising-autoencoder": {
        "best_pca_psnr_db": N_("best PCA"),
        "wiener_psnr_db": N_("Wiener filter"),
    },
    "sparse-autoencoder": {"pca_mse": _PCA},
    "lstm-autoencoder": {"pca_auc": _PCA, "mean_beat_auc": N_("mean beat")},
    "voltaire": {"ngram_1": N_("counting single letters"), "ngram_7": N_("counting 7 characters")},
    "word-embeddings": {"baseline_ppmi_neighbour_category_accuracy": N_("counts (PPMI)")},
    "thought-vectors": {
        "baseline_bm25_neighbour_auc": N_("BM25 (shared words)"),
        "baseline_sif_neighbour_auc": N_("Weighted mean (SIF)"),
    },
    "text-class": {"baseline_naive_bayes": N_("naive Bayes"), "baseline_majority": _MAJORITY},
    "tagger": {"baseline_frequent": N_("most frequent tag")},
    "translation": {
        "baseline_memory": N_("nearest sentence known"),
        "baseline_ibm1": N_("word for word"),
    },
    "question-answering": {
        "baseline_one_line": N_("rule of one line"),
        "baseline_majority": N_("always the same place"),
    },
    "spoken-digits": {
        "baseline_warping": N_("nearest by warping"),
        "baseline_logistic_mean": N_("logistic, mean and spread"),
    },
}


def references_of(experiment: str, measure: Measure | None, run: ClassRun) -> dict[str, float]:
    """What people call a height -> that height, where the curve is what its lesson is told by."""
    if measure is None or run.curve != measure.metric:
        return {}
    known = {**run.metrics, **run.references}
    names = _NAMES.get(experiment, {})
    return {_(words): float(known[name]) for name, words in names.items() if name in known}


def shared(found: list[Mapping[str, float]]) -> dict[str, float]:
    """The references on which all runs that have them agree: with other data they are others."""
    heights: dict[str, set[float]] = {}
    for one in found:
        for name, height in one.items():
            heights.setdefault(name, set()).add(height)
    return {name: each.pop() for name, each in heights.items() if len(each) == 1}
