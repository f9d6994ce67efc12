"""A job's commands, in order, from before there is a worker."""

import threading
from typing import Any

from core.engine.local_worker import Worker
from core.engine.worker import Task


class CommandQueue:
    """Keeps commands until the worker is there, then passes them on. Thread-safe."""

    def __init__(self):
        self._lock = threading.Lock()
        self._pending: list[tuple[Any, ...]] = []
        self._worker: Worker | None = None

    def send(self, *command: Any):
        """A command's name and arguments: a method of PipeControl."""
        with self._lock:
            if self._worker is None:
                self._pending.append(command)
            else:
                self._worker.send(command)

    def start(self, worker: Worker, task: Task):
        """Send the task with the pending commands: they hold from the first checkpoint on."""
        with self._lock:
            self._worker = worker
            worker.send((task, self._pending))
