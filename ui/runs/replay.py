"""A finished run of somebody else, told again at the pace at which it was trained.

Who trains what a classmate has trained sees the curves grow all the same, and nothing is trained
twice. Replays are kept by visitor: a reload or another tab finds one where it is.
"""

import threading
import time
from collections import OrderedDict
from collections.abc import Callable, Sequence

from core.events import Epoch, Event, Failed, Finished, Step

_MOST = 1000  # of all visitors; the oldest go first
_lock = threading.Lock()
_replays: OrderedDict[tuple[str, str], "Replay"] = OrderedDict()


class Replay:
    """The clock of a replay of ``length_s`` seconds of training; it may be held.

    clock: seconds.
    """

    def __init__(self, length_s: float, clock: Callable[[], float] = time.monotonic):
        self.length_s = length_s
        self._clock = clock
        self._lock = threading.Lock()
        self._before_s = 0.0
        self._since: float | None = clock()

    @property
    def elapsed_s(self) -> float:
        """Seconds of training that have been told again."""
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

    def due(self, events: Sequence[Event]) -> int:
        """How many of these events, which follow one another, it has come to."""
        if self.over:
            return len(events)
        elapsed_s = self.elapsed_s
        for place, event in enumerate(events):
            timed = isinstance(event, (Step, Epoch))
            if isinstance(event, (Finished, Failed)) or (timed and event.train_s > elapsed_s):
                return place
        return len(events)

    def _elapsed(self) -> float:
        return self._before_s + (0.0 if self._since is None else self._clock() - self._since)


def begin(visitor: str, job_id: str, events: Sequence[Event]):
    """Begin to tell a finished run again to this visitor. events: all of the run's."""
    length_s = max((e.train_s for e in events if isinstance(e, (Step, Epoch))), default=0.0)
    with _lock:
        _replays[visitor, job_id] = Replay(length_s)
        while len(_replays) > _MOST:
            _replays.popitem(last=False)


def of(visitor: str, job_id: str) -> Replay | None:
    """The replay of a run that is under way for this visitor."""
    with _lock:
        replay = _replays.get((visitor, job_id))
    return None if replay is None or replay.over else replay
