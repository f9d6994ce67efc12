"""Turns: one visitor's script after the other, the short ones first.

Python runs one thread at a time. Scripts that compute side by side take from each other, and all
come late; one after the other the first has its page while the last waits no longer than before.
Who has moved a setting waits for nobody's whole page, and nobody who asks for anything waits for
who only looks for news: these hold on, wherever they say something, until the others are done.
"""

import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from enum import IntEnum

_LONG_S = 0.25
_PASSED_S = 0.25


AHEAD = "turns.ahead"  # in a session's state: who holds a class has its news as soon as pages


class Kind(IntEnum):
    """What is drawn: the lower waits for the higher, but not for long."""

    PART = 0
    PAGE = 1
    NEWS = 2


@dataclass(eq=False)
class _Turn:
    """Someone's turn: until when others of a lower kind may pass, and how it is told to look again.

    began_s: since when it goes. gave_s: how long it has held on for others.
    """

    kind: Kind
    due_s: float
    told: threading.Condition
    began_s: float = 0.0
    gave_s: float = 0.0


class Turns:
    """Who asked first goes first, but for those who let others pass.

    long_s: seconds after which the next does not wait for the one whose turn it is, and for which
    that one holds on at most. passed_s: who asks for a page lets pass all who ask for a part so
    many seconds later, who looks for news all who ask for anything in twice that time.
    """

    def __init__(self, long_s: float = _LONG_S, passed_s: float = _PASSED_S):
        self._long_s, self._passed_s = long_s, passed_s
        self._lock = threading.Lock()
        self._waiting: list[_Turn] = []  # in the order in which they asked
        self._going: list[_Turn] = []
        self._mine = threading.local()

    @contextmanager
    def turn(self, kind: Kind = Kind.PART, ahead: bool = False) -> Iterator[None]:
        """Wait for one's turn, and have it. ahead: before all others who wait."""
        due_s = 0.0 if ahead else time.monotonic() + self._passed_s * kind
        mine = _Turn(kind, due_s, threading.Condition(self._lock))
        with self._lock:
            self._waiting.append(mine)
            while (left_s := self._left_s(mine)) > 0 or self._next() is not mine:
                mine.told.wait(left_s or self._long_s)
            self._waiting.remove(mine)
            mine.began_s = time.monotonic()
            self._going.append(mine)
            self._tell()
        self._mine.turn = mine
        try:
            yield
        finally:
            self._mine.turn = None
            with self._lock:
                self._going.remove(mine)
                self._tell()

    def hold_on(self):
        """In one's turn: let those go first whom one lets pass, if there are any just now."""
        mine: _Turn | None = getattr(self._mine, "turn", None)
        if mine is None or len(self._going) == 1:  # as nearly always
            return
        with self._lock:
            while self._is_passed(mine) and mine.gave_s < self._long_s:
                before_s = time.monotonic()
                mine.told.wait(self._long_s - mine.gave_s)
                held_s = time.monotonic() - before_s
                mine.gave_s += held_s
                mine.began_s += held_s

    def _is_passed(self, mine: _Turn) -> bool:
        return any(one.kind < mine.kind for one in self._going)

    def _left_s(self, mine: _Turn) -> float:
        """How long one has to wait at most for those who go."""
        before = [one.began_s for one in self._going if one.kind <= mine.kind]
        return max(0.0, max(before, default=0.0) + self._long_s - time.monotonic())

    def _next(self) -> _Turn | None:
        """Who is to go now, of those that need not wait for who goes."""
        free = [one for one in self._waiting if not self._left_s(one)]
        return min(free, key=lambda one: one.due_s, default=None)

    def _tell(self):
        if one := self._next():
            one.told.notify()
        for one in self._going:  # who holds on
            one.told.notify()
