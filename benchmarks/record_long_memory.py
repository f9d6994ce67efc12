"""Record the races that the lesson on long memory shows at first, and how they were tuned.

    python -m benchmarks.record_long_memory grid      every trial that is missing of all tasks,
                                                      lengths, cells and rates
    python -m benchmarks.record_long_memory seeds     each at its best rate, from five seeds
    python -m benchmarks.record_long_memory layers    two GRU layers, stacked only or with a
                                                      recurrence from the upper to the lower
    python -m benchmarks.record_long_memory races     the first of these with its curves and
                                                      seconds: on a quiet machine

A cell's rate at a length is the one with the best median validation score of the grid; the test set
decides nothing. All cells have the same rates, clipping, number of weights and updates at most. The
race on the adding problem at the default length also stores its networks.
"""

import json
import os
import sys
from collections.abc import Iterable, Sequence
from itertools import product
from typing import Any, cast

import numpy as np

from benchmarks.__main__ import made_by
from core.events import Epoch, Event, Finished, Started
from core.experiments.kit.run import train
from core.experiments.long_memory.config import CELLS, LongMemoryConfig
from core.experiments.long_memory.recorded import (
    CARD,
    FOLDER,
    WEIGHTS,
    Trial,
    as_record,
    best_rates,
)
from core.experiments.long_memory.run import SCORE, LongMemory, run

RATES = (1e-3, 3e-3, 1e-2, 3e-2)
GRID_SEEDS, SEEDS = (10,), (0, 1, 2, 3, 4)
EVERYBODY: dict[str, Any] = {"rnn": True, "lstm": True, "gru": True, "irnn": True}
FEEDBACK = "feedback"
TWO_LAYERS = {"stacked": 22, FEEDBACK: 19}  # units of a layer: 4,643 and 4,580 weights
SETTINGS = (
    *(LongMemoryConfig(length=length, **EVERYBODY) for length in (20, 60, 100, 200)),
    LongMemoryConfig(length=400, epochs=30, **EVERYBODY),
    *(
        LongMemoryConfig(task="copy", length=length, open_gates=4.0, **EVERYBODY)
        for length in (20, 60, 100)
    ),
    LongMemoryConfig(length=200, bidirectional=True, rnn=True, lstm=True, gru=True),
)


def main(words: list[str]) -> int:
    match words:
        case ["grid"]:
            for seed, config, rate in product(GRID_SEEDS, SETTINGS, RATES):
                trials("grid", config.replace(seed=seed, learning_rate=rate), config.entrants)
        case ["seeds"]:
            for seed, config in product(SEEDS, SETTINGS):
                for each in at_best_rates(config.replace(seed=seed)):
                    trials("seeds", each, each.entrants)
        case ["layers"]:
            layers()
        case ["races"]:
            for config in SETTINGS:
                race(config.replace(seed=SEEDS[0]))
        case _:
            print(__doc__, file=sys.stderr)
            return 2
    return 0


def trials(part: str, config: LongMemoryConfig, racers: Iterable[str]) -> None:
    """Run what is missing of a race of cells, or of TWO_LAYERS, and keep one row of each."""
    record = read()
    there = {tuple(row[name] for name in Trial.KEY) for row in record[part]}
    missing = [c for c in racers if Trial.key_of(config, c) not in there]
    if not missing:
        return
    if set(missing) <= set(TWO_LAYERS):
        events = train(LayersRace(config, missing))
    else:
        events = run(config.replace(**{c: c in missing for c in CELLS}))
    _, epochs, finished = told(events)
    for cell in missing:
        own = finished.metrics
        diverged = f"{cell}_diverged" in own
        row = dict(zip(Trial.KEY, Trial.key_of(config, cell), strict=True))
        row |= {
            "score": None if diverged else round(own[f"{cell}_{SCORE[config.task]}"], 5),
            "validation": None if diverged else round(own[f"{cell}_validation"], 5),
            "goal": f"{cell}_goal_s" in own,
            "updates": updates(epochs, cell),
        }
        record[part].append(row)
        print(part, row, flush=True)
    write(record)


def updates(epochs: list[Epoch], cell: str) -> int:
    """After how many updates a cell came to rest, or the race to its end."""
    seconds = [epoch.metrics[f"{cell}_train_s"] for epoch in epochs]
    return next(e.step for e, s in zip(epochs, seconds, strict=True) if s == seconds[-1])


