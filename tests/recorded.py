"""Recorded runs: read, and played back in place of training.

A recording is a real run of an experiment, as ``python -m tests.record`` has heard it: its events
as JSON, its arrays beside them, each once.
"""

import json
from collections.abc import Iterator
from dataclasses import replace
from functools import cache, partial
from pathlib import Path

import numpy as np

from core import events
from core.events import Changed, Epoch, Event, Finished, Started, Step
from core.experiments import Experiment, experiment
from tests.events import of, only

FOLDER = Path(__file__).parent / "recordings"
_LARGEST = 10_000  # bytes of a file


@cache
def runs(name: str) -> dict[str, list[Event]]:
    """The recorded runs of an experiment, by what they are called in ``tests.record.RUNS``."""
    told = json.loads((FOLDER / f"{name}.json").read_text("utf-8"))
    with np.load(FOLDER / f"{name}.npz", allow_pickle=False) as arrays:
        stored = {key: arrays[key] for key in arrays.files}
    return {run: [_event(row, stored) for row in rows] for run, rows in told.items()}


def recorded(name: str, run: str = "small") -> list[Event]:
    """The events of a recorded run."""
    return runs(name)[run]


def epochs(name: str, run: str = "small") -> list[Epoch]:
    """The epochs of a recorded run."""
    return of(recorded(name, run), Epoch)


def weights(event: Epoch) -> dict[str, np.ndarray]:
    """A network's weights among an epoch's arrays, by name."""
    return {
        name.removeprefix("weights/"): array
        for name, array in event.arrays.items()
        if name.startswith("weights/")
    }


def params(name: str, run: str = "small") -> dict[str, str]:
    """What of a recorded run's config stands in the address: all but the defaults."""
    config = only(recorded(name, run), Started).config
    defaults = experiment(name).Config.defaults()
    return {field: str(value) for field, value in config.items() if value != defaults[field]}


def find(name: str) -> Experiment:
    """The experiment of that name, whose runs are recorded ones."""
    return Experiment(name, "A recorded run", experiment(name).Config, partial(_play, name))


def _play(name, config, control) -> Iterator[Event]:
    """The recorded run of this config; its seed is not looked at. It can be paused and stopped."""
    asked = config.to_dict()
    settings = {**asked, "seed": None}
    run = next(
        run
        for run in runs(name).values()
        if {**only(run, Started).config, "seed": None} == settings
    )
    finished = only(run, Finished)
    step, metrics = 0, {}
    for event in run:
        match event:
            case Started():
                event = replace(event, config=asked)
            case Step():
                for field, value in control.checkpoint().items():
                    yield Changed(step + 1, field, value)
                step = event.step
            case Epoch():
                metrics = event.metrics
        if control.stopped and metrics:
            yield replace(finished, metrics={**finished.metrics, **metrics}, stopped=True)
            return
        yield event


def write(name: str, told: dict[str, list[Event]]) -> None:
    """Record the runs of an experiment; of large files, which no page reads, the name alone."""
    FOLDER.mkdir(exist_ok=True)
    arrays: dict[str, np.ndarray] = {}
    rows = {run: [_row(event, arrays) for event in heard] for run, heard in told.items()}
    lines = {run: ",\n".join(json.dumps(row) for row in of_run) for run, of_run in rows.items()}
    text = ",\n".join(f"{json.dumps(run)}: [\n{events}\n]" for run, events in lines.items())
    (FOLDER / f"{name}.json").write_text(f"{{\n{text}\n}}\n", "utf-8")
    np.savez_compressed(FOLDER / f"{name}.npz", allow_pickle=False, **arrays)


def names(heard: list[Event]) -> dict[str, object]:
    """What a run tells by which names: of numbers and texts, and of arrays their form."""
    started, finished = only(heard, Started), only(heard, Finished)
    first, step = of(heard, Epoch)[0], of(heard, Step)[0]
    return {
        "config": sorted(started.config),
        "references": sorted(started.references),
        "step": sorted(step.metrics),
        "epoch": sorted(first.metrics),
        "texts": sorted(first.texts),
        "finished": sorted(finished.metrics),
        "arrays": {n: (str(a.dtype), a.shape) for n, a in sorted(first.arrays.items())},
        "weights": {n: (str(a.dtype), a.shape) for n, a in sorted(finished.arrays.items())},
        "files": sorted(finished.files),
    }


def _row(event, arrays):
    row = {"event": type(event).__name__} | vars(event)
    if "files" in row:
        row["files"] = {name: _short(name, content) for name, content in row["files"].items()}
    for field in ("arrays", "files"):
        if field in row:
            row[field] = {name: _key(value, arrays) for name, value in row[field].items()}
    return _plain(row)


def _short(name, content):
    """Of a notebook its words, of a large file nothing."""
    if name.endswith(".ipynb"):
        whole = json.loads(content)
        words = [cell for cell in whole["cells"] if cell["cell_type"] == "markdown"]
        return json.dumps({**whole, "cells": words}).encode()
    return content if len(content) < _LARGEST else b"not recorded"


def _key(value, arrays):
    """The key of an array, or of a file as one, among the arrays; equal ones have the same."""
    if isinstance(value, bytes):
        value = np.frombuffer(value, np.uint8)
    for key, known in arrays.items():
        alike = (known.dtype, known.shape) == (value.dtype, value.shape)
        if alike and np.array_equal(known, value, equal_nan=value.dtype.kind == "f"):
            return key
    arrays[f"a{len(arrays)}"] = value
    return f"a{len(arrays) - 1}"


def _plain(value):
    if isinstance(value, dict):
        return {key: _plain(each) for key, each in value.items()}
    return value.item() if isinstance(value, np.generic) else value


def _event(row, stored):
    row = dict(row)
    kind = getattr(events, row.pop("event"))
    if "arrays" in row:
        row["arrays"] = {name: stored[key] for name, key in row["arrays"].items()}
    if "files" in row:
        row["files"] = {name: stored[key].tobytes() for name, key in row["files"].items()}
    return kind(**row)
