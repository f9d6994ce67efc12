"""Record how texts are classified by networks and by counting.

    python -m benchmarks.record_text_class

Reviews by every kind of network, and how many reviews it takes; authors with whole books held out,
and with passages. A seed draws what is held out and the weights: five of what the lesson claims,
three of the other networks, two of how many reviews it takes and of held-out passages.
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

BEGUN, EMPTY = "naive_bayes_start", "empty_start"
# Chosen, as the lesson's own settings, on a part of the training reviews.
ALONE = {
    "start": "random",
    "epochs": 8,
    "learning_rate": 1e-2,
    "hidden_words": 0.7,
    "dim": 32,
}
# A part with a weight for each run, as naive Bayes has it, but learned from nothing.
LEARNED = {"start": "empty", "epochs": 6, "hidden_words": 0.7}
# Who reads in order needs its words.
_READING = {**ALONE, "hidden_words": 0.3, "epochs": 5, "learning_rate": 5e-3}
NETWORKS: dict[str, dict[str, Any]] = {
    BEGUN: {},
    EMPTY: LEARNED,
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
    _split(told, "book", _SEEDS)
    _split(told, "passage", _FEWEST)
    _curves(told)
    _others(told)


def _begun(told: dict[str, Any]) -> None:
    """Networks that begin as naive Bayes or with nothing, and what needs none."""
    for name in (BEGUN, EMPTY, "mean"):
        if name not in told["ideas"]:
            ends = _network(told, name, _SEEDS)
            if name == BEGUN:
                for other in BASELINES:
                    told["ideas"][other] = _column(ends, f"baseline_{other}")
            _write(told)


def _split(told: dict[str, Any], held_out: str, seeds: range) -> None:
    """Authors, with whole books or passages held out."""
    known = told["splits"].setdefault(held_out, {})
    for seed in seeds[len(known.get(BEGUN, ())) :]:
        end = _last({"data": "authors", "held_out": held_out, "seed": seed})
        for name, metric in (
            (BEGUN, "accuracy"),
            ("naive_bayes", "baseline_naive_bayes"),
            ("naive_bayes_letters", "baseline_naive_bayes_letters"),
        ):
            known.setdefault(name, []).append(round(end[metric], 4))
        _write(told)


def _curves(told: dict[str, Any]) -> None:
    """By how many reviews there are to learn from; what all of them bring is known already."""
    curves = told["curves"]
    for at, size in enumerate(SIZES):
        for name, settings in ((BEGUN, {}), ("mean", ALONE)):
            if len(curves.setdefault(name, [])) > at:
                continue
            ends = [_last({**settings, "train_texts": size, "seed": seed}) for seed in _FEWEST]
            curves[name].append(_column(ends, "accuracy"))
            counted = curves.setdefault("naive_bayes", [])
            if len(counted) == at:
                counted.append(_column(ends, "baseline_naive_bayes"))
            _write(told)
    for name, rows in curves.items():
        curves[name] = [*rows[: len(SIZES)], told["ideas"][name][: len(_FEWEST)]]
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
