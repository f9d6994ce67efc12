"""What pages cost a web server: memory, and seconds of its core for a rerun and for a run followed.

Its own processor time is counted, jobs apart: another load on the machine changes little of it.
"""

import asyncio
import secrets
import time
from collections.abc import Iterator
from contextlib import AsyncExitStack

import psutil

from benchmarks.memory import mib
from benchmarks.row import Row
from benchmarks.server import Server, running
from benchmarks.sessions import Session

_LESSON, _SETTING = "long-memory", "long_memory.layers"
_LONG = "epochs=200&length=200"
_PATIENCE_S = 120


def rows(pages: int = 30, reruns: int = 5, seconds: float = 30) -> Iterator[Row]:
    """Of so many open pages, reruns of each, and seconds of a run that all of them follow."""
    with running() as server:
        server.wait_until("/health/ready")
        found = asyncio.run(_measure(server, pages, reruns, seconds))
    for what, measured in found.items():
        yield Row(f"{what}, {pages} pages of a lesson", measured)


async def _measure(server: Server, pages: int, reruns: int, seconds: float) -> dict[str, str]:
    async with AsyncExitStack() as stack:
        for _ in range(3):  # what is made once for all
            await _opened(server, "lang=en", stack)
        sessions = [await _opened(server, "lang=en", stack)]
        alone_mib = mib(server.process)
        for _ in range(pages):
            sessions.append(await _opened(server, "lang=en", stack))
        each_mib = (mib(server.process) - alone_mib) / pages
        began_s = _cpu_s(server.process)
        for _ in range(reruns):
            for session in sessions[1:]:
                await session.rerun()
        rerun_s = (_cpu_s(server.process) - began_s) / (reruns * pages)
        began_s = _cpu_s(server.process)
        for rerun in range(reruns):
            for session in sessions[1:]:
                await session.use({_SETTING: [1.0 + rerun % 3]})
        moved_s = (_cpu_s(server.process) - began_s) / (reruns * pages)
    async with AsyncExitStack() as stack:
        first = await _opened(server, f"lang=en&{_LONG}", stack)
        await first.use({f"{_LESSON}.train": True})
        await first.rerun()
        watching = [await _opened(server, first.query, stack) for _ in range(pages)]
        await asyncio.sleep(10)  # until it is under way, and its first figures are there
        began, began_s = time.monotonic(), _cpu_s(server.process)
        await asyncio.gather(*(session.poll(began + seconds) for session in watching))
        took = time.monotonic() - began
        follow = (_cpu_s(server.process) - began_s) / took / pages
    return {
        "memory of an open page": f"{each_mib:.1f} MiB",
        "a rerun of the whole page": f"{1000 * rerun_s:.0f} ms of a core",
        "a setting of a run that is moved": f"{1000 * moved_s:.0f} ms of a core",
        "a page that follows a run": f"{follow:.1%} of a core",
    }


async def _opened(server: Server, query: str, stack: AsyncExitStack) -> Session:
    session = Session(server.url, secrets.token_hex(16), _LESSON, query)
    await session.open(_PATIENCE_S)
    stack.push_async_callback(session.close)
    return session


def _cpu_s(process: psutil.Process) -> float:
    """Of its own threads, without its children's."""
    times = process.cpu_times()
    return times.user + times.system
