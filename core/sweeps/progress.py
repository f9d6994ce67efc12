"""How far a sweep is, for a notebook: one line that is written anew."""

import math
import sys
import time
from collections.abc import Callable
from typing import TextIO

_EVERY_S = 0.5


class ProgressLine:
    """Hears how much of ``count`` runs is done, and how many have ended; says it in a line.

    out: standard error by default. clock: seconds.
    """

    def __init__(
        self, count: int, out: TextIO | None = None, clock: Callable[[], float] = time.monotonic
    ):
        self._count, self._out, self._clock = count, out or sys.stderr, clock
        self._began_at: float | None = None
        self._before = 0.0  # done when it began: what was kept
        self._said_at = -math.inf
        self._length = 0

    def __call__(self, done: float, ended: int) -> None:
        """Write the line if the last is old enough, or all have ended; that ends it."""
        now = self._clock()
        if self._began_at is None and (done > ended or not ended):
            self._began_at, self._before = now, done
        over = ended == self._count
        if now - self._said_at < _EVERY_S and not over:
            return
        self._said_at = now
        words = f"{ended} of {self._count} runs{self._left(done, now)}"
        self._out.write(f"\r{words.ljust(self._length)}" + "\n" * over)
        self._out.flush()
        self._length = len(words)

    def _left(self, done: float, now: float) -> str:
        if self._began_at is None or done <= self._before or done >= self._count:
            return ""
        seconds = (now - self._began_at) / (done - self._before) * (self._count - done)
        if seconds < 100:
            return f", about {math.ceil(seconds)} s left"
        return f", about {math.ceil(seconds / 60)} min left"
