"""A job's thread, while its worker lives."""

import logging
import pickle
from collections.abc import Callable
from dataclasses import replace

from core.engine import reasons
from core.engine.again import Again
from core.engine.jobs import Job
from core.engine.local.local_worker import Worker
from core.engine.local.worker import Crash, Task
from core.events import Event, Failed, Moved

_MOST_LOSSES = 3

logger = logging.getLogger(__name__)


def attend(
    job: Job,
    worker: Worker,
    task: Task,
    output_bytes: int,
    receive: Callable[[Event | Crash, int], None],
) -> Failed:
    """Send the task and receive messages until the worker is gone.

    receive: takes each message and its size in bytes. Returns why the worker went, should the job
    not have its result yet; one that sends over ``output_bytes`` in all is ended.
    """
    failure = None
    try:
        if not job.ended:
            job.commands.start(worker, replace(task, threads=worker.threads or task.threads))
        while not job.ended:
            payload = worker.receive(max(0, output_bytes - job.output_bytes))
            if payload is None:
                break
            # From our own child, which unpickles nothing foreign.
            receive(pickle.loads(payload), len(payload))
    except OSError:
        failure = Failed(reasons.TOO_MUCH, {"limit": f"{output_bytes / 2**20:g}"})
    except Exception:
        logger.exception("run %s (%s) cannot be followed", job.id, job.experiment)
        failure = Failed(reasons.CRASHED)
    if failure or job.ended:
        worker.kill()
    return failure or _failure_of(worker.dismiss())


def begin_again(job: Job, now: float) -> Failed | None:
    """Make a job ready for another machine, its own being lost; why not, if it was so too often.

    now: of the engine's clock, in s.
    """
    job.losses += 1
    if job.losses == _MOST_LOSSES:
        return Failed(reasons.LOST_TOO_OFTEN, {"count": _MOST_LOSSES})
    job.worker = None
    done = Again.of(job.events)
    known = {**job.config.to_dict(), **{field: value for _step, field, value in done.changes}}
    open_ = [(field, v) for field, v in job.settings.to_dict().items() if v != known[field]]
    job.commands.begin_again(open_, stop=job.stop_by is not None)
    job.append(Moved(done.step), now)
    return None


def _failure_of(exit_status: int | None) -> Failed:
    if exit_status == -9:
        return Failed(reasons.KILLED_FROM_OUTSIDE)
    return Failed(reasons.BROKE_DOWN, {"status": exit_status})