def at_best_rates(config: LongMemoryConfig) -> list[LongMemoryConfig]:
    """The race as one for each rate, of the cells whose best it is."""
    grid = [Trial(**row) for row in read()["grid"]]
    rates = best_rates([trial for trial in grid if trial.is_of(config)])
    return [
        config.replace(
            learning_rate=rate, **{c: c in config.entrants and rates[c] == rate for c in CELLS}
        )
        for rate in sorted({rates[cell] for cell in config.entrants})
    ]


def layers() -> None:
    """Two layers with and without a recurrence between them, at each rate, then at the best."""
    for seed, rate in product(GRID_SEEDS, RATES):
        trials("grid", LongMemoryConfig(seed=seed, learning_rate=rate), TWO_LAYERS)
    rates = best_rates([Trial(**row) for row in read()["grid"] if row["cell"] in TWO_LAYERS])
    for seed, kind in product(SEEDS, TWO_LAYERS):
        trials("seeds", LongMemoryConfig(seed=seed, learning_rate=rates[kind]), [kind])


class LayersRace(LongMemory):
    """The race of some of TWO_LAYERS; they are no stacks, and are not kept."""

    def __init__(self, config: LongMemoryConfig, kinds: Sequence[str]):
        from core.models.recurrent.feedback import two_layers
        from core.models.supervised import Trainer

        features, seed = config.sequences.features, config.seed
        models = (
            two_layers(TWO_LAYERS[kind], features, feedback=kind == FEEDBACK, seed=seed)
            for kind in kinds
        )
        trainers = (Trainer(model, "mse", clip_norm=config.clip_norm) for model in models)
        super().__init__(config, None, dict(zip(kinds, trainers, strict=True)))

    def weights(self) -> dict[str, np.ndarray]:
        """None."""
        return {}

    def files(self) -> dict[str, bytes]:
        """None."""
        return {}


def race(config: LongMemoryConfig) -> None:
    """Run each cell at its best rate and put the race in the place of an older one."""
    records, weights = [], {}
    for each in at_best_rates(config):
        started, epochs, finished = told(run(each))
        records.append(as_record(started, epochs, finished, SCORE[config.task]))
        weights |= finished.arrays
        print({n: round(v, 3) for n, v in finished.metrics.items() if not n.endswith("loss")})
    new: dict[str, Any] = {"config": config.to_dict()}
    for part in ("rates", "cells", "params"):
        merged = {cell: value for record in records for cell, value in record[part].items()}
        new[part] = {cell: merged[cell] for cell in CELLS if cell in merged}
    record, same = read(), ("task", "length", "bidirectional")
    key = [new["config"][name] for name in same]
    others = [r for r in record["races"] if [r["config"][name] for name in same] != key]
    record["races"] = sorted([*others, new], key=lambda r: [r["config"][name] for name in same])
    write(record)
    if key == [getattr(LongMemoryConfig(), name) for name in same]:
        np.savez(FOLDER / WEIGHTS, **cast(dict[str, Any], weights))


def told(run_of: Iterable[Event]) -> tuple[Started, list[Epoch], Finished]:
    """All that a run says, but for its steps."""
    events = list(run_of)
    epochs = [event for event in events if isinstance(event, Epoch)]
    return events[0], epochs, events[-1]  # type: ignore[return-value]


def read() -> dict:
    """What is recorded until now."""
    path = FOLDER / CARD
    empty: dict[str, Any] = {"card": {}, "races": [], "seeds": [], "grid": []}
    return empty | (json.loads(path.read_text(encoding="utf-8")) if path.exists() else {})


def write(record: dict) -> None:
    """Keep it, with what it was made by; one race or trial a line."""
    record["card"] = made_by("benchmarks.record_long_memory")
    FOLDER.mkdir(exist_ok=True)
    lines = [f' "card": {json.dumps(record["card"])}']
    for part in ("races", "seeds", "grid"):
        rows = ",\n".join("  " + json.dumps(row) for row in record[part])
        lines.append(f' "{part}": [\n{rows}\n ]')
    new = FOLDER / f"{CARD}.new"
    new.write_text("{\n" + ",\n".join(lines) + "\n}\n", encoding="utf-8")
    os.replace(new, FOLDER / CARD)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
