"""How often somebody may guess a code or a phrase."""

import threading
from collections import OrderedDict, deque
from collections.abc import Callable, Mapping

from core.messages import N_, Problem

WINDOW_S = 600.0
_KNOWN = 10_000  # who has guessed wrong; the least recent are forgotten
_TOO_MANY = N_("That was wrong too often. Try again in {minutes} min.")


class Guesses:
    """Counts wrong guesses of the last ten minutes. Thread-safe. clock: seconds."""

    def __init__(self, clock: Callable[[], float]):
        self._clock = clock
        self._lock = threading.Lock()
        self._wrong: OrderedDict[str, deque[float]] = OrderedDict()

    def check(self, most: Mapping[str, int]) -> None:
        """Raises Problem where one of these has guessed wrong as often as it may: who -> how often.

        It is to be asked before a guess is compared: then a right one is refused as well.
        """
        with self._lock:
            for who, allowed in most.items():
                wrong = self._recent(who)
                if len(wrong) >= allowed:
                    left_s = WINDOW_S - (self._clock() - wrong[-allowed])
                    raise Problem(_TOO_MANY, minutes=max(1, -int(-left_s // 60)))

    def wrong(self, *who: str) -> None:
        """Note a wrong guess of these."""
        with self._lock:
            for one in who:
                recent = self._recent(one)
                recent.append(self._clock())
                self._wrong[one] = recent
                self._wrong.move_to_end(one)
            while len(self._wrong) > _KNOWN:
                self._wrong.popitem(last=False)

    def _recent(self, who: str) -> deque[float]:
        times, now = self._wrong.get(who, deque()), self._clock()
        while times and not 0 <= now - times[0] < WINDOW_S:
            times.popleft()
        return times
