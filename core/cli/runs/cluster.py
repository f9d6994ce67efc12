"""A run on a cluster, as its events."""

import math
import time
from collections.abc import Iterator

from core.engine import Engine, Limits
from core.engine.cluster.chosen import reached
from core.events import Event
from core.experiments.kit.config import Config
from core.experiments.kit.control import Control

_LOOK_S = 0.05
_NOBODY = "command line"
# Whoever has a command line is not held to what a visitor may take of a server.
_LIMITS = Limits(memory_bytes=2**62, output_bytes=2**40, wall_s=math.inf, paused_s=math.inf)


def run_there(address: str, experiment: str, config: Config, control: Control) -> Iterator[Event]:
    """The events of a run on the cluster of the scheduler at ``address``.

    It stops when ``control`` is told to. Raises Problem if there is no such scheduler.
    """
    engine = Engine(_LIMITS, processes=reached(address))
    try:
        job = engine.submit(experiment, config, _NOBODY)
        told, stopping = 0, False
        while True:
            is_over = engine.result(job) is not None
            events = engine.events(job, told)
            told += len(events)
            yield from events
            if is_over:
                return
            if control.stopped and not stopping:
                stopping = True
                engine.stop(job, _NOBODY)
            time.sleep(_LOOK_S)
    finally:
        engine.close()
