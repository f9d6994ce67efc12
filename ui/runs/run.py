"""A run as a page sees it: the events of one job, read as they come."""

import dataclasses
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Generic, TypeVar

import numpy as np

from core.engine import Engine, JobView
from core.events import Changed, Epoch, Event, Failed, Finished, Moved, Started, Step, light
from core.experiments.kit.config import Config
from ui.runs.following.replay import Replay

_WEIGHTS = "weights/"
_Config = TypeVar("_Config", bound=Config)


@dataclass(frozen=True)
class Steps:
    """The training steps as arrays (steps,): number, epoch as a real number, training seconds.

    metrics: name -> float (steps,), NaN where a step did not say it.
    """

    step: np.ndarray
    epoch: np.ndarray
    train_s: np.ndarray
    metrics: Mapping[str, np.ndarray]

    def __len__(self) -> int:
        return len(self.step)

    def __getitem__(self, metric: str) -> np.ndarray:
        return self.metrics[metric]

    def thinned(self, most: int = 600) -> "Steps":
        """Every n-th step and the last, so that at most ``most`` + 1 are left to draw."""
        every = -(-len(self) // most) or 1
        keep = np.unique(np.append(np.arange(0, len(self), every), len(self) - 1)[: len(self)])
        metrics = {name: values[keep] for name, values in self.metrics.items()}
        return Steps(self.step[keep], self.epoch[keep], self.train_s[keep], metrics)


@dataclass(frozen=True)
class Run(Generic[_Config]):
    """A run at one moment, and the epoch that is looked at.

    config: with the settings changed on the way (``changes``). start: None while it waits. chosen:
    the epoch that the scrubber stands at, None for the last. is_mine: this visitor may steer it.
    elapsed_s: seconds since it began, without pauses. replay: of a run that has ended long since.
    moved: its machine was lost, and another one took it over.
    """

    id: str
    experiment: str
    config: _Config
    state: str
    place: int
    is_mine: bool
    start: Started | None
    steps: Steps
    epochs: tuple[Epoch, ...]
    chosen: Epoch | None = None
    changes: tuple[Changed, ...] = ()
    finished: Finished | None = None
    failed: Failed | None = None
    moved: Moved | None = None
    elapsed_s: float = 0.0
    replay: bool = False

    @property
    def ended(self) -> bool:
        """Whether nothing more will come."""
        return self.state in ("finished", "stopped", "failed")

    @property
    def started(self) -> Started:
        """What it said when it began. Raises ValueError if it has not."""
        if self.start is None:
            raise ValueError(f"run {self.id} has not begun")
        return self.start

    @property
    def at(self) -> Epoch:
        """The epoch looked at. Raises ValueError if none has ended."""
        epoch = self.chosen or self.last
        if epoch is None:
            raise ValueError(f"no epoch of run {self.id} has ended")
        return epoch

    @property
    def last(self) -> Epoch | None:
        """The last epoch that has ended."""
        return self.epochs[-1] if self.epochs else None

    @property
    def at_last(self) -> bool:
        """Whether the last epoch is the one looked at."""
        return self.chosen is None or self.chosen is self.last

    @property
    def references(self) -> dict[str, float]:
        """What it is held against, as it was told at its start and, once it is over, at its end."""
        return {**self.started.references, **(self.finished.metrics if self.finished else {})}

    @property
    def end(self) -> Finished | None:
        """What the run ended with, where its last epoch is the one looked at."""
        return self.finished if self.at_last else None

    @property
    def result(self) -> Finished:
        """What it ended with. Raises ValueError if it has not, or without a result."""
        if self.finished is None:
            raise ValueError(f"run {self.id} has no result")
        return self.finished

    @property
    def train_s(self) -> float:
        """Seconds of training until now."""
        latest = [float(self.steps.train_s[-1])] if len(self.steps) else []
        return max([*latest, *(e.train_s for e in self.epochs[-1:])], default=0.0)

    @property
    def left_s(self) -> float | None:
        """Seconds until its end at the pace it has; None while that cannot be told.

        The pace is that of the later half of its steps: the first are slow, they are compiled. To
        it comes what passes beside training, where epochs are tested.
        """
        steps = self.steps
        if self.start is None or self.state != "running" or not len(steps):
            return None
        middle = len(steps) // 2
        before = np.flatnonzero(steps.train_s[: middle + 1] < steps.train_s[-1])
        if not len(before):
            return None
        made, took = (float(of[-1] - of[before[-1]]) for of in (steps.step, steps.train_s))
        beside_s = max(0.0, self.elapsed_s - self.train_s) if self.epochs else 0.0
        each_s = took / made + beside_s / float(steps.step[-1])
        return max(0.0, self.start.steps - float(steps.step[-1])) * each_s

    def by_epoch(self, metric: str, x: str = "epoch") -> tuple[np.ndarray, np.ndarray]:
        """Epoch numbers (n,) and a metric's values (n,) at the ends of the epochs that say it.

        x: "step" or "train_s" for the steps or seconds of training at those ends instead.
        """
        epochs = [epoch for epoch in self.epochs if metric in epoch.metrics]
        values = np.array([epoch.metrics[metric] for epoch in epochs], dtype=float)
        return np.array([getattr(epoch, x) for epoch in epochs]), values

    def weights(self) -> dict[str, np.ndarray]:
        """The network's weights as of the epoch looked at, by name; empty if they were not kept.

        An epoch keeps them as "weights/NAME"; those of the last are also what the run leaves.
        """
        if not self.epochs:
            return {}
        kept = {
            name.removeprefix(_WEIGHTS): array
            for name, array in self.at.arrays.items()
            if name.startswith(_WEIGHTS)
        }
        return kept or (dict(self.end.arrays) if self.end else {})

    def with_weights(self) -> "Run[_Config]":
        """The run as of the latest epoch, up to the one looked at, whose weights were kept.

        Itself if they were kept, or none before it was.
        """
        if not self.epochs or self.weights():
            return self
        earlier = (
            dataclasses.replace(self, chosen=epoch)
            for epoch in reversed(self.epochs)
            if epoch.epoch < self.at.epoch
        )
        return next((run for run in earlier if run.weights()), self)

    def light(self) -> "Run[_Config]":
        """The run without arrays, texts and files: what a comparison needs."""
        return dataclasses.replace(
            self,
            steps=self.steps.thinned(),
            epochs=tuple(map(light, self.epochs)),
            chosen=None,
            finished=self.finished and light(self.finished),
        )


@dataclass
class Follower(Generic[_Config]):
    """Reads what a job says, each event once.

    chosen: the epoch number that the scrubber stands at, None to follow the last. replay: by whose
    clock it is read, None to read all that has been said.
    """

    job: JobView[_Config]
    is_mine: bool
    chosen: int | None = None
    replay: Replay | None = None
    _heard: int = 0
    _unread: list[Event] = field(default_factory=list)
    _started: Started | None = None
    _steps: list[Step] = field(default_factory=list)
    _epochs: list[Epoch] = field(default_factory=list)
    _changes: list[Changed] = field(default_factory=list)
    _moved: Moved | None = None
    _end: Finished | Failed | None = None

    @classmethod
    def of(cls, job: JobView[_Config], events: Iterable[Event]) -> "Follower[_Config]":
        """One that has read all of a run that has ended."""
        follower = cls(job, is_mine=True)
        for event in events:
            follower._hear(event)
        return follower

    def catch_up(self, engine: Engine):
        """Read on, in the archive, too. Of a job that is gone no more is heard."""
        job = engine.job(self.job.id) if self.job.ended else engine.recall(self.job.id)
        if job is not None:
            self.job = job
            heard = engine.events(job.id, self._heard)
            self._heard += len(heard)
            self._unread += heard
        read = self._heard - len(self._unread)
        due = max(0, self.replay.come_to - read) if self.replay else len(self._unread)
        news, self._unread = self._unread[:due], self._unread[due:]
        for event in news:
            self._hear(event)
        if news:
            self.__dict__.pop("_arrays", None)

    def _hear(self, event: Event):
        match event:
            case Started():
                self._started = event
            case Step():
                self._steps.append(event)
            case Epoch():
                self._epochs.append(event)
            case Changed():
                self._changes.append(event)
            case Moved():
                self._moved = event
            case Finished() | Failed():
                self._end = event

    @property
    def running(self) -> bool:
        """Whether more may come."""
        return self._replays or not self.job.ended

    @property
    def begun(self) -> bool:
        """Whether the run has said that it begins, as far as it was read."""
        return self._started is not None

    @property
    def _replays(self) -> bool:
        """Whether something of a replay is still to be read."""
        return self.replay is not None and self._end is None

    def view(self) -> Run[_Config]:
        """The run as far as it was read."""
        config = self.job.config.replace(**{c.field: c.value for c in self._changes})
        state, elapsed_s = self.job.state, self.job.elapsed_s
        if self.replay and self._replays:
            state = "paused" if self.replay.held else "running"
            if self._started is None:
                state = "starting"
            elapsed_s = self.replay.since_start_s
        return Run(
            id=self.job.id,
            experiment=self.job.experiment,
            config=config,
            state=state,
            place=self.job.place,
            is_mine=self.is_mine,
            start=self._started,
            steps=self._arrays,
            epochs=tuple(self._epochs),
            chosen=next((e for e in self._epochs if e.epoch == self.chosen), None),
            changes=tuple(self._changes),
            finished=self._end if isinstance(self._end, Finished) else None,
            failed=self._end if isinstance(self._end, Failed) else None,
            moved=self._moved,
            elapsed_s=elapsed_s,
            replay=self._replays,
        )

    @cached_property
    def _arrays(self) -> Steps:
        names = dict.fromkeys(name for step in self._steps for name in step.metrics)
        return Steps(
            step=np.array([s.step for s in self._steps], dtype=int),
            epoch=np.array([s.epoch for s in self._steps], dtype=float),
            train_s=np.array([s.train_s for s in self._steps], dtype=float),
            metrics={
                name: np.array([s.metrics.get(name, np.nan) for s in self._steps], dtype=float)
                for name in names
            },
        )
