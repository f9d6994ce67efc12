"""Record what each part of a tagger brings.

    python -m benchmarks.record_tagger

Parts of speech of the French treebank, one part after the other: words alone from the left, the
second direction, letters, hand-made features, the transition layer; and the whole from one side
alone, taught nothing else. Then names in a novel never read, by the settings of the shipped tagger,
seed by seed. A seed draws the weights and the order.
What is there already is not made again: --anew begins from nothing.
"""

import json
import sys
from typing import Any

from benchmarks.__main__ import made_by
from core.events import Epoch, Metrics
from core.experiments.tagger.config import TaggerConfig
from core.experiments.tagger.recipe import CONFIGS
from core.experiments.tagger.recorded import FILE
from core.experiments.tagger.run import run

_BARE: dict[str, Any] = {"features": False, "transitions": False}
PARTS: dict[str, dict[str, Any]] = {
    "words_left": {**_BARE, "characters": False, "direction": "left"},
    "words_both": {**_BARE, "characters": False},
    "letters": _BARE,
    "features": {"transitions": False},
    "transitions": {},
    "whole_left": {"direction": "left"},
    "whole_right": {"direction": "right"},
}
_SEEDS, _NAME_SEEDS = range(2), range(3)


def main(anew: bool) -> None:
    """Every part and seed; what the runs reach goes to the lesson's file."""
    told: dict[str, Any] = {"card": {}, "parts": {}}
    if FILE.is_file() and not anew:
        told = json.loads(FILE.read_text("utf-8"))
    for seed in _SEEDS:
        for name, settings in PARTS.items():
            known = told["parts"].setdefault(name, {})
            if len(known.get("accuracy", ())) > seed:
                continue
            _keep(known, TaggerConfig(**settings, seed=seed), ("accuracy", "unknown"))
            told["card"] = {**made_by("benchmarks.record_tagger"), "seeds": list(range(seed + 1))}
            _write(told)
    names = told.setdefault("names", {})
    for seed in list(_NAME_SEEDS)[len(names.get("score", ())) :]:
        _keep(names, CONFIGS["tagger-names"].replace(seed=seed), ("score", "left", "right"))
        _write(told)


def _keep(known: dict[str, Any], config: TaggerConfig, metrics: tuple[str, ...]) -> None:
    """Train, and add some metrics of the last epoch to those that are known."""
    end = _last(config)
    for metric in metrics:
        known.setdefault(metric, []).append(round(end[metric], 4))


def _write(told: dict[str, Any]) -> None:
    FILE.write_text(json.dumps(told, indent=1) + "\n", encoding="utf-8", newline="\n")


def _last(config: TaggerConfig) -> Metrics:
    """What the last epoch tells: the linear tagger, fitted at the end, is not asked."""
    told: dict[str, float] = {}
    for event in run(config):
        if isinstance(event, Epoch) and event.epoch == config.epochs:
            told = {**event.metrics, "train_s": event.train_s}
            break
    print(config, f"{told['score']:.4f}, {told['train_s']:.0f} s", flush=True)
    return told


if __name__ == "__main__":
    main("--anew" in sys.argv)
