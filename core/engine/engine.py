"""The engine: what pages ask to start, watch and steer runs."""

import logging
import secrets
import threading
import time
from collections.abc import Callable, Collection, Sequence
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING, Any

from core import experiments
from core.engine import reasons
from core.engine.again import Again
from core.engine.attend import attend, begin_again
from core.engine.free_memory import FreeMemory
from core.engine.job_store import JobStore
from core.engine.jobs import Job, JobView, State
from core.engine.kept_runs import KeptRuns
from core.engine.limits import CORES, Limits
from core.engine.local.processes import Processes, for_this_machine
from core.engine.local.worker import Crash, Task
from core.engine.prepared import Prepared
from core.engine.queue import Queue
from core.engine.watch import broken_limit
from core.events import Event, Failed, Finished, Paused, Resumed, Started
from core.experiments.kit.config import Config
from core.messages import Problem

if TYPE_CHECKING:  # a job's process has no use for a database
    from core.store import Archive

logger = logging.getLogger(__name__)

_CLOSE_S = 10


def _light(address: str) -> str:
    """Under which a run is found that tells no arrays."""
    return f"light {address}"


class Engine:
    """Runs experiments, each in a process of its own.

    Thread-safe; no method but ``warm`` and ``close`` waits for a process.
    find: experiment name -> Experiment, importable by a new process. archive: keeps what has ended.
    processes: where jobs get their processes. clock: seconds, for limits and expiry.
    """

    def __init__(
        self,
        limits: Limits | None = None,
        *,
        find: Callable[[str], experiments.Experiment[Any]] = experiments.experiment,
        processes: Processes | None = None,
        archive: "Archive | None" = None,
        clock: Callable[[], float] = time.monotonic,
    ):
        self._limits = limits or Limits()
        self._find = find
        self._processes = processes or for_this_machine()
        self._kept = KeptRuns(archive, find)
        self._clock = clock
        self._lock = threading.RLock()
        self._jobs = JobStore(self._limits)
        self._free_memory = FreeMemory()
        self._queue = Queue(self._limits, lambda: self._processes.slots)
        self._prepared = Prepared(self._processes, self._limits)
        self._followers: dict[Job, threading.Thread] = {}
        self._closed = threading.Event()
        self._watcher = threading.Thread(target=self._watch, name="pangloss-watch", daemon=True)
        self._watcher.start()

    @property
    def ready(self) -> bool:
        """Whether a job's process was proven to be born with the preload."""
        return self._processes.ready

    @property
    def beside(self) -> int:
        """Up to how many running jobs one of a sweep begins, now."""
        return self._queue.beside

    def warm(self):
        """Prepare for the first job; blocks for seconds, so call it in a thread. Raises OSError."""
        self._processes.warm()

    def submit(
        self, experiment: str, config: Config, visitor: str, *, of_sweep: bool = False
    ) -> str:
        """Start a run, or join the identical one that is queued, under way or finished.

        of_sweep: one of many, which waits behind all that are not, is kept for an hour and tells no
        arrays, texts and files; a visitor may have as many as there is room for.
        Returns the job's id. Raises Problem for an unknown experiment, if the visitor already has
        a run waiting, or if too many runs wait.
        """
        if not isinstance(config, self._find(experiment).Config):
            raise TypeError(f"{type(config).__name__} is not the Config of {experiment}")
        address = config.address(experiment)
        self._have_again(address)
        with self._lock:
            self._jobs.expire(self._clock())
            if of_sweep:
                same = self._jobs.finished(address) or self._jobs.own(_light(address), visitor)
                address = _light(address)
            else:
                same = self._jobs.joinable(address, visitor)
            if same:
                return same.id
            if self._closed.is_set():
                raise Problem(reasons.CLOSED)
            self._queue.admit(visitor, of_sweep)
            job = Job(
                secrets.token_urlsafe(12), experiment, config, visitor, address, of_sweep=of_sweep
            )
            self._jobs.add(job)
            self._queue.waiting.append(job)
            self._kept.begin(job)
            self._advance()
            return job.id

    def expect(self, experiment: str, config: Config, visitor: str):
        """Say what the visitor may submit next: on an idle machine, its first loss is then there.

        On a cluster nothing is prepared.
        """
        if self._processes.slots is not None:
            return
        address = config.address(experiment)
        with self._lock:
            if not (self._jobs.joinable(address, visitor) or self._jobs.archived(address)):
                self._prepared.want(self._alone(experiment, config), self._clock())

    def prepared(self, experiment: str, config: Config) -> bool:
        """Whether that run would have its first loss at once, or very soon."""
        return self._prepared.has(self._alone(experiment, config))

    def job(self, job_id: str) -> JobView[Any] | None:
        """The job as it is now, or None if there is none of that id (any more)."""
        with self._lock:
            job = self._jobs.get(job_id)
            return job and job.view(self._clock())

    def recall(self, job_id: str) -> JobView[Any] | None:
        """The job, read from what is kept if it is no longer in memory; None if there is none.

        What this version has no settings for, or cannot read, is none.
        """
        if view := self.job(job_id):
            return view
        job = self._kept.find(job_id, self._clock())
        if job is None:
            return None
        with self._lock:
            self._jobs.add(job)
            self._jobs.expire(self._clock())
            return job.view(self._clock())

    def summary(self, job_id: str) -> tuple[JobView[Any], Sequence[Event]] | None:
        """A run that is kept, and its events without arrays and files; None as for ``recall``."""
        job = self._kept.find(job_id, self._clock(), arrays=False)
        return job and (job.view(self._clock()), job.events)

    def forget(self, job_ids: Collection[str]):
        """Drop jobs that were deleted; what is under way is ended, and tells so who watches it."""
        with self._lock:
            for job_id in job_ids:
                self._jobs.drop(job_id)
                if job := self._jobs.get(job_id):
                    self._end(job, Failed(reasons.KILLED), "stopped")

    def owns(self, job_id: str, visitor: str) -> bool:
        """Whether the visitor started that job."""
        with self._lock:
            job = self._jobs.get(job_id)
            return job is not None and job.visitor == visitor

    def events(self, job_id: str, since: int = 0) -> list[Event]:
        """The job's events from position ``since`` on; nothing if it is no longer here."""
        with self._lock:
            job = self._jobs.get(job_id)
            return job.events[since:] if job else []

    def times_s(self, job_id: str) -> list[float]:
        """When each event was said: seconds since the job's process began, without pauses."""
        with self._lock:
            job = self._jobs.get(job_id)
            return list(job.times_s) if job else []

    def result(self, job_id: str) -> Finished | Failed | None:
        """How the job ended; None as long as it has not, or if it is no longer here."""
        with self._lock:
            job = self._jobs.get(job_id)
            return job.result if job else None

    def pause(self, job_id: str, visitor: str):
        """Let the run wait at its next checkpoint. Raises Problem for a stranger or unknown id."""
        self._command(job_id, visitor, "pause")

    def resume(self, job_id: str, visitor: str):
        """Let the run go on. Raises Problem for a stranger or unknown id."""
        self._command(job_id, visitor, "resume")

    def step(self, job_id: str, visitor: str):
        """Let the run go on by one checkpoint. Raises Problem for a stranger or unknown id."""
        self._command(job_id, visitor, "step")

    def change(self, job_id: str, visitor: str, field: str, value: Any):
        """Change a live setting from the next checkpoint on; the run is then joined no more.

        Raises Problem for a stranger, an unknown id, a run that is over or a field that is not
        live; ConfigError for a value out of bounds.
        """
        with self._lock:
            job = self._owned(job_id, visitor)
            if job.ended:
                raise Problem(reasons.OVER)
            settings = type(job.config).parse({**job.settings.to_dict(), field: value})
            if not settings.specs()[field].live:
                raise Problem(reasons.NOT_LIVE, field=field)
            job.settings = settings
            self._jobs.detach(job)
        job.commands.send("change", field, getattr(settings, field))

    def stop(self, job_id: str, visitor: str):
        """End the run with what it has learned; by force if it takes too long.

        Raises Problem for a stranger or unknown id.
        """
        with self._lock:
            job = self._owned(job_id, visitor)
            if job.state in ("queued", "starting"):
                self._end(job, Failed(reasons.NEVER_BEGAN), "stopped")
            elif job.worker is None:  # its machine was lost, and there is no other one yet
                self._end(job, Failed(reasons.KILLED), "stopped")
            if job.ended:
                return
            self._jobs.detach(job)
            job.stop_by = job.stop_by or self._clock() + self._limits.stop_s
        job.commands.send("stop")

    def kill(self, job_id: str, visitor: str):
        """End the run at once, without a result. Raises Problem for a stranger or unknown id."""
        with self._lock:
            self._end(self._owned(job_id, visitor), Failed(reasons.KILLED), "stopped")

    def close(self):
        """End all jobs and their processes; blocks until they are gone."""
        with self._lock:
            self._closed.set()
            for job in self._queue.waiting + self._queue.running:
                self._end(job, Failed(reasons.SHUT_DOWN), "failed")
            followers = list(self._followers.values())
        self._prepared.clear()
        self._processes.close()
        for thread in (*followers, self._watcher):
            thread.join(_CLOSE_S)

    def _alone(self, experiment: str, config: Config) -> Task:
        """The run as the only one of this machine."""
        return Task(self._find, experiment, config, CORES)

    # --- with the lock held ---

    def _owned(self, job_id: str, visitor: str) -> Job:
        job = self._jobs.get(job_id)
        if job is None:
            raise Problem(reasons.NO_SUCH_RUN)
        if job.visitor != visitor:
            raise Problem(reasons.NOT_YOURS)
        return job

    def _advance(self):
        for job in self._queue.advance(self._clock()):
            job.state, job.place = "starting", 0
            threads = 1 if job.of_sweep else max(1, CORES // self._queue.single)
            of_sweep = job.of_sweep
            task = Task(self._find, job.experiment, job.config, threads, of_sweep=of_sweep)
            thread = threading.Thread(target=self._follow, args=(job, task), daemon=True)
            self._followers[job] = thread
            thread.start()

    def _end(self, job: Job, event: Finished | Failed, state: State, payload_bytes: int = 0):
        if job.ended:
            return
        job.append(event, self._clock(), payload_bytes)
        job.result, job.state, job.place, job.ended_at = event, state, 0, self._clock()
        if job.worker:
            job.worker.kill()
        if not self._closed.is_set():  # what that cuts off can be begun again
            self._kept.end(job)
        if state != "finished":
            self._jobs.detach(job)
        if job in self._queue.waiting:
            self._queue.leave(job)
            self._advance()
        self._jobs.expire(self._clock())

    def _handle(self, job: Job, message: Event | Crash, payload_bytes: int):
        match message:
            case Crash():
                logger.error("run %s (%s) crashed\n%s", job.id, job.experiment, message.traceback)
                self._fail(job, Failed(reasons.CRASHED))
            case Failed():
                self._fail(job, message)
            case Finished():
                self._end(job, message, "stopped" if message.stopped else "finished", payload_bytes)
            case _ if not job.ended:
                job.append(message, self._clock(), payload_bytes)
                self._update_state(job, message)

    def _update_state(self, job: Job, event: Event):
        match event:
            case Started():
                job.state, job.started_at = "running", self._clock()
            case Paused():
                job.state, job.paused_at = "paused", self._clock()
            case Resumed():
                job.paused_s = job.pause_s(self._clock())
                job.state, job.paused_at = "running", None

    def _fail(self, job: Job, failure: Failed):
        if not job.ended:
            logger.warning("run %s (%s): %s", job.id, job.experiment, failure.message)
        self._end(job, failure, "failed" if job.stop_by is None else "stopped")

    # --- without it ---

    def _have_again(self, address: str):
        """Read the run of an address that memory has let go, so that it is joined."""
        with self._lock:
            job_id = self._jobs.archived(address)
        if job_id and self.recall(job_id):
            with self._lock:
                self._jobs.join_again(job_id, address)

    def _make_room(self):
        """Let go of what the archive has, too, where it is much."""
        with self._lock:
            jobs = self._jobs.too_many()
        for job in filter(self._kept.has, jobs):
            with self._lock:
                self._jobs.let_go(job)
        if jobs:
            self._free_memory.give_back()

    def _receive(self, job: Job, message: Event | Crash, payload_bytes: int):
        with self._lock:
            self._handle(job, message, payload_bytes)

    def _command(self, job_id: str, visitor: str, command: str):
        with self._lock:
            job = self._owned(job_id, visitor)
        job.commands.send(command)

    def _follow(self, job: Job, task: Task):
        """A thread for each job, from before its process is there until it is gone."""
        failure = None
        while failure is None:
            failure = self._follow_one(job, task)
            with self._lock:
                if job.worker and job.worker.lost and not job.ended:
                    failure = begin_again(job, self._clock())
                    task = replace(task, again=Again.of(job.events))
        with self._lock:
            self._fail(job, failure)
            del self._followers[job]
            self._queue.leave(job)
            self._advance()

    def _follow_one(self, job: Job, task: Task) -> Failed:
        """Until one process of it is gone; returns as ``attend``."""
        try:
            worker = self._prepared.take(task) or self._processes.take(lambda: not job.ended)
        except Exception:
            if not job.ended:
                logger.exception("run %s could not be started", job.id)
            return Failed(reasons.NOT_STARTED)
        with self._lock:
            job.worker, job.began_at = worker, job.began_at or self._clock()
        receive = partial(self._receive, job)
        return attend(job, worker, task, self._limits.output_bytes, receive)

    def _watch(self):
        while not self._closed.wait(self._limits.watch_s):
            with self._lock:
                self._jobs.expire(self._clock())
                self._advance()  # where machines come and go
                jobs = [job for job in self._queue.running if not job.ended]
                idle = not (self._queue.running or self._queue.waiting)
            self._make_room()
            try:
                self._prepared.look(idle and self.ready, self._clock())
            except Exception:  # runs still want watching
                logger.exception("no run can be prepared")
                self._prepared.clear()
            for job in jobs:
                try:
                    failure = broken_limit(job, self._limits, self._clock())
                except Exception:  # the other jobs still want watching
                    logger.exception("run %s cannot be watched", job.id)
                    failure = Failed(reasons.NOT_WATCHED)
                if failure:
                    with self._lock:
                        self._fail(job, failure)
