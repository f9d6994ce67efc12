"""What a job's worker is told, in order, from before there is a worker."""

import threading
from typing import Any

from core.engine.processes import Worker
from core.engine.worker import Task


class Orders:
    """Keeps commands until the worker is there, then passes them on. Thread-safe."""

    def __init__(self):
        self._lock = threading.Lock()
        self._kept: list[tuple[Any, ...]] = []
        self._worker: Worker | None = None

    def give(self, *command: Any):
        """A command's name and arguments: a method of PipeControl."""
        with self._lock:
            if self._worker is None:
                self._kept.append(command)
            else:
                self._worker.send(command)

    def begin(self, worker: Worker, task: Task):
        """Hand over the task, and what was kept with it: it holds from the first checkpoint on."""
        with self._lock:
            self._worker = worker
            worker.send((task, self._kept))
