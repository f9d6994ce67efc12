"""How often pages look again at what changes by itself: less often where many of them do."""

import threading
import time
from collections.abc import Callable, Hashable, Iterator
from contextlib import contextmanager

OFTEN_S = 1.0
_SELDOM_S = 5.0
_LATELY_S = 3 * _SELDOM_S
_AROUND_S = 0.004  # what Streamlit takes for any rerun, beside what the page does in it


class Pace:
    """Once a second for one who looks alone; for many, so seldom that all take a part of the time.

    share: that part of one core's, together. Their cost is measured in seconds of computing, so a
    machine that is busy with other things looks no more expensive. clock, computed: in s, of the
    wall and of this thread. Thread-safe.
    """

    def __init__(
        self,
        share: float,
        *,
        clock: Callable[[], float] = time.monotonic,
        computed: Callable[[], float] = time.thread_time,
    ):
        self._share, self._clock, self._computed = share, clock, computed
        self._lock = threading.Lock()
        self._looks: dict[Hashable, tuple[float, float]] = {}  # who -> when last, and its cost

    @contextmanager
    def look(self, who: Hashable) -> Iterator[None]:
        """Note what one of them takes to look."""
        began = self._computed()
        try:
            yield
        finally:
            cost = self._computed() - began + _AROUND_S
            with self._lock:
                self._looks[who] = self._clock(), cost

    @property
    def every_s(self) -> float:
        """How often to look again, in s, if all who looked lately go on to."""
        with self._lock:
            now = self._clock()
            lately = {w: (at, c) for w, (at, c) in self._looks.items() if now - at < _LATELY_S}
            self._looks = lately
        if len(lately) < 2:
            return OFTEN_S
        return min(_SELDOM_S, max(OFTEN_S, sum(c for _at, c in lately.values()) / self._share))
