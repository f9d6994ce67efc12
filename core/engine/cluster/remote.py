"""A job's process on another machine, as the engine sees it."""

import asyncio
import contextlib
import pickle
from collections import deque
from typing import Any

from distributed import Future
from distributed.client import ClosedClientError

from core.data import uploads
from core.engine.cluster import names
from core.engine.local.worker import Task

_ENDED_S = 5.0
SILENT_S = 30.0  # a worker answers within a second, but for how busy its machine is


class RemoteWorker:
    """A process that a relay holds: a Worker.

    client: a ``distributed.Client``, whose calls wait or not as it is set up, which its types do
    not say. future: the task that is its slot. ticket: by which the relay at ``address`` knows it.
    """

    def __init__(self, client: Any, future: Future, ticket: str, address: str, threads: int):
        self.threads: int | None = threads
        self.lost = False
        self.address = address
        self._client, self._future, self._ticket = client, future, ticket
        self._in_order = asyncio.Lock()
        self._messages: deque[bytes] = deque()
        self._fetched = 0
        self._end: dict[str, Any] | None = None
        self._killed = False
        self._memory, self._memory_limit = 0, 2**62

    def send(self, message: Any):
        """As of Worker: it is passed on by the client's event loop, in order."""
        files = _files_of(message)
        self._client.loop.add_callback(self._pass_on, pickle.dumps(message), files)

    def receive(self, most_bytes: int) -> bytes | None:
        """As of Worker."""
        while not self._messages and not (self._end or self._killed):
            try:
                answer = self._client.sync(self._ask_on)
            except TimeoutError:  # it is there and does not answer: no other run may go to it
                self._client.loop.add_callback(self._retire)
                answer = None
            except (OSError, RuntimeError, asyncio.CancelledError):
                answer = None
            if answer is None:  # nobody there, or nobody who knows of it
                self.lost = not self._killed
                return None
            self._messages.extend(answer["messages"])
            self._fetched += len(answer["messages"])
            self._memory, self._end = answer["memory"], answer["end"]
        if not self._messages:
            if self._end and self._end["too_much"]:
                raise OSError("a message is too long")
            return None
        payload = self._messages.popleft()
        if len(payload) > most_bytes:
            raise OSError("a message is too long")
        return payload

    def memory(self, limit: int) -> int:
        """As of Worker: what its machine said when it was last asked, at most a second ago."""
        self._memory_limit = limit
        return self._memory

    def kill(self):
        """As of Worker; waits for nothing."""
        self._killed = True
        self._client.loop.add_callback(self.end)

    def dismiss(self) -> int | None:
        """As of Worker; its slot is free when it returns.

        Else Dask might have the next job wait where another one goes on: it chooses at once.
        """
        self.kill()
        if not self.lost:
            gone = OSError, RuntimeError, ClosedClientError, asyncio.CancelledError
            with contextlib.suppress(*gone):
                self._client.sync(self.end, callback_timeout=_ENDED_S)
        return self._end["status"] if self._end else None

    async def end(self):
        """Have the process ended and its slot given back; in the client's event loop."""
        with contextlib.suppress(OSError, RuntimeError):
            await self._ask(names.END)
        self._future.release()

    async def _ask_on(self) -> dict[str, Any] | None:
        question = {"since": self._fetched, "memory_limit": self._memory_limit}
        return await asyncio.wait_for(self._ask(names.ASK, **question), SILENT_S)

    async def _retire(self):
        with contextlib.suppress(OSError, RuntimeError):
            await self._client.scheduler.retire_workers(workers=[self.address])

    async def _ask(self, verb: str, **question: Any) -> Any:
        return await getattr(self._client.rpc(self.address), verb)(ticket=self._ticket, **question)

    async def _pass_on(self, payload: bytes, files: list[str]):
        async with self._in_order:
            with contextlib.suppress(OSError, RuntimeError):  # whoever receives hears of it, too
                there = self._client.rpc(self.address)
                if files:
                    files = sorted({*files} - {*await getattr(there, names.HAVE)(files=files)})
                for name in files:
                    raw = await asyncio.to_thread((uploads.folder() / name).read_bytes)
                    await getattr(there, names.KEEP)(name=name, raw=raw)
                await self._ask(names.TELL, payload=payload)


def _files_of(message: Any) -> list[str]:
    """The names of the uploaded files that a message's task reads."""
    if not (isinstance(message, tuple) and isinstance(message[0], Task)):
        return []
    config = message[0].config
    digests = [getattr(config, name) for name, spec in config.specs().items() if spec.upload]
    return [name for digest in digests for name in uploads.files_named(digest)]
