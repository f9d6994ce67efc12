"""The engine's record of a job, and what others see of it."""

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Generic, Literal, TypeVar

from core import __version__
from core.engine.command_queue import CommandQueue
from core.engine.local.local_worker import Worker
from core.events import Event, Failed, Finished
from core.experiments.kit.config import Config

if TYPE_CHECKING:
    from core.store import Kept, Recording

State = Literal["queued", "starting", "running", "paused", "finished", "stopped", "failed"]

_Config = TypeVar("_Config", bound=Config)
_OBJECT_BYTES = 1000  # an event's own objects: a Step of 150 bytes in the pipe takes this in memory


def ended_as(kept: str) -> State:
    """How a run that is kept has ended."""
    return kept if kept in ("stopped", "failed") else "finished"


@dataclass(frozen=True)
class JobView(Generic[_Config]):
    """A job as it was when asked for.

    config: as submitted; settings changed since are in the events. place: 1 is the next to start,
    0 means that it does not wait. elapsed_s: seconds since it said that it begins, without pauses.
    origin: the version that made it, where that is not this one, or it was brought in a file.
    of_sweep: one of many, of which arrays, texts and files were not told.
    """

    id: str
    experiment: str
    config: _Config
    state: State
    place: int
    elapsed_s: float = field(default=0.0, compare=False)
    origin: str = ""
    of_sweep: bool = False

    @property
    def ended(self) -> bool:
        """Whether nothing more will be said."""
        return self.state in ("finished", "stopped", "failed")


@dataclass(eq=False)
class Job:
    """A job: what was asked for, by whom, and how far it is. Times are of the engine's clock, in s.

    address: under which others join it; None once it is a run of its own.
    settings: the config with the changes made since. commands: to its worker. times_s: when each
    event was said, in seconds since the job had a process, without pauses. losses: machines that
    it has lost. origin: as of JobView. of_sweep: one of many, which waits behind the others and
    tells no arrays, texts and files.
    """

    id: str
    experiment: str
    config: Config
    visitor: str
    address: str | None
    settings: Config = field(init=False)
    state: State = "queued"
    place: int = 0
    events: list[Event] = field(default_factory=list)
    times_s: list[float] = field(default_factory=list)
    output_bytes: int = 0
    result: Finished | Failed | None = None
    worker: Worker | None = None
    commands: CommandQueue = field(default_factory=CommandQueue)
    began_at: float | None = None
    started_at: float | None = None
    paused_at: float | None = None
    paused_s: float = 0.0
    losses: int = 0
    stop_by: float | None = None
    ended_at: float | None = None
    origin: str = ""
    of_sweep: bool = False

    def __post_init__(self):
        self.settings = self.config

    @classmethod
    def kept(cls, run: "Kept", config: Config, recording: "Recording", now: float) -> "Job":
        """A run that has ended long since, as if it had just done so. Nobody joins it.

        config: its settings. now: of the engine's clock, in s.
        """
        *_before, result = recording.events
        arrays = [a for e in recording.events for a in getattr(e, "arrays", {}).values()]
        return cls(
            run.id,
            run.experiment,
            config,
            run.owner,
            address=None,
            state=ended_as(run.state),
            events=list(recording.events),
            times_s=list(recording.times_s),
            output_bytes=sum(a.nbytes for a in arrays) + _OBJECT_BYTES * len(recording.events),
            result=result if isinstance(result, Finished | Failed) else None,
            ended_at=now,
            origin="" if run.made_here and run.version == __version__ else run.version or "?",
        )

    @property
    def ended(self) -> bool:
        """Whether it has its result."""
        return self.result is not None

    def view(self, now: float) -> JobView[Config]:
        """What others see of it."""
        elapsed_s = self.elapsed_s(now)
        view = (self.id, self.experiment, self.config, self.state, self.place, elapsed_s)
        return JobView(*view, self.origin, self.of_sweep)

    def elapsed_s(self, now: float) -> float:
        """Seconds since it said that it begins, without pauses; until its end, if that has come."""
        if self.started_at is None:
            return 0.0
        until = now if self.ended_at is None else self.ended_at
        return until - self.started_at - self.pause_s(until)

    def append(self, event: Event, now: float, payload_bytes: int = 0):
        """Append an event that took ``payload_bytes`` in the pipe."""
        self.events.append(event)
        began_at = now if self.began_at is None else self.began_at
        self.times_s.append(now - began_at - self.pause_s(now))
        self.output_bytes += payload_bytes + _OBJECT_BYTES

    def pause_s(self, now: float) -> float:
        """Seconds of all its pauses until now."""
        return self.paused_s + (0.0 if self.paused_at is None else now - self.paused_at)
