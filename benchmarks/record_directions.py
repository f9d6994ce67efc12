"""Record how well sequences are classified that are read one way, both ways, or to the middle.

    python -m benchmarks.record_directions

The lesson's own settings, five seeds; a seed draws the split and the weights.
"""

import json

from benchmarks.__main__ import made_by
from core.events import Finished
from core.experiments.sequence_class.config import SequenceClassConfig
from core.experiments.sequence_class.recorded import FILE
from core.experiments.sequence_class.run import run

_DATA = ("splice", "integers")
_DIRECTIONS = tuple(SequenceClassConfig.specs()["direction"].options)
_SEEDS = range(5)


def main() -> None:
    """Every set, direction and seed; what the runs reach goes to the lesson's file."""
    sets = {data: _recorded(data) for data in _DATA}
    card = {
        **made_by("benchmarks.record_directions"),
        "seeds": list(_SEEDS),
    }
    told = json.dumps({"card": card, "sets": sets}, indent=1)
    FILE.write_text(told + "\n", encoding="utf-8", newline="\n")


def _recorded(data: str) -> dict:
    accuracy: dict[str, list[float]] = {}
    logistic, tested = [], 0
    for direction in _DIRECTIONS:
        for seed in _SEEDS:
            config = SequenceClassConfig(data=data, direction=direction, seed=seed)
            *_, end = run(config)
            assert isinstance(end, Finished)
            reached = round(end.metrics["accuracy"], 4)
            accuracy.setdefault(direction, []).append(reached)
            print(data, direction, seed, reached, f"{end.metrics['train_s']:.1f} s", flush=True)
            if direction == _DIRECTIONS[0]:
                logistic.append(round(end.metrics["baseline_logistic_positions"], 4))
                tested = int(end.metrics["test_sequences"])
    return {"tested": tested, "accuracy": accuracy, "logistic": logistic}


if __name__ == "__main__":
    main()
