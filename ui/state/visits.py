"""Which runs a visitor has asked for, so that a reload finds the bench as it was."""

import threading
from collections import OrderedDict

from ui import server

_VISITS = 1000  # of visitor and experiment; the least recent go first
_RUNS = 20  # of a visit
_lock = threading.Lock()
_visits: OrderedDict[tuple[str, str], list[str]] = OrderedDict()


def remember(visitor: str, experiment: str, job_id: str):
    """Note that the visitor asked for this run."""
    known = remembered(visitor, experiment)
    server.archive().asked(visitor, job_id)
    with _lock:
        if job_id not in known:
            _visits[visitor, experiment] = [*known, job_id][-_RUNS:]


def remembered(visitor: str, experiment: str) -> list[str]:
    """The ids of the runs that the visitor asked for, oldest first, on another day, too."""
    visit = visitor, experiment
    if visit not in _visits:
        kept = [run.id for run in server.archive().runs_of(visitor, experiment)]
        with _lock:
            _visits.setdefault(visit, kept[-_RUNS:])
            while len(_visits) > _VISITS:
                _visits.popitem(last=False)
    with _lock:
        if visit in _visits:
            _visits.move_to_end(visit)
        return list(_visits.get(visit, ()))


def forget(visitor: str):
    """Have a visitor's runs looked up anew: some were deleted, or others have come."""
    with _lock:
        for visit in [visit for visit in _visits if visit[0] == visitor]:
            del _visits[visit]


def forget_all():
    """Have everybody's runs looked up anew: a class was deleted."""
    with _lock:
        _visits.clear()
