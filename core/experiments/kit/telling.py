"""Which of a run's many steps are told."""

import time
from collections.abc import Iterable, Iterator

from core.events import Event, Step

FIRST_STEPS = 10  # all of them are told: they show that an exported script does the same
STEPS_PER_S = 5


def told(events: Iterable[Event]) -> Iterator[Event]:
    """The events of a run, of its steps the first ones and then a few a second.

    A run says every step; who listens from another process or reads along need not hear them all.
    """
    last = 0.0
    for event in events:
        if isinstance(event, Step) and event.step > FIRST_STEPS:
            now = time.perf_counter()
            if now - last < 1 / STEPS_PER_S:
                continue
            last = now
        yield event
