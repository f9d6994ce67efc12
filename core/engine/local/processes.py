"""How a job gets its process: forked from one that has imported Keras, or a spare one kept warm."""

import contextlib
import multiprocessing
import os
import sys
import threading
import time
from collections.abc import Callable, Iterator
from multiprocessing import spawn
from pathlib import Path
from typing import Any, Protocol

import psutil

from core.engine.local.local_worker import LocalWorker, Worker, children
from core.engine.local.worker import serve

PRELOAD = "core.engine.local.preload"
_NAME = "pangloss-job"
_DYING_S = 0.5
_ENVIRONMENT = {
    "KERAS_BACKEND": "tensorflow",
    "TF_CPP_MIN_LOG_LEVEL": "3",
    "OPENBLAS_NUM_THREADS": "1",  # threads that exist before a fork are lost in it
    "OMP_NUM_THREADS": "1",
}


def always() -> bool:
    """True."""
    return True


class Processes(Protocol):
    """Where workers come from.

    ready: the last of them was born with the preload. slots: how many there can be at once, None
    where that is not said but limited.
    """

    ready: bool
    slots: int | None

    def warm(self) -> None:
        """Prepare for the first ``take``; blocks for seconds. Raises OSError."""
        ...

    def take(self, wanted: Callable[[], bool] = always) -> Worker:
        """A worker for one job. Raises OSError if none can be started.

        wanted: whether it still is; asked where one may have to wait for a machine.
        """
        ...

    def close(self) -> None:
        """End what is kept for later."""
        ...


class Forked:
    """Workers forked from a server process that has imported the preload (Linux)."""

    slots: int | None = None

    def __init__(self, preload: str = PRELOAD):
        self._preload = preload
        self._context = multiprocessing.get_context("forkserver")
        self.ready = False

    def warm(self):
        """Start the fork server and prove, by a probe, that it has the preload."""
        self.take().dismiss()

    def take(self, wanted: Callable[[], bool] = always) -> LocalWorker:
        """A fork; it waits for the fork server's imports if they are under way."""
        try:
            return self._fork()
        except OSError:  # the fork server was killed and is started anew once it is gone
            time.sleep(_DYING_S)
            return self._fork()

    def close(self):
        """Nothing is kept: the fork server ends with this process."""

    def _fork(self) -> LocalWorker:
        with children:
            self._context.set_forkserver_preload([self._preload])
            worker = _start(self._context, self._preload, import_now=False)
        self.ready = worker.hello()
        return worker


class Spare:
    """Workers started afresh (macOS, Windows), the next one always ahead of time."""

    slots: int | None = None

    def __init__(self, preload: str = PRELOAD):
        self._preload = preload
        self._context = multiprocessing.get_context("spawn")
        self._lock = threading.Lock()
        self._spare: LocalWorker | None = None
        self._closed = False
        self.ready = False

    def warm(self):
        """Have a spare that has imported the preload."""
        with self._lock:
            if self._spare is None and not self._closed:
                worker = self._new()
                self.ready = worker.hello()
                self._spare = worker

    def take(self, wanted: Callable[[], bool] = always) -> LocalWorker:
        """The spare if it still lives; the next one is prepared meanwhile."""
        with self._lock:
            worker, self._spare = self._spare, None
        if worker is not None and worker.gone():
            worker.dismiss()
            worker = None
        if worker is None:
            worker = self._new()
            self.ready = worker.hello()
        threading.Thread(target=self._refill, name="pangloss-spare", daemon=True).start()
        return worker

    def close(self):
        """End the spare."""
        self._closed = True
        with self._lock:
            worker, self._spare = self._spare, None
        if worker is not None:
            worker.dismiss()

    def _refill(self):
        with contextlib.suppress(OSError):
            self.warm()

    def _new(self) -> LocalWorker:
        with children:
            return _start(self._context, self._preload, import_now=True)


def for_this_machine(preload: str = PRELOAD) -> Forked | Spare:
    """Forks on Linux; spares elsewhere, where forking after TensorFlow's import is unsafe."""
    return Forked(preload) if sys.platform == "linux" else Spare(preload)


def _start(context: Any, preload: str, import_now: bool) -> LocalWorker:
    ours, theirs = context.Pipe()
    with _environment():
        process = context.Process(
            target=serve, args=(theirs, preload, import_now), name=_NAME, daemon=True
        )
        try:
            process.start()
            return LocalWorker(process, ours)
        except (EOFError, psutil.NoSuchProcess) as gone:
            raise OSError("the process for a job died at birth") from gone
        finally:
            theirs.close()  # so that the pipe ends when the process does


@contextlib.contextmanager
def _environment() -> Iterator[None]:
    """The environment that a new interpreter needs from its first import on.

    A fork server ignores sys.path when it preloads (CPython issue 117378), hence PYTHONPATH.
    """
    root = str(Path(__file__).resolve().parents[3])
    path = os.pathsep.join(filter(None, [root, os.environ.get("PYTHONPATH")]))
    before = dict(os.environ)
    os.environ.update(_ENVIRONMENT, PYTHONPATH=path)
    try:
        yield
    finally:
        for name in (*_ENVIRONMENT, "PYTHONPATH"):
            if name in before:
                os.environ[name] = before[name]
            else:
                del os.environ[name]


_preparation_data = spawn.get_preparation_data


def _preparation_data_without_main(name: str) -> dict[str, Any]:
    """What multiprocessing tells a new process, without the script that it would run again.

    Under Streamlit the main module is the page that happens to be rendered.
    """
    data = _preparation_data(name)
    if name == _NAME:
        data.pop("init_main_from_name", None)
        data.pop("init_main_from_path", None)
    return data


spawn.get_preparation_data = _preparation_data_without_main
