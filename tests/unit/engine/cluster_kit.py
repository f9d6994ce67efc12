"""A cluster on this machine whose workers start fast, and let go soon of what a server has left."""

import os
from pathlib import Path

from benchmarks import machines

HERE = Path(__file__).parent
ROOT = machines.ROOT


class Machines(machines.Machines):
    """As of the benchmarks, with the workers of ``cluster_worker.py``."""

    worker_command = (str(HERE / "cluster_worker.py"), "{address}", "{slots}")

    @property
    def environment(self):
        path = [ROOT, HERE, HERE.parent / "sweeps"]  # of both fakes
        return {**super().environment, "PYTHONPATH": os.pathsep.join(map(str, path))}
