"""A run of a class, as its wall shows it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from core.events import Failed


@dataclass(frozen=True)
class ClassRun:
    """What one pupil trained.

    pupil: number in the class. run: id. config, metrics: the experiment's. steps, losses: the
    held-out curve, of the metric ``curve``. train_s: seconds of training. state: "waiting", "under
    way", "finished", "stopped" or "failed"; failure: why. references: name -> value of what the run
    is to be held against, as it said when it began.
    """

    pupil: int
    pseudonym: str
    run: str
    lesson: str
    config: Mapping[str, Any]
    metrics: Mapping[str, float]
    steps: Sequence[float]
    losses: Sequence[float]
    curve: str
    train_s: float
    state: str
    references: Mapping[str, float] = field(default_factory=dict)
    failure: Failed | None = None
