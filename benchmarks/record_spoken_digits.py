"""Record how spoken digits are heard by networks and without one.

    python -m benchmarks.record_spoken_digits

Each speaker held out in turn, and the official test part, three seeds each; who speaks, on other
recordings and on digits that nobody was heard to say; what the variations in training are worth.
What is there already is not made again: --anew begins from nothing.
"""

import json
import sys
from typing import Any

from benchmarks.__main__ import made_by
from core.data.sounds.spoken import GROUPS
from core.events import Finished
from core.experiments.spoken_digits.config import SpokenDigitsConfig
from core.experiments.spoken_digits.recorded import BASELINES, FILE
from core.experiments.spoken_digits.run import run

_EACH = range(1, GROUPS + 1)
_SEEDS = range(3)
_PAIRS = range(1, 6)
_AS_IT_IS = {"speed": 0.0, "tract": 0.0, "timbre": 0.0, "noisy": False}
_VOICES = {"task": "speaker", "tract": 0.0, "timbre": 0.0}
RUNS: dict[str, list[dict[str, Any]]] = {
    "unheard": [
        {"heldout": "unheard", "group": group, "seed": seed} for seed in _SEEDS for group in _EACH
    ],
    "official": [{"seed": seed} for seed in _SEEDS],
    "speaker": [{**_VOICES, "seed": seed} for seed in _SEEDS],
    "speaker_unheard": [{**_VOICES, "heldout": "unheard", "group": pair} for pair in _PAIRS],
    "unheard_as_it_is": [{**_AS_IT_IS, "heldout": "unheard", "group": group} for group in _EACH],
    "official_as_it_is": [{**_AS_IT_IS, "seed": seed} for seed in _SEEDS],
    "official_one_way": [{"direction": "one", "seed": seed} for seed in range(1)],
}


def main(anew: bool) -> None:
    """Every run of RUNS; what each reaches goes to the lesson's file."""
    told: dict[str, Any] = {"card": {}, "runs": {}}
    if FILE.is_file() and not anew:
        told = json.loads(FILE.read_text("utf-8"))
    for name, settings in RUNS.items():
        for config in settings[len(told["runs"].get(name, ())) :]:
            told["runs"].setdefault(name, []).append(_reached(name, SpokenDigitsConfig(**config)))
            told["card"] = made_by("benchmarks.record_spoken_digits")
            text = json.dumps(told, indent=1) + "\n"
            FILE.write_text(text, encoding="utf-8", newline="\n")


def _reached(name: str, config: SpokenDigitsConfig) -> dict[str, float]:
    *_, end = run(config)
    assert isinstance(end, Finished)
    metrics = end.metrics
    row = {"network": metrics["accuracy"]}
    row |= {other: metrics[f"baseline_{other}"] for other in BASELINES}
    row["train_s"] = metrics["train_s"]
    rounded = {metric: round(value, 4) for metric, value in row.items()}
    print(name, config.group, config.seed, rounded, flush=True)
    return rounded


if __name__ == "__main__":
    main("--anew" in sys.argv)
