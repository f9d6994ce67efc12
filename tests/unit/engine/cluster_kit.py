"""A scheduler and workers of Dask on this machine, each in a process of its own."""

import os
import socket
import subprocess
import sys
from pathlib import Path

import psutil

HERE = Path(__file__).parent
ROOT = HERE.parents[2]


def _free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


class Machines:
    """Started one by one; ``end`` ends all. folder: of what they print and store."""

    def __init__(self, folder):
        self.folder, self.port = folder, _free_port()
        self.address = f"tcp://127.0.0.1:{self.port}"
        self.workers = []
        self.scheduler = None

    def start_scheduler(self):
        command = ["-m", "distributed.cli.dask_scheduler", "--host", "127.0.0.1", "--no-dashboard"]
        self.scheduler = self._start(*command, "--port", str(self.port), log="scheduler")

    def start_worker(self, slots=1):
        arguments = (str(HERE / "cluster_worker.py"), self.address, str(slots))
        self.workers.append(self._start(*arguments, log=f"worker-{len(self.workers)}"))
        return self.workers[-1]

    def worker_of(self, pid):
        """The worker that holds a job's process."""
        above = {parent.pid for parent in psutil.Process(int(pid)).parents()}
        return next(worker for worker in self.workers if worker.pid in above)

    def processes(self):
        """All processes of the workers and theirs."""
        alive = [psutil.Process(one.pid) for one in self.workers if one.poll() is None]
        return [child for worker in alive for child in (worker, *worker.children(recursive=True))]

    def end(self):
        running = [*self.workers, *filter(None, [self.scheduler])]
        for one in running:
            one.terminate()
        for one in running:
            one.wait(60)

    @property
    def environment(self):
        """Of their processes."""
        return {
            **os.environ,
            "PYTHONPATH": os.pathsep.join([str(ROOT), str(HERE)]),
            "XDG_CACHE_HOME": str(self.folder / "cache"),  # what a worker keeps of uploads
            "DASK_TEMPORARY_DIRECTORY": str(self.folder),
            "DASK_DISTRIBUTED__WORKER__DAEMON": "false",
        }

    def _start(self, *command, log):
        with (self.folder / f"{log}.txt").open("wb") as out:
            return subprocess.Popen(
                [sys.executable, *command],
                env=self.environment,
                stdout=out,
                stderr=subprocess.STDOUT,
            )
