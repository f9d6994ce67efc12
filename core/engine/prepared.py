"""The run that may be asked for next: its process has made its first step, and waits."""

import threading

from core.engine.limits import Limits
from core.engine.local.local_worker import Worker
from core.engine.local.processes import Processes
from core.engine.local.worker import Task

_STILL_S = 0.5


class Prepared:
    """At most one such run, what was wanted last. Thread-safe.

    What takes time before a first loss is the same whoever waits for it: a network is traced, data
    are read. While nothing runs, that is done before somebody waits. Times are of the engine's
    clock, in s.
    """

    def __init__(self, processes: Processes, limits: Limits):
        self._processes, self._limits = processes, limits
        self._lock = threading.Lock()
        self._wanted: Task | None = None
        self._task: Task | None = None  # of the worker
        self._worker: Worker | None = None
        self._since = 0.0  # when the one or the other was last wanted

    def want(self, task: Task, now: float):
        """Say what may be asked for next."""
        with self._lock:
            self._wanted = None if task == self._task else task
            self._since = now

    def look(self, idle: bool, now: float):
        """Begin what is wanted, and end what waits too long or takes too much; may wait for a fork.

        idle: nothing runs or waits, and a process is there at once. Raises what keeps a process
        from being born.
        """
        with self._lock:
            wanted, worker, since_s = self._wanted, self._worker, now - self._since
        if worker and (since_s > self._limits.prepared_s or not self._sound(worker)):
            self._let_go(worker)
        elif wanted and idle and since_s >= _STILL_S and self._limits.prepared_s:
            if worker:
                self._let_go(worker)
            self._begin(wanted)

    def take(self, task: Task) -> Worker | None:
        """The process that has prepared just this task; any other is in its way, and is ended."""
        with self._lock:
            worker, prepared = self._worker, self._task
            self._worker = self._task = self._wanted = None
        if worker and prepared == task and self._sound(worker):
            return worker
        _end(worker)
        return None

    def has(self, task: Task) -> bool:
        """Whether just this task is prepared, or about to be."""
        with self._lock:
            return self._worker is not None and self._task == task

    def clear(self):
        """End it, and forget what is wanted."""
        with self._lock:
            worker, self._worker, self._task, self._wanted = self._worker, None, None, None
        _end(worker)

    def _begin(self, task: Task):
        worker = self._processes.take()
        worker.send((task, None))
        with self._lock:
            if self._wanted is task:
                self._worker, self._task, self._wanted = worker, task, None
                return
        _end(worker)

    def _let_go(self, worker: Worker):
        with self._lock:
            ours = self._worker is worker  # nobody has taken it meanwhile
            if ours:
                self._worker = self._task = None
        _end(worker if ours else None)

    def _sound(self, worker: Worker) -> bool:
        return 0 < worker.memory(self._limits.memory_bytes) <= self._limits.memory_bytes


def _end(worker: Worker | None):
    if worker:
        worker.kill()
        worker.dismiss()
