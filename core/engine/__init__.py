"""Where a run runs: one process of this machine for each job, watched from outside."""

from core.engine.engine import Engine
from core.engine.jobs import JobView
from core.engine.limits import Limits

__all__ = ["Engine", "JobView", "Limits"]
