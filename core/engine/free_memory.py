"""What was let go is given back to the system, which glibc by itself rarely does.

Thirty visitors' runs come and go as thousands of arrays of some ten kB. Between those that stay
there is ever more room that nobody uses: 20 MB in a lesson's second five minutes. Each arena that
glibc makes for threads has such rooms of its own, hence few of them.
"""

import ctypes
import time
from collections.abc import Callable

_EVERY_S = 10.0
_M_ARENA_MAX, _ARENAS = -8, 2  # of glibc's malloc.h


class FreeMemory:
    """Gives it back every ``every_s`` seconds at most, in milliseconds. clock: in s.

    For one thread, the engine's watch.
    """

    def __init__(self, every_s: float = _EVERY_S, clock: Callable[[], float] = time.monotonic):
        self._every_s, self._clock, self._last_s = every_s, clock, clock()
        self._trim = _trim()

    def give_back(self) -> bool:
        """Whether it was time to, and the C library can."""
        now = self._clock()
        if self._trim is None or now - self._last_s < self._every_s:
            return False
        self._last_s = now
        self._trim(0)
        return True


def _trim() -> Callable[[int], int] | None:
    """The ``malloc_trim`` of glibc; None with another C library, and on Windows."""
    try:
        library = ctypes.CDLL(None)
        library.mallopt(_M_ARENA_MAX, _ARENAS)
        trim = library.malloc_trim
        trim.argtypes = (ctypes.c_size_t,)
        return trim
    except (AttributeError, OSError, TypeError):
        return None
