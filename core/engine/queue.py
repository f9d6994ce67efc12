"""Who runs and who waits: first come, first served, with one running job a visitor.

Jobs of sweeps wait behind all others and take nobody's place: they begin where the machine has
little to do, the visitor's first who has the fewest of them running.
"""

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

    def admit(self, visitor: str, of_sweep: bool = False):
        """Raise Problem if this visitor may not wait: one job each, and not too many in all."""
        line = [job for job in self.waiting if job.of_sweep == of_sweep]
        if not of_sweep and any(job.visitor == visitor for job in line):
            raise Problem(reasons.ALREADY_WAITING)
        limit = self._limits.sweeps_waiting if of_sweep else self._limits.waiting
        if len(line) >= limit:
            raise Problem(reasons.TOO_MANY_WAITING, limit=limit)

    @property
    def single(self) -> int:
        """How many run that are not of a sweep."""
        return self._running(of_sweep=False)

    @property
    def beside(self) -> int:
        """Up to how many running jobs one of a sweep begins."""
        slots = self._slots()
        if slots is None:
            return self._limits.beside
        if not self._limits.kept_free:
            return slots
        kept = max(1, int(slots * self._limits.kept_free))  # a single run has a slot at once
        return max(min(1, slots), slots - kept)

    def leave(self, job: Job):
        """Forget a job, wherever it stands."""
        for line in (self.waiting, self.running):
            if job in line:
                line.remove(job)

    def advance(self, now: float) -> list[Job]:
        """Move who may start from waiting to running; return them, tell the others their place.

        now: of the engine's clock, in s.
        """
        at_once, beside, started = self._at_once(), self.beside, []
        for job in [job for job in self.waiting if not job.of_sweep]:
            if self.single < at_once and not self._busy(job):
                started.append(self._start(job))
        while len(self.running) < beside and (job := self._next_of_sweeps()):
            started.append(self._start(job))
        single = [job for job in self.waiting if not job.of_sweep]
        # Who waits for a run of their own is overtaken by who only waits for a free process.
        for place, job in enumerate(sorted(single, key=self._busy), start=1):
            if job.place != place:
                job.place = place
                job.append(Queued(place), now)
        return started

    def _at_once(self) -> int:
        """How many single jobs may run."""
        slots = self._slots()
        return self._limits.at_once if slots is None else slots

    def _start(self, job: Job) -> Job:
        self.waiting.remove(job)
        self.running.append(job)
        return job

    def _running(self, of_sweep: bool, visitor: str | None = None) -> int:
        """How many run, of a visitor or in all."""
        return sum(
            job.of_sweep == of_sweep and visitor in (None, job.visitor) for job in self.running
        )

    def _next_of_sweeps(self) -> Job | None:
        line = (job for job in self.waiting if job.of_sweep)
        return min(line, key=lambda job: self._running(True, job.visitor), default=None)

    def _busy(self, job: Job) -> bool:
        return self._running(False, job.visitor) > 0
