"""Who runs and who waits: first come, first served, with one running job a visitor."""

from collections.abc import Callable

from core.engine import reasons
from core.engine.jobs import Job
from core.engine.limits import Limits
from core.events import Queued
from core.messages import Problem


class Queue:
    """Jobs that wait and jobs that have a process. Not thread-safe by itself."""

    def __init__(self, limits: Limits, slots: Callable[[], int | None]):
        """slots: how many may run at once now, None if that is for the limits to say."""
        self._limits, self._slots = limits, slots
        self.waiting: list[Job] = []
        self.running: list[Job] = []  # until the process is really gone

    def admit(self, visitor: str):
        """Raise Problem if this visitor may not wait: one job each, and not too many in all."""
        if any(job.visitor == visitor for job in self.waiting):
            raise Problem(reasons.ALREADY_WAITING)
        if len(self.waiting) >= self._limits.waiting:
            raise Problem(reasons.TOO_MANY_WAITING, limit=self._limits.waiting)

    def leave(self, job: Job):
        """Forget a job, wherever it stands."""
        for line in (self.waiting, self.running):
            if job in line:
                line.remove(job)

    def advance(self, now: float) -> list[Job]:
        """Move who may start from waiting to running; return them, tell the others their place.

        now: of the engine's clock, in s.
        """
        slots, started = self._slots(), []
        at_once = self._limits.at_once if slots is None else slots
        for job in list(self.waiting):
            if len(self.running) < at_once and not self._busy(job):
                self.waiting.remove(job)
                self.running.append(job)
                started.append(job)
        # Who waits for a run of their own is overtaken by who only waits for a free process.
        for place, job in enumerate(sorted(self.waiting, key=self._busy), start=1):
            if job.place != place:
                job.place = place
                job.append(Queued(place), now)
        return started

    def _busy(self, job: Job) -> bool:
        return any(other.visitor == job.visitor for other in self.running)
