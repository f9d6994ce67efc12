"""How a job gets its process: forked from one that has imported Keras, or a spare one kept warm."""

import contextlib
import multiprocessing
import os
import sys
import threading
import time
from collections.abc import Iterator
from multiprocessing import connection, spawn
from multiprocessing.process import BaseProcess
from pathlib import Path
from typing import Any, Protocol

import psutil

from core.engine.worker import serve

PRELOAD = "core.engine.preload"
_NAME = "pangloss-job"
_HELLO_S = 120  # an import of Keras from a cold disk takes long
_GONE_S = 5
_DYING_S = 0.5
_ENVIRONMENT = {
    "KERAS_BACKEND": "tensorflow",
    "TF_CPP_MIN_LOG_LEVEL": "3",
    "OPENBLAS_NUM_THREADS": "1",  # threads that exist before a fork are lost in it
    "OMP_NUM_THREADS": "1",
}

# Calls that poll multiprocessing's children read their exit status, which can be read only once.
_children = threading.RLock()


class Worker:
    """A process that waits for a Task, and the pipe to it."""

    def __init__(self, process: BaseProcess, pipe: connection.Connection):
        self._process = process
        self._pipe = pipe
        self._sending = threading.Lock()
        self.seen = psutil.Process(process.pid)

    def hello(self) -> bool:
        """Wait until it lives; return whether it was born with the preload. Raises OSError."""
        with contextlib.suppress(EOFError):
            if self._pipe.poll(_HELLO_S):
                return self._pipe.recv()
        self.dismiss()
        raise OSError("the process for a job did not start")

    def send(self, message: Any):
        """Send a message; a worker that is gone is no error."""
        with self._sending, contextlib.suppress(OSError):
            self._pipe.send(message)

    def receive(self, most_bytes: int) -> bytes | None:
        """Wait for a message; None when it is gone. Raises OSError if the message is longer."""
        try:
            return self._pipe.recv_bytes(most_bytes)
        except (EOFError, ConnectionError):
            return None

    def gone(self) -> bool:
        """Whether its process has ended."""
        return bool(connection.wait([self._process.sentinel], timeout=0))

    def kill(self):
        """End it at once."""
        with contextlib.suppress(psutil.Error):
            self.seen.kill()

    def dismiss(self) -> int | None:
        """Close the pipe, see that the process goes, and return its exit status (-9: SIGKILL)."""
        with self._sending:
            self._pipe.close()
        if not connection.wait([self._process.sentinel], _GONE_S):
            self.kill()
            if not connection.wait([self._process.sentinel], _GONE_S):
                return None
        with _children:
            self._process.join()  # a moment: it has closed all its files
            status = self._process.exitcode
            self._process.close()
        return status


class Processes(Protocol):
    """Where workers come from. ``ready``: the last of them was born with the preload."""

    ready: bool

    def warm(self) -> None:
        """Prepare for the first ``take``; blocks for seconds. Raises OSError."""
        ...

    def take(self) -> Worker:
        """A worker for one job. Raises OSError if none can be started."""
        ...

    def close(self) -> None:
        """End what is kept for later."""
        ...


class Forked:
    """Workers forked from a server process that has imported the preload (Linux)."""

    def __init__(self, preload: str = PRELOAD):
        self._preload = preload
        self._context = multiprocessing.get_context("forkserver")
        self.ready = False

    def warm(self):
        """Start the fork server and prove, by a probe, that it has the preload."""
        self.take().dismiss()

    def take(self) -> Worker:
        """A fork; it waits for the fork server's imports if they are under way."""
        try:
            return self._fork()
        except OSError:  # the fork server was killed and is started anew once it is gone
            time.sleep(_DYING_S)
            return self._fork()

    def close(self):
        """Nothing is kept: the fork server ends with this process."""

    def _fork(self) -> Worker:
        with _children:
            self._context.set_forkserver_preload([self._preload])
            worker = _start(self._context, self._preload, import_now=False)
        self.ready = worker.hello()
        return worker


class Spare:
    """Workers started afresh (macOS, Windows), the next one always ahead of time."""

    def __init__(self, preload: str = PRELOAD):
        self._preload = preload
        self._context = multiprocessing.get_context("spawn")
        self._lock = threading.Lock()
        self._spare: Worker | None = None
        self._closed = False
        self.ready = False

    def warm(self):
        """Have a spare that has imported the preload."""
        with self._lock:
            if self._spare is None and not self._closed:
                worker = self._new()
                self.ready = worker.hello()
                self._spare = worker

    def take(self) -> Worker:
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

    def _new(self) -> Worker:
        with _children:
            return _start(self._context, self._preload, import_now=True)


def for_this_machine(preload: str = PRELOAD) -> Processes:
    """Forks on Linux; spares elsewhere, where forking after TensorFlow's import is unsafe."""
    return Forked(preload) if sys.platform == "linux" else Spare(preload)


def _start(context: Any, preload: str, import_now: bool) -> Worker:
    ours, theirs = context.Pipe()
    with _environment():
        process = context.Process(
            target=serve, args=(theirs, preload, import_now), name=_NAME, daemon=True
        )
        try:
            process.start()
            return Worker(process, ours)
        except (EOFError, psutil.NoSuchProcess) as gone:
            raise OSError("the process for a job died at birth") from gone
        finally:
            theirs.close()  # so that the pipe ends when the process does


@contextlib.contextmanager
def _environment() -> Iterator[None]:
    """The environment that a new interpreter needs from its first import on.

    A fork server ignores sys.path when it preloads (CPython issue 117378), hence PYTHONPATH.
    """
    root = str(Path(__file__).resolve().parents[2])
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
