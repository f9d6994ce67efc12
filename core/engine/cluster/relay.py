"""The worker's side: it holds jobs' processes, and hands on what they say when it is asked."""

import asyncio
import contextlib
import logging
import time
from collections import deque
from typing import Any

from core.data import uploads
from core.engine.cluster import names
from core.engine.limits import CORES, Limits
from core.engine.local.local_worker import LocalWorker
from core.engine.local.processes import Forked, Spare

logger = logging.getLogger(__name__)

ASKED_S = 1.0  # how long a question waits for something to say
_LEASE_S = 60.0  # whose server has not asked for so long is ended: it is gone
_KEPT_S = 60.0  # how long what has ended can be asked for its rest
_ROOM_BYTES = 8 * 2**20  # of messages that have not been fetched: then the process has to wait
_ANSWER_BYTES = 4 * 2**20


class Held:
    """A job's process on this machine, and what it has said that was not fetched yet.

    All of it happens in the worker's event loop, but for the process's own messages.
    """

    def __init__(self, worker: LocalWorker):
        self.worker = worker
        self.asked_at = time.monotonic()
        self.ended_at: float | None = None
        self._messages: deque[bytes] = deque()
        self._first = 0  # the number of the first of them
        self._end: dict[str, Any] | None = None
        self._dropped = False
        self._changed = asyncio.Condition()

    async def put(self, payload: bytes):
        """Take a message as soon as there is room for it."""
        async with self._changed:
            await self._changed.wait_for(self._has_room)
            self._messages.append(payload)
            self._changed.notify_all()

    async def drop(self):
        """End the process; whoever asks for it hears that it is lost."""
        self._dropped = True
        self.worker.kill()
        async with self._changed:
            self._changed.notify_all()

    async def end(self, status: int | None, too_much: bool):
        """Note that the process is gone. status: as of ``Worker.dismiss``."""
        async with self._changed:
            self._end = {"status": status, "too_much": too_much}
            self.ended_at = time.monotonic()
            self._changed.notify_all()

    async def ask(self, since: int, memory_limit: int) -> dict[str, Any] | None:
        """The messages from number ``since`` on, those before it having arrived; waits for one.

        memory: the process's unique memory in bytes, as ``Worker.memory`` of that limit. end: how
        it went, with its last messages. None if it was dropped.
        """
        self.asked_at = time.monotonic()
        async with self._changed:
            while self._first < since and self._messages:
                self._messages.popleft()
                self._first += 1
            self._changed.notify_all()
            if not self._messages and not self._end:
                with contextlib.suppress(TimeoutError):
                    await asyncio.wait_for(self._changed.wait_for(self._has_news), ASKED_S)
            if self._dropped:
                return None
            some, size = [], 0
            for message in self._messages:
                some.append(message)
                size += len(message)
                if size >= _ANSWER_BYTES:
                    break
            is_last = len(some) == len(self._messages)
        memory = 0 if self._end else self.worker.memory(memory_limit)
        return {"messages": some, "memory": memory, "end": self._end if is_last else None}

    def _has_room(self) -> bool:
        return self._dropped or sum(map(len, self._messages)) < _ROOM_BYTES

    def _has_news(self) -> bool:
        return bool(self._messages or self._end or self._dropped)


class Relay:
    """What a Dask worker has of ours: processes by ticket. ``dask`` is the worker.

    slots: how many jobs it takes at once.
    """

    def __init__(self, dask: Any, processes: Forked | Spare, slots: int):
        self._dask, self._processes, self.slots = dask, processes, slots
        self._held: dict[str, Held] = {}
        self._loop = asyncio.get_running_loop()
        dask.handlers |= {
            names.ASK: self._ask,
            names.TELL: self._tell,
            names.END: self._dismiss,
            names.HAVE: self._have,
            names.KEEP: self._keep,
        }
        dask.extensions[names.RELAY] = self
        self._tidying = self._loop.create_task(self._tidy())

    def hold(self, ticket: str, topic: str):
        """Have a process for a job until it ends; blocks: in a thread, which is the job's slot.

        The server hears by ``topic`` where it is, and gives it its task.
        """
        try:
            worker = self._processes.take()
        except OSError as error:
            logger.error("no process for a job: %s", error)
            self._dask.log_event(topic, {"ticket": ticket, "address": ""})
            return
        held = self._held[ticket] = Held(worker)
        running = sum(one.ended_at is None for one in list(self._held.values()))
        place = {"address": self._dask.contact_address or self._dask.address}
        threads = max(1, CORES // running)
        self._dask.log_event(topic, {"ticket": ticket, "threads": threads, **place})
        too_much = False
        try:
            while (payload := worker.receive(Limits().output_bytes)) is not None:
                asyncio.run_coroutine_threadsafe(held.put(payload), self._loop).result()
        except OSError:
            too_much = True
            worker.kill()
        except BaseException:  # the worker closes
            worker.kill()
        status = worker.dismiss()
        if not self._loop.is_closed():
            asyncio.run_coroutine_threadsafe(held.end(status, too_much), self._loop)

    async def close(self):
        """End all processes: Dask calls it when the worker closes."""
        self._tidying.cancel()
        for held in self._held.values():
            await held.drop()
        self._processes.close()

    async def _ask(self, ticket: str, since: int, memory_limit: int) -> dict[str, Any] | None:
        held = self._held.get(ticket)
        return await held.ask(since, memory_limit) if held else None

    async def _tell(self, ticket: str, payload: bytes) -> None:
        if held := self._held.get(ticket):
            # A pipe that is full waits for the job.
            await asyncio.to_thread(held.worker.pass_on, payload)

    async def _dismiss(self, ticket: str) -> None:
        if held := self._held.pop(ticket, None):
            await held.drop()

    async def _have(self, files: list[str]) -> list[str]:
        return [name for name in files if uploads.has_file(name)]

    async def _keep(self, name: str, raw: bytes) -> None:
        await asyncio.to_thread(uploads.keep_file, name, raw)

    async def _tidy(self):
        while True:
            await asyncio.sleep(1)
            now = time.monotonic()
            for ticket, held in list(self._held.items()):
                if now - held.asked_at > _LEASE_S:
                    await held.drop()
                if held.ended_at is not None and now - held.ended_at > _KEPT_S:
                    self._held.pop(ticket, None)
