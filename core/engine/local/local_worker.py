"""A process that runs a job: what is asked of any, and how one of this machine does it."""

import contextlib
import threading
from multiprocessing import connection
from multiprocessing.process import BaseProcess
from typing import Any, Protocol

import psutil

_HELLO_S = 120  # an import of Keras from a cold disk takes long
_GONE_S = 5

# Calls that poll multiprocessing's children read their exit status, which can be read only once.
children = threading.RLock()


class Worker(Protocol):
    """A process that waits for a Task: of this machine, or of another one.

    threads: how many it may compute with, where its machine says that. lost: its machine went, with
    all that it knew; the run is to begin again on another one.
    """

    threads: int | None
    lost: bool

    def send(self, message: Any) -> None:
        """Send a message; a worker that is gone is no error. Waits for nothing far away."""
        ...

    def receive(self, most_bytes: int) -> bytes | None:
        """Wait for a message; None when it is gone. Raises OSError if the message is longer."""
        ...

    def memory(self, limit: int) -> int:
        """The memory that only this process has, in bytes, or below ``limit`` an upper bound."""
        ...

    def kill(self) -> None:
        """End it at once."""
        ...

    def dismiss(self) -> int | None:
        """See that the process goes, and return its exit status (-9: SIGKILL)."""
        ...


class LocalWorker:
    """A process of this machine, and the pipe to it: a Worker."""

    threads: int | None = None
    lost: bool = False

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

    def pass_on(self, payload: bytes):
        """Send a message that another machine has pickled."""
        with self._sending, contextlib.suppress(OSError):
            self._pipe.send_bytes(payload)

    def receive(self, most_bytes: int) -> bytes | None:
        """Wait for a message; None when it is gone. Raises OSError if the message is longer."""
        try:
            return self._pipe.recv_bytes(most_bytes)
        except (EOFError, ConnectionError):
            return None

    def memory(self, limit: int) -> int:
        """As of Worker; 0 once it is gone."""
        return unique_memory(self.seen, limit)

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
        with children:
            self._process.join()  # a moment: it has closed all its files
            status = self._process.exitcode
            self._process.close()
        return status


def unique_memory(process: psutil.Process, limit: int) -> int:
    """The memory that only this process has, in bytes; 0 once it is gone.

    Below ``limit`` an upper bound of it will do: the resident set is a hundred times faster to ask
    for, but counts what is shared with the fork server.
    """
    try:
        resident = process.memory_info().rss
        return resident if resident <= limit else process.memory_full_info().uss
    except psutil.NoSuchProcess:
        return 0
