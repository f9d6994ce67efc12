"""Turns: one visitor's script after the other.

Python runs one thread at a time. Scripts that compute side by side take from each other, and all
come late; one after the other the first has its page while the last waits no longer than before.
"""

import heapq
import itertools
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import NamedTuple

_LONG_S = 0.25
_NEWS_S = 0.5


class _Asked(NamedTuple):
    """One who waits: its place in the order, and how it is told that it may look again."""

    due_s: float
    number: int
    news: bool
    told: threading.Condition


class Turns:
    """Who asked first goes first, but for those who only look for news, whom no other waits for.

    long_s: seconds after which the next does not wait for the one whose turn it is. news_s: who
    looks for news lets pass all who ask so many seconds later.
    """

    def __init__(self, long_s: float = _LONG_S, news_s: float = _NEWS_S):
        self._long_s, self._news_s = long_s, news_s
        self._lock = threading.Lock()
        self._numbers = itertools.count()
        self._waiting: list[_Asked] = []
        self._whose: int | None = None
        self._since_s = 0.0
        self._news = False  # whether that one only looks for some

    @contextmanager
    def turn(self, news: bool = False) -> Iterator[None]:
        """Wait for one's turn, and have it. news: whether one only looks for some."""
        number = next(self._numbers)
        due_s = time.monotonic() + self._news_s * news
        with self._lock:
            mine = _Asked(due_s, number, news, threading.Condition(self._lock))
            heapq.heappush(self._waiting, mine)
            while (left_s := self._left_s()) > 0 or self._waiting[0] is not mine:
                mine.told.wait(left_s if self._waiting[0] is mine else None)
            heapq.heappop(self._waiting)
            self._whose, self._since_s, self._news = number, time.monotonic(), news
            self._tell_first()
        try:
            yield
        finally:
            with self._lock:
                if self._whose == number:  # else it took long, and another's turn has begun
                    self._whose = None
                    self._tell_first()

    def _left_s(self) -> float:
        """How long the first has to wait at most."""
        if self._whose is None or (self._news and not self._waiting[0].news):
            return 0.0
        return self._since_s + self._long_s - time.monotonic()

    def _tell_first(self):
        if self._waiting:
            self._waiting[0].told.notify()
