"""The limits of a job, looked at from outside."""

from core.engine import reasons
from core.engine.jobs import Job
from core.engine.limits import Limits
from core.events import Failed


def broken_limit(job: Job, limits: Limits, now: float) -> Failed | None:
    """Why the job has to be ended now, or None. ``now`` is of the engine's clock, in s."""
    worker = job.worker  # once: it is lost with its machine, at any moment
    if worker is None or job.began_at is None:
        return None
    if job.stop_by is not None and now >= job.stop_by:
        return Failed(reasons.STOPPED_BY_FORCE, {"limit": f"{limits.stop_s:g}"})
    if job.pause_s(now) > limits.paused_s:
        return Failed(reasons.PAUSED_TOO_LONG, {"limit": f"{limits.paused_s / 60:g}"})
    if now - job.began_at - job.pause_s(now) > limits.wall_s:
        return Failed(reasons.TOO_LONG, {"limit": f"{limits.wall_s / 60:g}"})
    if worker.memory(limits.memory_bytes) > limits.memory_bytes:
        return Failed(reasons.OUT_OF_MEMORY, {"limit": f"{limits.memory_bytes / 2**20:.0f}"})
    return None
