"""What makes a Dask worker one of ours: ``dask worker --preload core.engine.cluster.preload``."""

import threading

from distributed import Worker

from core.engine.cluster import names
from core.engine.cluster.relay import Relay
from core.engine.local.processes import for_this_machine


def dask_setup(worker: Worker) -> None:
    """Take as many jobs at once as the worker has threads, in processes kept warm.

    Called by Dask before the worker tells the scheduler what it has.
    """
    slots, processes = worker.state.nthreads, for_this_machine()
    worker.state.total_resources[names.SLOT] = slots
    worker.state.available_resources[names.SLOT] = slots
    Relay(worker, processes, slots)
    threading.Thread(target=processes.warm, name="warm", daemon=True).start()
