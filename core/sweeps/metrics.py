"""Which of a run's metrics count, and whether more of one is better."""

from collections.abc import Collection, Iterable, Mapping, Sequence

import numpy as np

from core.events import Epoch, Started, flat
from core.messages import N_, Problem
from core.sweeps.results import Result

_MORE_IS_BETTER = (
    *("accuracy", "auc", "ari", "exact_match", "exact", "score", "bleu", "chrf", "macro_f1"),
    *("recall", "precision", "psnr_db", "facts_found", "known", "known_words", "odd_one_out"),
    *("longer", "beyond", "horizon_steps", "trustworthiness", "elbo_nats", "likelihood_nats"),
)
_LESS_IS_BETTER = (
    *("loss", "mse", "rmse", "bits", "bits_per_sign", "perplexity", "ece", "angle_deg"),
    *("reconstruction_nats", "false_alarms", "mse_over_pca", "train_s"),
)
_OF_TRAINING = ("train_s", "params", "diverged")


def better(metric: str) -> int:
    """1 where more of a metric is better, -1 where less is, 0 where neither is said."""
    if _ends(metric, _MORE_IS_BETTER):
        return 1
    return -1 if _ends(metric, _LESS_IS_BETTER) else 0


def main_metrics(results: Iterable[Result]) -> list[str]:
    """What runs are compared by where nothing is said: their first score that is not of training.

    Of networks that race, that of each.
    """
    return next(filter(None, map(_main_metrics, results)), [])


def main_of(names: Sequence[str], results: Iterable[Result]) -> list[str]:
    """The same of these names alone, in their order; the first of them if none is a score."""
    found = next((f for result in results if (f := _main_metrics(result, names))), [])
    return found or list(names[:1])


def _main_metrics(result: Result, among: Sequence[str] | None = None) -> list[str]:
    epochs = [event for event in result.events if isinstance(event, Epoch)]
    if not epochs or not result.finished:
        return []
    start = next((event for event in result.events if isinstance(event, Started)), None)
    told = [n for n in flat(epochs[-1].metrics) if n not in (start.references if start else ())]
    names = told if among is None else [name for name in among if name in told]
    scores = [name for name in names if is_score(name, told)]
    if not scores:
        return names[:1] if among is None else []
    racers, first = _racers(told), scores[0]
    own = next((first.removeprefix(f"{r}_") for r in racers if first.startswith(f"{r}_")), None)
    return [f"{r}_{own}" for r in racers if f"{r}_{own}" in names] if own else [first]


def is_score(name: str, names: Collection[str] = ()) -> bool:
    """Whether a metric is a run's own, on what it did not learn from. names: all of the run's."""
    of_another = name.startswith(("train_", "baseline_")) or "pca" in name.split("_")
    trained_by = name == "loss" or name.removesuffix("_loss") in _racers(names)
    return bool(better(name)) and not (of_another or trained_by or _ends(name, _OF_TRAINING))


def values(results: Sequence[Result], metric: str) -> dict[int, float]:
    """A metric by seed, of the runs that tell it; infinite and missing ones left out."""
    told = {result.config.to_dict()["seed"]: result.metrics.get(metric) for result in results}
    return {seed: float(v) for seed, v in told.items() if v is not None and np.isfinite(v)}


def check(metrics: Iterable[str], known: Mapping[str, object]) -> None:
    """Raise Problem for a metric that the runs do not tell."""
    for name in metrics:
        if name not in known:
            raise Problem(
                N_("There is no metric {name}; the runs tell {names}."),
                name=name[:60],
                names=", ".join(known),
            )


def _ends(metric: str, words: Iterable[str]) -> bool:
    return any(metric == word or metric.endswith(f"_{word}") for word in words)


def _racers(names: Collection[str]) -> list[str]:
    """The networks that race: each has its own time of training."""
    return [name.removesuffix("_train_s") for name in names if name.endswith("_train_s")]
