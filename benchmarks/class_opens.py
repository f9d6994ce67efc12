"""How long thirty visitors wait for a lesson that they open within three seconds.

python -m benchmarks.class_opens [LESSON ...]    these lessons alone, on a server that is warm
"""

import asyncio
import contextlib
import statistics
import sys
import time
from collections.abc import Iterator

import websockets
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg

from benchmarks.row import Row
from benchmarks.server import Server, running
from ui.course import LESSONS

VISITORS, WITHIN_S, AIM_S = 30, 3.0, 3.0


def rows(lessons: list[str] | None = None) -> Iterator[Row]:
    """A row a lesson; a server is started for all of them, and nobody has opened any before."""
    with running() as server:
        server.wait_until("/health/ready")
        for lesson in lessons or LESSONS:
            alone = asyncio.run(_open(server, lesson, 1))[0]
            waits = asyncio.run(_open(server, lesson, VISITORS))
            yield Row(
                f"{lesson}: {VISITORS} visitors open it within {WITHIN_S:.0f} s",
                f"the last has its whole page after {max(waits):.1f} s, "
                f"the median {statistics.median(waits):.1f} s",
                f"aim {AIM_S:.0f} s; the first ever, alone, {alone:.1f} s",
            )


async def _open(server: Server, lesson: str, visitors: int) -> list[float]:
    """Seconds that each waited for the whole page, from when they asked for it."""
    address = server.url.replace("http", "ws") + "/_stcore/stream"

    async def one(phase: float) -> float:
        await asyncio.sleep(phase * WITHIN_S)
        began = time.perf_counter()
        async with contextlib.AsyncExitStack() as stack:
            socket = await stack.enter_async_context(websockets.connect(address, max_size=None))
            asked = BackMsg()
            asked.rerun_script.query_string = "lang=fr"
            asked.rerun_script.page_name = lesson
            await socket.send(asked.SerializeToString())
            while True:
                said = ForwardMsg.FromString(bytes(await socket.recv(decode=False)))
                if said.WhichOneof("type") == "script_finished":
                    return time.perf_counter() - began

    return list(await asyncio.gather(*(one(i / visitors) for i in range(visitors))))


if __name__ == "__main__":
    for row in rows(sys.argv[1:]):
        print(row, flush=True)
