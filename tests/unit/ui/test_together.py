"""What is written at once is sent at once, in its order, and before the end."""

import asyncio
from typing import Any

from ui.frame.together import Together


class Wire:
    """A transport that notes what it is to do."""

    def __init__(self):
        self.done = []

    def write(self, data):
        self.done.append(data)

    def close(self):
        self.done.append("closed")

    def is_closing(self):
        return "closed" in self.done


def test_what_is_written_in_one_turn_is_sent_in_one_piece():
    async def write():
        wire: Any = Wire()
        transport = Together(wire, asyncio.get_running_loop())
        for part in (b"a", b"b", b"c"):
            transport.write(part)
        assert wire.done == []
        await asyncio.sleep(0)
        assert wire.done == [b"abc"]
        transport.write(b"d")
        await asyncio.sleep(0)
        return wire.done

    assert asyncio.run(write()) == [b"abc", b"d"]


def test_what_was_written_is_sent_before_the_connection_closes():
    async def write():
        wire: Any = Wire()
        transport = Together(wire, asyncio.get_running_loop())
        transport.write(b"a")
        assert not transport.is_closing()
        transport.close()
        await asyncio.sleep(0)
        return wire.done

    assert asyncio.run(write()) == [b"a", "closed"]
