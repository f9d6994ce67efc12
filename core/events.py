"""What a run says while it goes: typed, frozen, and nothing but numbers, texts and arrays."""

import csv
import dataclasses
import io
import sys
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any, TypeVar

import numpy as np

from core.messages import N_, Note

_MOVED = N_(
    "The machine that computed this run was lost after step {step}: another one repeats it, and "
    "the curve goes on from there."
)
_MOVED_AT_ONCE = N_("The machine that was to compute this run was lost: another one takes it over.")

Metrics = Mapping[str, Any]  # numbers, or for each of several groups one: name -> number
Arrays = Mapping[str, np.ndarray]

_Event = TypeVar("_Event", bound="Event")
_NOTHING: Mapping[str, Any] = {}


@dataclass(frozen=True)
class Event:
    """Base of all events."""


@dataclass(frozen=True)
class Queued(Event):
    """The job waits; ``place`` 1 is the next to start. Said by the engine."""

    place: int


@dataclass(frozen=True)
class Started(Event):
    """The run begins.

    config: the fields of its Config. params: trainable weights. steps, epochs: how many there
    will be. references: name -> value of lines to hold the curve against (a baseline's metric).
    """

    experiment: str
    config: Mapping[str, Any]
    params: int
    steps: int
    epochs: int
    references: Metrics = field(default_factory=dict)


@dataclass(frozen=True)
class Step(Event):
    """A training step: its number from 1, the epoch as a real number, seconds of training."""

    step: int
    epoch: float
    train_s: float
    metrics: Metrics


@dataclass(frozen=True)
class Epoch(Event):
    """An epoch's end: metrics on training and held-out data, and what the figures draw."""

    epoch: int
    step: int
    train_s: float
    metrics: Metrics
    arrays: Arrays = field(default_factory=dict)
    texts: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Changed(Event):
    """A setting was changed in mid-run, in force from ``step`` on."""

    step: int
    field: str
    value: Any


@dataclass(frozen=True)
class Moved(Event):
    """The machine that ran it was lost after ``step``; the run begins again on another one.

    Nothing is told twice: the next events come when it has caught up. Said by the engine.
    """

    step: int

    @property
    def note(self) -> Note:
        """The sentence."""
        return Note(_MOVED if self.step else _MOVED_AT_ONCE, {"step": self.step})


@dataclass(frozen=True)
class Paused(Event):
    """The run waits."""


@dataclass(frozen=True)
class Resumed(Event):
    """The run goes on."""


@dataclass(frozen=True)
class Finished(Event):
    """The run's end: final metrics, trained weights as arrays, files to take away by name.

    stopped: ended early by the visitor; what it had learned until then is here all the same.
    """

    metrics: Metrics
    arrays: Arrays = field(default_factory=dict)
    files: Mapping[str, bytes] = field(default_factory=dict)
    stopped: bool = False


@dataclass(frozen=True)
class Failed(Event):
    """The run ended without a result; ``template`` and ``values`` say why in a sentence."""

    template: str
    values: Mapping[str, Any] = field(default_factory=dict)

    @property
    def message(self) -> str:
        """The sentence in English."""
        return self.template.format(**self.values)


def light(event: _Event) -> _Event:
    """The event without its arrays, texts and files: what a comparison of many runs needs.

    Who keeps thousands has one empty mapping for all, and each name of a metric once.
    """
    changed: dict[str, Mapping[str, Any]] = {}
    for name, value in vars(event).items():
        if name in ("arrays", "texts", "files"):
            changed[name] = _NOTHING
        elif name == "metrics":
            changed[name] = {sys.intern(metric): of for metric, of in value.items()}
    return dataclasses.replace(event, **changed)


def to_json(event: Event) -> dict[str, Any]:
    """The event as plain values: arrays as shape and type, files as their size in bytes."""
    fields: dict[str, Any] = {"event": type(event).__name__.lower()}
    for f in dataclasses.fields(event):
        fields[f.name] = _plain(getattr(event, f.name))
    if isinstance(event, Failed):
        fields["message"] = event.message
    if isinstance(event, Moved):
        fields["message"] = str(event.note)
    return fields


def history_csv(epochs: Iterable[Epoch]) -> str:
    """The epochs as CSV: epoch, step, train_s, then each metric; of a group as METRIC.GROUP."""
    rows = [
        {"epoch": e.epoch, "step": e.step, "train_s": e.train_s, **flat(e.metrics)} for e in epochs
    ]
    out = io.StringIO()
    names = dict.fromkeys(name for row in rows for name in row)
    writer = csv.DictWriter(out, list(names), lineterminator="\n")
    writer.writeheader()
    writer.writerows(rows)
    return out.getvalue()


def flat(metrics: Metrics) -> dict[str, float]:
    """Metrics as numbers alone: that of a group is named METRIC.GROUP."""
    numbers = {}
    for name, value in metrics.items():
        if isinstance(value, Mapping):
            numbers |= {f"{name}.{group}": number for group, number in value.items()}
        else:
            numbers[name] = value
    return numbers


def _plain(value: Any) -> Any:
    if isinstance(value, Mapping):
        return {str(k): _plain(v) for k, v in value.items()}
    if isinstance(value, np.ndarray):
        return {"shape": list(value.shape), "dtype": str(value.dtype)}
    if isinstance(value, bytes):
        return {"bytes": len(value)}
    if isinstance(value, np.generic):
        return value.item()
    return value
