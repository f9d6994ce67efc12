"""A scheduler and workers of Dask on this machine, each in a process of its own."""

import os
import socket
import subprocess
import sys
from pathlib import Path

import psutil

ROOT = Path(__file__).resolve().parent.parent


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


class Machines:
    """Started one by one; ``end`` ends all. folder: of what they print and store."""

    worker_command = ("-m", "core", "worker", "{address}", "--slots", "{slots}")
    protocol = "tcp"

    def __init__(self, folder: Path):
        self.folder, self.port = folder, free_port()
        self.address = f"{self.protocol}://127.0.0.1:{self.port}"
        self.workers: list[subprocess.Popen] = []
        self.scheduler: subprocess.Popen | None = None

    @property
    def environment(self) -> dict[str, str]:
        """Of their processes."""
        return {
            **os.environ,
            "PYTHONPATH": str(ROOT),
            "XDG_CACHE_HOME": str(self.folder / "cache"),  # what a worker keeps of uploads
            "DASK_TEMPORARY_DIRECTORY": str(self.folder),
        }

    def start_scheduler(self) -> subprocess.Popen:
        """Start it, or start it again at the same address."""
        command = ("--protocol", self.protocol, "--host", "127.0.0.1", "--port", str(self.port))
        command += ("--no-dashboard",)
        self.scheduler = self._start(
            "-m", "distributed.cli.dask_scheduler", *command, log="scheduler"
        )
        return self.scheduler

    def start_worker(self, slots: int = 1) -> subprocess.Popen:
        """Start one more."""
        command = [word.format(address=self.address, slots=slots) for word in self.worker_command]
        self.workers.append(self._start(*command, log=f"worker-{len(self.workers)}"))
        return self.workers[-1]

    def worker_of(self, pid: int) -> subprocess.Popen:
        """The worker that holds a job's process."""
        above = {parent.pid for parent in psutil.Process(pid).parents()}
        return next(worker for worker in self.workers if worker.pid in above)

    def processes(self) -> list[psutil.Process]:
        """All processes of the workers and theirs."""
        alive = [psutil.Process(one.pid) for one in self.workers if one.poll() is None]
        return [child for worker in alive for child in (worker, *worker.children(recursive=True))]

    def end(self) -> None:
        """End all that still run, and wait for them."""
        running = [*self.workers, *filter(None, [self.scheduler])]
        for one in running:
            one.terminate()
        for one in running:
            one.wait(60)

    def _start(self, *command: str, log: str) -> subprocess.Popen:
        with (self.folder / f"{log}.txt").open("wb") as out:
            return subprocess.Popen(
                [sys.executable, *command],
                env=self.environment,
                stdout=out,
                stderr=subprocess.STDOUT,
            )
