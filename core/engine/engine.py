"""The engine: what pages ask to start, watch and steer runs."""

import logging
import pickle
import secrets
import threading
import time
from collections.abc import Callable
from typing import Any

from core import experiments
from core.engine import reasons
from core.engine.jobs import Job, JobView, State
from core.engine.limits import CORES, Limits
from core.engine.processes import Processes, Worker, for_this_machine
from core.engine.queue import Queue
from core.engine.shelf import Shelf
from core.engine.watch import broken_limit
from core.engine.worker import Crash, Task
from core.events import Event, Failed, Finished, Paused, Resumed, Started
from core.experiments.kit.config import Config
from core.messages import Problem

logger = logging.getLogger(__name__)

_CLOSE_S = 10


class Engine:
    """Runs experiments, each in a process of its own.

    Thread-safe; no method but ``warm`` and ``close`` waits for a process.
    find: experiment name -> Experiment, importable by a new process.
    processes: where jobs get their processes. clock: seconds, for limits and expiry.
    """

    def __init__(
        self,
        limits: Limits | None = None,
        *,
        find: Callable[[str], experiments.Experiment] = experiments.experiment,
        processes: Processes | None = None,
        clock: Callable[[], float] = time.monotonic,
    ):
        self._limits = limits or Limits()
        self._find = find
        self._processes = processes or for_this_machine()
        self._clock = clock
        self._lock = threading.RLock()
        self._shelf = Shelf(self._limits)
        self._queue = Queue(self._limits)
        self._followers: dict[Job, threading.Thread] = {}
        self._closed = threading.Event()
        self._watcher = threading.Thread(target=self._watch, name="pangloss-watch", daemon=True)
        self._watcher.start()

    @property
    def ready(self) -> bool:
        """Whether a job's process was proven to be born with the preload."""
        return self._processes.ready

    def warm(self):
        """Prepare for the first job; blocks for seconds, so call it in a thread. Raises OSError."""
        self._processes.warm()

    def submit(self, experiment: str, config: Config, visitor: str) -> str:
        """Start a run, or join the identical one that is queued, under way or finished.

        Returns the job's id. Raises Problem for an unknown experiment, if the visitor already has
        a run waiting, or if too many runs wait.
        """
        if not isinstance(config, self._find(experiment).Config):
            raise TypeError(f"{type(config).__name__} is not the Config of {experiment}")
        address = config.address(experiment)
        with self._lock:
            self._shelf.tidy(self._clock())
            same = self._shelf.at(address, visitor)
            if same:
                return same.id
            if self._closed.is_set():
                raise Problem(reasons.CLOSED)
            self._queue.admit(visitor)
            job = Job(secrets.token_urlsafe(12), experiment, config, visitor, address)
            self._shelf.put(job)
            self._queue.waiting.append(job)
            self._advance()
            return job.id

    def job(self, job_id: str) -> JobView | None:
        """The job as it is now, or None if there is none of that id (any more)."""
        with self._lock:
            job = self._shelf.get(job_id)
            return job and job.view()

    def owns(self, job_id: str, visitor: str) -> bool:
        """Whether the visitor started that job."""
        with self._lock:
            job = self._shelf.get(job_id)
            return job is not None and job.visitor == visitor

    def events(self, job_id: str, since: int = 0) -> list[Event]:
        """What the job has said from position ``since`` on; nothing if it is no longer here."""
        with self._lock:
            job = self._shelf.get(job_id)
            return job.events[since:] if job else []

    def result(self, job_id: str) -> Finished | Failed | None:
        """How the job ended; None as long as it has not, or if it is no longer here."""
        with self._lock:
            job = self._shelf.get(job_id)
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
            self._shelf.part(job)
        job.orders.give("change", field, getattr(settings, field))

    def stop(self, job_id: str, visitor: str):
        """End the run with what it has learned; by force if it takes too long.

        Raises Problem for a stranger or unknown id.
        """
        with self._lock:
            job = self._owned(job_id, visitor)
            if job.state in ("queued", "starting"):
                self._end(job, Failed(reasons.NEVER_BEGAN), "stopped")
            if job.ended:
                return
            self._shelf.part(job)
            job.stop_by = job.stop_by or self._clock() + self._limits.stop_s
        job.orders.give("stop")

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
        self._processes.close()
        for thread in (*followers, self._watcher):
            thread.join(_CLOSE_S)

    # --- with the lock held ---

    def _owned(self, job_id: str, visitor: str) -> Job:
        job = self._shelf.get(job_id)
        if job is None:
            raise Problem(reasons.NO_SUCH_RUN)
        if job.visitor != visitor:
            raise Problem(reasons.NOT_YOURS)
        return job

    def _advance(self):
        for job in self._queue.advance():
            job.state, job.place = "starting", 0
            threads = max(1, CORES // len(self._queue.running))
            task = Task(self._find, job.experiment, job.config, threads)
            thread = threading.Thread(target=self._follow, args=(job, task), daemon=True)
            self._followers[job] = thread
            thread.start()

    def _end(self, job: Job, event: Finished | Failed, state: State, payload_bytes: int = 0):
        if job.ended:
            return
        job.say(event, payload_bytes)
        job.result, job.state, job.place, job.ended_at = event, state, 0, self._clock()
        if job.worker:
            job.worker.kill()
        if state != "finished":
            self._shelf.part(job)
        if job in self._queue.waiting:
            self._queue.leave(job)
            self._advance()
        self._shelf.tidy(self._clock())

    def _hear(self, job: Job, message: Event | Crash, payload_bytes: int):
        match message:
            case Crash():
                logger.error("run %s (%s) crashed\n%s", job.id, job.experiment, message.traceback)
                self._lose(job, Failed(reasons.CRASHED))
            case Failed():
                self._lose(job, message)
            case Finished():
                self._end(job, message, "stopped" if message.stopped else "finished", payload_bytes)
            case _ if not job.ended:
                job.say(message, payload_bytes)
                self._note(job, message)

    def _note(self, job: Job, event: Event):
        match event:
            case Started():
                job.state = "running"
            case Paused():
                job.state, job.paused_at = "paused", self._clock()
            case Resumed():
                job.paused_s = job.pause_s(self._clock())
                job.state, job.paused_at = "running", None

    def _lose(self, job: Job, failure: Failed):
        if not job.ended:
            logger.warning("run %s (%s): %s", job.id, job.experiment, failure.message)
        self._end(job, failure, "failed" if job.stop_by is None else "stopped")

    # --- without it ---

    def _command(self, job_id: str, visitor: str, command: str):
        with self._lock:
            job = self._owned(job_id, visitor)
        job.orders.give(command)

    def _follow(self, job: Job, task: Task):
        """A thread for each job, from before its process is there until it is gone."""
        try:
            worker = self._processes.take()
        except Exception:
            logger.exception("run %s could not be started", job.id)
            failure = Failed(reasons.NOT_STARTED)
        else:
            failure = self._attend(job, worker, task)
        with self._lock:
            self._lose(job, failure)
            del self._followers[job]
            self._queue.leave(job)
            self._advance()

    def _attend(self, job: Job, worker: Worker, task: Task) -> Failed:
        """Hear what the worker says until it is gone; return why, should the job not know yet."""
        with self._lock:
            job.worker, job.began_at = worker, self._clock()
        failure = None
        try:
            if not job.ended:
                job.orders.begin(worker, task)
            self._listen(job, worker)
        except OSError:
            failure = Failed(reasons.TOO_MUCH, {"limit": f"{self._limits.said_bytes / 2**20:g}"})
        except Exception:
            logger.exception("run %s (%s) cannot be followed", job.id, job.experiment)
            failure = Failed(reasons.CRASHED)
        if failure or job.ended:
            worker.kill()
        status = worker.dismiss()
        return failure or _death(status)

    def _listen(self, job: Job, worker: Worker):
        """Until the job has ended or the worker is gone. Raises OSError if it says too much."""
        while not job.ended:
            payload = worker.receive(max(0, self._limits.said_bytes - job.said_bytes))
            if payload is None:
                return
            message = pickle.loads(payload)  # from our own child, which unpickles nothing foreign
            with self._lock:
                self._hear(job, message, len(payload))

    def _watch(self):
        while not self._closed.wait(self._limits.watch_s):
            with self._lock:
                self._shelf.tidy(self._clock())
                jobs = [job for job in self._queue.running if not job.ended]
            for job in jobs:
                try:
                    failure = broken_limit(job, self._limits, self._clock())
                except Exception:  # the other jobs still want watching
                    logger.exception("run %s cannot be watched", job.id)
                    failure = Failed(reasons.NOT_WATCHED)
                if failure:
                    with self._lock:
                        self._lose(job, failure)


def _death(status: int | None) -> Failed:
    if status == -9:
        return Failed(reasons.KILLED_FROM_OUTSIDE)
    return Failed(reasons.BROKE_DOWN, {"status": status})
