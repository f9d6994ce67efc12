"""Record how texts are classified by networks and by counting.

    python -m benchmarks.record_text_class

Reviews by every kind of network, and how many reviews it takes; authors with whole books held out,
and with passages. A seed draws what is held out and the weights: five of what the lesson claims,
three of the rest.
What is there already is not made again: --anew begins from nothing.
"""

import json
import sys
from typing import Any

from benchmarks.__main__ import made_by
from core.events import Finished, Metrics
from core.experiments.text_class.config import TextClassConfig
from core.experiments.text_class.recorded import FILE
from core.experiments.text_class.run import run

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
    "naive_bayes_start": {},
    "mean": ALONE,
    "convolution": {**_READING, "network": "convolution"},
    "gru": {**_READING, "network": "gru"},
    "both": {**_READING, "network": "gru", "bidirectional": True},
    "lstm": {**_READING, "network": "lstm"},
    "rnn": {**_READING, "network": "rnn"},
}
BASELINES = ("naive_bayes", "naive_bayes_letters", "logistic_words", "logistic_letters")
SIZES = (250, 1000, 4000, 8000)
_SEEDS, _FEWER = range(5), range(3)


def main(anew: bool) -> None:
    """Every network, size and split; what the runs reach goes to the lesson's file."""
    told: dict[str, Any] = {"card": {}, "ideas": {}, "train_s": {}, "splits": {}, "curves": {}}
    if FILE.is_file() and not anew:
        told = json.loads(FILE.read_text("utf-8"))
    told["card"] = {**made_by("benchmarks.record_text_class"), "seeds": list(_SEEDS)}
    told["sizes"] = SIZES
    for record in (_begun, _splits, _curves, _others):
        record(told)


def _begun(told: dict[str, Any]) -> None:
    """Networks that begin as naive Bayes or alone, and what needs none."""
    for name in ("naive_bayes_start", "mean"):
        if name not in told["ideas"]:
            ends = _network(told, name, _SEEDS)
            if name == "naive_bayes_start":
                for other in BASELINES:
                    told["ideas"][other] = _column(ends, f"baseline_{other}")
            _write(told)


def _splits(told: dict[str, Any]) -> None:
    for split in ("book", "passage"):
        if split not in told["splits"]:
            settings = {"data": "authors", "held_out": split}
            seeds = _SEEDS if split == "book" else _FEWER
            ends = [_reached({**settings, "seed": seed}) for seed in seeds]
            told["splits"][split] = {
                "naive_bayes_start": _column(ends, "accuracy"),
                **{other: _column(ends, f"baseline_{other}") for other in BASELINES},
            }
            _write(told)


def _curves(told: dict[str, Any]) -> None:
    for size in SIZES[len(told["curves"].get("mean", ())) :]:
        begun = [_reached({"train_texts": size, "seed": seed}) for seed in _FEWER]
        alone = [_reached({**ALONE, "train_texts": size, "seed": seed}) for seed in _FEWER]
        told["curves"].setdefault("naive_bayes_start", []).append(_column(begun, "accuracy"))
        told["curves"].setdefault("naive_bayes", []).append(_column(begun, "baseline_naive_bayes"))
        told["curves"].setdefault("mean", []).append(_column(alone, "accuracy"))
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


def _column(ends: list[Metrics], metric: str) -> list[float]:
    return [round(end[metric], 4) for end in ends]


def _write(told: dict[str, Any]) -> None:
    FILE.write_text(json.dumps(told, indent=1) + "\n", encoding="utf-8", newline="\n")


if __name__ == "__main__":
    main("--anew" in sys.argv)
