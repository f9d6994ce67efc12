"""Record how texts are classified by networks and by counting.

    python -m benchmarks.record_text_class

Reviews by every kind of network, and how many reviews it takes; authors with whole books held out,
and with passages. A seed draws what is held out and the weights: five of what the lesson claims,
three of the rest, two of how many reviews it takes.
What is there already is not made again: --anew begins from nothing.
"""

import json
import sys
from typing import Any

from benchmarks.__main__ import made_by
from core.events import Epoch, Finished, Metrics, Started
from core.experiments.text_class.config import TextClassConfig
from core.experiments.text_class.recorded import FILE
from core.experiments.text_class.run import run

BEGUN = "naive_bayes_start"
# Chosen, as the lesson's own settings, on a part of the training reviews.
ALONE = {
    "start": "random",
    "epochs": 8,
    "learning_rate": 1e-2,
    "hidden_words": 0.7,
    "dim": 32,
}
# Who reads in order needs its words.
_READING = {**ALONE, "hidden_words": 0.3, "epochs": 5, "learning_rate": 5e-3}
NETWORKS: dict[str, dict[str, Any]] = {
    BEGUN: {},
    "mean": ALONE,
    "convolution": {**_READING, "network": "convolution"},
    "gru": {**_READING, "network": "gru"},
    "both": {**_READING, "network": "gru", "bidirectional": True},
    "lstm": {**_READING, "network": "lstm"},
    "rnn": {**_READING, "network": "rnn"},
}
BASELINES = ("naive_bayes", "naive_bayes_letters", "logistic_words", "logistic_letters")
SIZES = (250, 1000, 4000)
ALL = 8530  # reviews that are not held out
_SEEDS, _FEWER, _FEWEST = range(5), range(3), range(2)


def main(anew: bool) -> None:
    """Every network, size and split; what the runs reach goes to the lesson's file."""
    told: dict[str, Any] = {"card": {}, "ideas": {}, "train_s": {}, "splits": {}, "curves": {}}
    if FILE.is_file() and not anew:
        told = json.loads(FILE.read_text("utf-8"))
    told["card"] = {**made_by("benchmarks.record_text_class"), "seeds": list(_SEEDS)}
    told["sizes"] = [*SIZES, ALL]
    _begun(told)
    _splits(told, range(1))
    _curves(told)
    _splits(told, _FEWER)
    _others(told)


def _begun(told: dict[str, Any]) -> None:
    """Networks that begin as naive Bayes or alone, and what needs none."""
    for name in (BEGUN, "mean"):
        if name not in told["ideas"]:
            ends = _network(told, name, _SEEDS)
            if name == BEGUN:
                for other in BASELINES:
                    told["ideas"][other] = _column(ends, f"baseline_{other}")
            _write(told)


def _splits(told: dict[str, Any], seeds: range) -> None:
    for seed in seeds:
        for split in ("book", "passage"):
            known = told["splits"].setdefault(split, {})
            if len(known.get(BEGUN, ())) > seed:
                continue
            end = _last({"data": "authors", "held_out": split, "seed": seed})
            for name, metric in (
                (BEGUN, "accuracy"),
                ("naive_bayes", "baseline_naive_bayes"),
                ("naive_bayes_letters", "baseline_naive_bayes_letters"),
            ):
                known.setdefault(name, []).append(round(end[metric], 4))
            _write(told)


def _curves(told: dict[str, Any]) -> None:
    """By how many reviews there are to learn from; what all of them bring is known already."""
    curves, names = told["curves"], (BEGUN, "naive_bayes", "mean")
    for size in [*SIZES, ALL][len(curves.get("mean", ())) :]:
        if size == ALL:
            rows = [told["ideas"][name][: len(_FEWEST)] for name in names]
        else:
            begun = [_last({"train_texts": size, "seed": seed}) for seed in _FEWEST]
            alone = [_last({**ALONE, "train_texts": size, "seed": seed}) for seed in _FEWEST]
            rows = [
                _column(begun, "accuracy"),
                _column(begun, "baseline_naive_bayes"),
                _column(alone, "accuracy"),
            ]
        for name, row in zip(names, rows, strict=True):
            curves.setdefault(name, []).append(row)
        _write(told)


def _others(told: dict[str, Any]) -> None:
    for name in NETWORKS:
        if name not in told["ideas"]:
            _network(told, name, _FEWER)
            _write(told)


def _network(told: dict[str, Any], name: str, seeds: range) -> list[Metrics]:
    ends = [_reached({**NETWORKS[name], "seed": seed}) for seed in seeds]
    told["ideas"][name] = _column(ends, "accuracy")
    told["train_s"][name] = _column(ends, "train_s")
    return ends


def _reached(settings: dict[str, Any]) -> Metrics:
    *_, end = run(TextClassConfig(**settings))
    assert isinstance(end, Finished)
    print(settings, f"{end.metrics['accuracy']:.4f}, {end.metrics['train_s']:.0f} s", flush=True)
    return end.metrics


def _last(settings: dict[str, Any]) -> Metrics:
    """What the last epoch and the start tell: logistic regression, fitted at the end, does not."""
    config = TextClassConfig(**settings)
    told: dict[str, float] = {}
    for event in run(config):
        if isinstance(event, Started):
            told |= event.references
        if isinstance(event, Epoch) and event.epoch == config.epochs:
            told |= {**event.metrics, "train_s": event.train_s}
            break
    print(settings, f"{told['accuracy']:.4f}, {told['train_s']:.0f} s", flush=True)
    return told


def _column(ends: list[Metrics], metric: str) -> list[float]:
    return [round(end[metric], 4) for end in ends]


def _write(told: dict[str, Any]) -> None:
    FILE.write_text(json.dumps(told, indent=1) + "\n", encoding="utf-8", newline="\n")


if __name__ == "__main__":
    main("--anew" in sys.argv)
