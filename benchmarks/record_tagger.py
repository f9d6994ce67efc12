"""Record what each part of a tagger brings.

    python -m benchmarks.record_tagger

Parts of speech of the French treebank, one part after the other: words alone from the left, the
second direction, letters, hand-made features, the transition layer; and the whole from one side
alone, taught nothing else. A seed draws the weights and the order.
What is there already is not made again: --anew begins from nothing.
"""

import json
import sys
from typing import Any

from benchmarks.__main__ import made_by
from core.events import Epoch, Metrics
from core.experiments.tagger.config import TaggerConfig
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
_SEEDS = range(2)


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
            end = _last({**settings, "seed": seed})
            for metric in ("accuracy", "unknown"):
                known.setdefault(metric, []).append(round(end[metric], 4))
            told["card"] = {**made_by("benchmarks.record_tagger"), "seeds": list(range(seed + 1))}
            FILE.write_text(json.dumps(told, indent=1) + "\n", encoding="utf-8", newline="\n")


def _last(settings: dict[str, Any]) -> Metrics:
    """What the last epoch tells: the linear tagger, fitted at the end, is not asked."""
    config = TaggerConfig(**settings)
    told: dict[str, float] = {}
    for event in run(config):
        if isinstance(event, Epoch) and event.epoch == config.epochs:
            told = {**event.metrics, "train_s": event.train_s}
            break
    print(settings, f"{told['accuracy']:.4f}, {told['train_s']:.0f} s", flush=True)
    return told


if __name__ == "__main__":
    main("--anew" in sys.argv)
