"""Record what the lesson on long memory shows before anybody trains, and the tuning grid.

    python -m benchmarks.record_long_memory race TASK LENGTH [FIELD=VALUE ...]
                                                               one race of all four cells
    python -m benchmarks.record_long_memory patience           plain RNNs, a small rate, more time
    python -m benchmarks.record_long_memory grid               every trial that is missing

The first race on the adding problem at the default length also stores its networks.
"""

import json
import os
import sys
from datetime import date
from importlib.metadata import version
from itertools import product
from typing import Any, cast

import numpy as np

from benchmarks.__main__ import machine
from core.events import Epoch, Finished, Started
from core.experiments.long_memory.config import LongMemoryConfig
from core.experiments.long_memory.recorded import CARD, FOLDER, WEIGHTS, as_record
from core.experiments.long_memory.run import SCORE, run

RATES = (1e-3, 3e-3, 1e-2, 3e-2)
CLIPS = (0.0, 1.0)
SEEDS = (0, 1, 2)
GRID_EPOCHS = 50  # 2,500 updates, 160,000 examples
EVERYBODY = {"rnn": True, "lstm": True, "gru": True, "irnn": True}


def main(words: list[str]) -> int:
    match words:
        case ["race", task, length, *more]:
            settings = dict(setting.split("=") for setting in more)
            race(LongMemoryConfig.parse({"task": task, "length": length, **EVERYBODY, **settings}))
        case ["patience"]:
            patience()
        case ["grid"]:
            grid()
        case _:
            print(__doc__, file=sys.stderr)
            return 2
    return 0


def race(config: LongMemoryConfig) -> None:
    """Run a race and put it in the place of an older one of the same task and length."""
    started, epochs, finished = run_through(config)
    said = read()
    key = (config.task, config.length)
    others = [r for r in said["races"] if (r["config"]["task"], r["config"]["length"]) != key]
    new = as_record(started, epochs, finished, SCORE[config.task])
    said["races"] = sorted(
        [*others, new], key=lambda r: (r["config"]["task"], r["config"]["length"])
    )
    write(said)
    if key == (LongMemoryConfig().task, LongMemoryConfig().length):
        np.savez(FOLDER / WEIGHTS, **cast(dict[str, Any], finished.arrays))
    print({n: round(v, 3) for n, v in finished.metrics.items() if not n.endswith("loss")})


def patience() -> None:
    """The two plain RNNs at a small learning rate, with three times the default's updates."""
    config = LongMemoryConfig(learning_rate=1e-3, epochs=150, irnn=True, lstm=False, gru=False)
    started, epochs, finished = run_through(config)
    said = read()
    said["patience"] = [as_record(started, epochs, finished, SCORE[config.task])]
    write(said)
    print({n: round(v, 3) for n, v in finished.metrics.items() if not n.endswith("loss")})


def grid() -> None:
    """Every cell with every rate, clip norm and seed; a trial that is there is not repeated."""
    for seed, rate, clip in product(SEEDS, RATES, CLIPS):
        settings = {"learning_rate": rate, "clip_norm": clip, "seed": seed}
        if any(all(row[n] == v for n, v in settings.items()) for row in read()["grid"]):
            continue
        _, _, finished = run_through(LongMemoryConfig(epochs=GRID_EPOCHS, **EVERYBODY, **settings))
        metrics = finished.metrics
        said = read()
        for cell in EVERYBODY:
            told = {n: metrics.get(f"{cell}_{n}") for n in ("test_rmse", "train_s", "goal_s")}
            told = {n: None if v is None else round(v, 4) for n, v in told.items()}
            row = {"cell": cell, **settings, **told, "diverged": f"{cell}_diverged" in metrics}
            said["grid"].append(row)
            print(row, flush=True)
        write(said)


def run_through(config: LongMemoryConfig) -> tuple[Started, list[Epoch], Finished]:
    """All that a run says, but for its steps."""
    events = list(run(config))
    epochs = [event for event in events if isinstance(event, Epoch)]
    return events[0], epochs, events[-1]  # type: ignore[return-value]


def read() -> dict:
    """What is recorded until now."""
    path = FOLDER / CARD
    if path.exists():
        return json.loads(path.read_text(encoding="utf-8"))
    return {"card": {}, "races": [], "patience": [], "grid": []}


def write(said: dict) -> None:
    """Keep it, with what it was made by; one race or trial a line."""
    said["card"] = {
        "command": "python -m benchmarks.record_long_memory",
        "made": date.today().isoformat(),
        "machine": f"{machine()}, tensorflow {version('tensorflow-cpu')}",
    }
    FOLDER.mkdir(exist_ok=True)
    lines = [f' "card": {json.dumps(said["card"])}']
    for part in ("races", "patience", "grid"):
        rows = ",\n".join("  " + json.dumps(row) for row in said.get(part, []))
        lines.append(f' "{part}": [\n{rows}\n ]')
    new = FOLDER / f"{CARD}.new"
    new.write_text("{\n" + ",\n".join(lines) + "\n}\n", encoding="utf-8")
    os.replace(new, FOLDER / CARD)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
