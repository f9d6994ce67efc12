"""Which runs a visitor has asked for, so that a reload finds the bench as it was."""

import threading
from collections import OrderedDict

_VISITS = 1000  # of visitor and experiment; the least recent go first
_RUNS = 20  # of a visit
_lock = threading.Lock()
_visits: OrderedDict[tuple[str, str], list[str]] = OrderedDict()


def remember(visitor: str, experiment: str, job_id: str):
    """Note that the visitor asked for this run."""
    with _lock:
        runs = _visits.setdefault((visitor, experiment), [])
        if job_id not in runs:
            runs.append(job_id)
            del runs[:-_RUNS]
        _visits.move_to_end((visitor, experiment))
        while len(_visits) > _VISITS:
            _visits.popitem(last=False)


def remembered(visitor: str, experiment: str) -> list[str]:
    """The ids of the runs that the visitor asked for, oldest first."""
    with _lock:
        return list(_visits.get((visitor, experiment), ()))
