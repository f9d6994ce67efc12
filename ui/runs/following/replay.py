"""A finished run of somebody else, told again at the pace that it had.

Who trains what a classmate has trained sees the curves grow all the same, and nothing is trained
twice. Replays are kept by visitor: a reload or another tab finds one where it is.
"""

import threading
import time
from bisect import bisect_right
from collections import OrderedDict
from collections.abc import Callable, Sequence

from core.events import Event, Started

_MOST = 1000  # of all visitors; the oldest go first
_lock = threading.Lock()
_replays: OrderedDict[tuple[str, str], "Replay"] = OrderedDict()


class Replay:
    """The clock of a replay, which may be held.

    times_s: when each event of the run was said, ascending, in seconds; start_s: when it said that
    it begins. clock: seconds.
    """

    def __init__(
        self,
        times_s: Sequence[float],
        start_s: float = 0.0,
        clock: Callable[[], float] = time.monotonic,
    ):
        self._times_s, self._start_s = list(times_s), start_s
        self.length_s = max(self._times_s, default=0.0)
        self._clock = clock
        self._lock = threading.Lock()
        self._before_s = 0.0
        self._since: float | None = clock()

    @property
    def elapsed_s(self) -> float:
        """Seconds of the run that have been told again."""
        with self._lock:
            return min(self._elapsed(), self.length_s)

    @property
    def held(self) -> bool:
        """Whether it waits."""
        return self._since is None

    @property
    def over(self) -> bool:
        """Whether all has been told."""
        return self.elapsed_s >= self.length_s

    def pause(self):
        """Hold it where it is."""
        with self._lock:
            self._before_s, self._since = self._elapsed(), None

    def resume(self):
        """Let it go on."""
        with self._lock:
            self._since = self._clock() if self._since is None else self._since

    def to_end(self):
        """Tell all that is left at once."""
        with self._lock:
            self._before_s = self.length_s

    @property
    def since_start_s(self) -> float:
        """Seconds since the run said that it begins."""
        return max(0.0, self.elapsed_s - self._start_s)

    @property
    def come_to(self) -> int:
        """How many of the run's events it has come to."""
        return bisect_right(self._times_s, self.elapsed_s)

    def _elapsed(self) -> float:
        return self._before_s + (0.0 if self._since is None else self._clock() - self._since)


def begin(visitor: str, job_id: str, events: Sequence[Event], times_s: Sequence[float]):
    """Begin to tell a finished run again to this visitor.

    events, times_s: all of the run's, and when each was said, in seconds.
    """
    pairs = zip(events, times_s, strict=True)
    start_s = next((at_s for event, at_s in pairs if isinstance(event, Started)), 0.0)
    with _lock:
        _replays[visitor, job_id] = Replay(times_s, start_s)
        while len(_replays) > _MOST:
            _replays.popitem(last=False)


def of(visitor: str, job_id: str) -> Replay | None:
    """The replay of a run that is under way for this visitor."""
    with _lock:
        replay = _replays.get((visitor, job_id))
    return None if replay is None or replay.over else replay
