"""A connection that sends together what is written to it at once."""

import asyncio
from typing import Any


class Together:
    """A transport of asyncio's that waits with what is written until the loop's next turn.

    A page is a hundred messages. Each sent alone is a call of the operating system, in which Python
    gives its lock away, and waits for it while a script computes.
    """

    def __init__(self, transport: asyncio.Transport, loop: asyncio.AbstractEventLoop):
        self._transport, self._loop = transport, loop
        self._written: list[bytes] = []

    def write(self, data: bytes) -> None:
        """Send this, after what was written before it."""
        self._written.append(data)
        if len(self._written) == 1:
            self._loop.call_soon(self._send)

    def close(self) -> None:
        """Send what was written, and close."""
        self._send()
        self._transport.close()

    def _send(self):
        written = b"".join(self._written)
        self._written.clear()
        if written:
            self._transport.write(written)

    def __getattr__(self, name: str) -> Any:
        return getattr(self._transport, name)
