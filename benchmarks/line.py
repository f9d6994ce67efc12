"""A line between browser and server: it counts what comes down, and may be as narrow as a class's.

The browser's own emulation leaves the websocket out, which half of a page comes by.
"""

import asyncio
import contextlib
import threading
import time
from collections.abc import Iterator
from dataclasses import dataclass

_PIECE_BYTES = 4096


@dataclass
class Line:
    """The address to open, and the bytes that have come down so far, heads and frames included."""

    url: str = ""
    down_bytes: int = 0


@contextlib.contextmanager
def line(url: str, bits_per_s: float = 0, round_trip_s: float = 0) -> Iterator[Line]:
    """A line to the server at ``url``, ended afterwards. bits_per_s: 0 for as fast as it goes."""
    host, port = url.removeprefix("http://").split(":")
    counted = Line()
    loop = asyncio.new_event_loop()
    free_at_s = 0.0  # when what was sent so far has gone down the line, by perf_counter

    async def carry(source, sink, down: bool):
        nonlocal free_at_s
        with contextlib.suppress(ConnectionError, asyncio.CancelledError):
            while piece := await source.read(_PIECE_BYTES):
                if down:
                    counted.down_bytes += len(piece)
                if down and bits_per_s:
                    took_s = 8 * len(piece) / bits_per_s
                    free_at_s = max(free_at_s, time.perf_counter()) + took_s
                    await asyncio.sleep(free_at_s - time.perf_counter())
                loop.call_later(round_trip_s / 2, _write, sink, piece)
                await sink.drain()
        loop.call_later(round_trip_s / 2, sink.close)

    async def answer(from_browser, to_browser):
        try:
            from_server, to_server = await asyncio.open_connection(host, int(port))
        except OSError:
            to_browser.close()
            return
        up = carry(from_browser, to_server, down=False)
        with contextlib.suppress(asyncio.CancelledError):  # the line's end
            await asyncio.gather(up, carry(from_server, to_browser, down=True))

    thread = threading.Thread(target=loop.run_forever, name="line", daemon=True)
    thread.start()  # Playwright has an event loop in the calling one
    server = asyncio.run_coroutine_threadsafe(
        asyncio.start_server(answer, "127.0.0.1", 0), loop
    ).result()
    counted.url = f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}"
    try:
        yield counted
    finally:
        loop.call_soon_threadsafe(server.close)
        asyncio.run_coroutine_threadsafe(_end_all(), loop).result()
        loop.call_soon_threadsafe(loop.stop)
        thread.join()


async def _end_all():
    """End what is still carried: a task that its loop left behind would complain."""
    left = asyncio.all_tasks() - {asyncio.current_task()}
    for task in left:
        task.cancel()
    await asyncio.gather(*left, return_exceptions=True)


def _write(sink: asyncio.StreamWriter, piece: bytes):
    if not sink.is_closing():
        sink.write(piece)
