"""A job's commands, in order, from before there is a worker."""

import threading
from collections.abc import Iterable
from typing import Any

from core.engine.local.local_worker import Worker
from core.engine.local.worker import Task


class CommandQueue:
    """Keeps commands until the worker is there, then passes them on. Thread-safe."""

    def __init__(self):
        self._lock = threading.Lock()
        self._pending: list[tuple[Any, ...]] = []
        self._worker: Worker | None = None
        self._paused = False

    def send(self, *command: Any):
        """A command's name and arguments: a method of PipeControl."""
        with self._lock:
            self._paused = {"pause": True, "step": True, "resume": False}.get(
                command[0], self._paused
            )
            if self._worker is None:
                self._pending.append(command)
            else:
                self._worker.send(command)

    def start(self, worker: Worker, task: Task):
        """Send the task with the pending commands: they hold from the first checkpoint on."""
        with self._lock:
            self._worker = worker
            worker.send((task, self._pending))

    def begin_again(self, changes: Iterable[tuple[str, Any]], stop: bool):
        """Forget the worker, which is lost; what it may not have heard waits for the next one.

        changes: fields and values that the run was to change to and has not. stop: it is to stop.
        """
        with self._lock:
            self._worker = None
            self._pending = [("change", field, value) for field, value in changes]
            self._pending += [("pause",)] if self._paused else []
            self._pending += [("stop",)] if stop else []
