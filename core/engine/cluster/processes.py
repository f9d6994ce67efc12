"""Processes of a cluster: the server's side."""

import contextlib
import logging
import secrets
import threading
import weakref
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from distributed import Client
from distributed.client import ClosedClientError

from core import __version__
from core.engine.cluster import names
from core.engine.cluster.remote import RemoteWorker
from core.engine.cluster.task import hold
from core.engine.local.processes import always

logger = logging.getLogger(__name__)

_LOOK_S = 1.0  # how often the workers are counted, and a scheduler that is gone is called again
_CONNECT_S = 5
_WARM_S = 10
_WAIT_S = 0.1


@dataclass
class _Asked:
    """A process that was asked for; place: where it is, once that is heard."""

    heard: threading.Event = field(default_factory=threading.Event)
    place: dict[str, Any] = field(default_factory=dict)


class Cluster:
    """Processes on the workers of a Dask scheduler, of those of our own version: Processes.

    address: the scheduler's, as tcp://HOST:PORT or tls://HOST:PORT. While it cannot be reached
    there is no slot, and jobs wait. most: how many slots may be taken, None for all there are.
    """

    def __init__(self, address: str, most: int | None = None):
        self.address, self._most = address, most
        self.slots: int | None = 0
        self.ready = False
        self._topic = f"pangloss-{secrets.token_hex(8)}"
        self._client: Any = None  # a Client, while there is a link
        self._asked: dict[str, _Asked] = {}
        self._live: weakref.WeakSet[RemoteWorker] = weakref.WeakSet()
        self._linked, self._closed = threading.Event(), threading.Event()
        self._linking = threading.Thread(target=self._link, name="pangloss-cluster", daemon=True)
        self._linking.start()

    def warm(self):
        """Wait until the scheduler answers. Raises OSError if it does not."""
        if not self._linked.wait(_WARM_S):
            raise OSError(f"no scheduler answers at {self.address}")

    def take(self, wanted: Callable[[], bool] = always) -> RemoteWorker:
        """A process on the worker that has a slot first; it waits for one."""
        while wanted() and not self._closed.is_set():
            client = self._client
            worker = self._ask_for(client, wanted) if client else None
            if worker:
                self._live.add(worker)
                return worker
            self._closed.wait(_WAIT_S)
        raise OSError("nobody wants a process any more")

    def close(self):
        """End the processes and leave the cluster."""
        self._closed.set()
        self._linking.join(_WARM_S)

    def _ask_for(self, client: Any, wanted: Callable[[], bool]) -> RemoteWorker | None:
        ticket = secrets.token_hex(8)
        asked = self._asked[ticket] = _Asked()
        try:
            future = client.submit(
                hold, ticket, self._topic, key=ticket, pure=False, resources={names.SLOT: 1}
            )
            while not asked.heard.wait(_WAIT_S):
                if future.status == "error":  # before it could say so
                    break
                if client is not self._client or not wanted():
                    future.cancel()
                    return None
        except (OSError, RuntimeError, ClosedClientError):  # the link broke, as is about to be seen
            return None
        finally:
            del self._asked[ticket]
        if not asked.place.get("address"):
            raise OSError("a worker of the cluster could not start a process")
        return RemoteWorker(client, future, ticket, asked.place["address"], asked.place["threads"])

    async def _hear(self, event: tuple[float, dict[str, Any]]):
        """Take note of where a process is; in the client's event loop."""
        _at, message = event
        asked = self._asked.get(message["ticket"])
        if asked and not asked.heard.is_set():
            asked.place = message
            asked.heard.set()
        elif message["address"] and self._client:
            # Of a job that nobody wants any more, or whose worker was lost: Dask has begun the task
            # again elsewhere, while the job asks anew and says how far it had come.
            with contextlib.suppress(OSError):
                there = self._client.rpc(message["address"])
                await getattr(there, names.END)(ticket=message["ticket"])

    # --- the thread that keeps the link ---

    def _link(self):
        told = False
        while not self._closed.is_set():
            try:
                with Client(
                    self.address, timeout=_CONNECT_S, set_as_default=False, name="pangloss"
                ) as client:
                    told = False
                    self._keep(client)
            except Exception as error:  # of many kinds; all mean that there is no link
                if not told:
                    logger.warning("The cluster at %s cannot be reached: %s", self.address, error)
                told = True
            self._closed.wait(_LOOK_S)

    def _keep(self, client: Any):
        """Count slots for as long as the scheduler is there."""
        client.subscribe_topic(self._topic, self._hear)
        client.set_metadata(names.VERSION, __version__)
        scheduler = client.sync(client.scheduler.identity)["id"]
        try:
            while client.status == "running":
                about = client.sync(client.scheduler.identity)
                if about["id"] != scheduler:  # started again, it has not heard of our topic
                    break
                slots = sum(
                    int(worker["resources"].get(names.SLOT, 0))
                    for worker in about["workers"].values()
                )
                self.slots = slots if self._most is None else min(slots, self._most)
                self._client, self.ready = client, True
                self._linked.set()
                if self._closed.wait(_LOOK_S):
                    client.sync(self._end_all)
                    break
        finally:
            self._client, self.slots, self.ready = None, 0, False
            self._linked.clear()

    async def _end_all(self):
        for worker in list(self._live):
            with contextlib.suppress(OSError):
                await worker.end()
