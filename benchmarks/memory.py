"""Memory of the server's processes and of one training job, as the system counts it."""

import time

import psutil

from benchmarks.row import Row
from benchmarks.server import running
from core.engine import Engine
from core.events import Epoch
from core.experiments import experiment


def rows() -> list[Row]:
    with running() as server:
        server.wait_until("/health/ready")
        alone = mib(server.process)
        children = sum(mib(child) for child in server.process.children(recursive=True))
    return [
        Row("the server's own memory (unique set size)", f"{alone:.0f} MiB"),
        Row("the process that jobs are forked from", f"{children:.0f} MiB"),
        Row("one training job with the default settings, more than that", f"{_job():.0f} MiB"),
    ]


def _job() -> float:
    engine = Engine()
    engine.warm()
    before = {child.pid for child in psutil.Process().children(recursive=True)}
    try:
        config = experiment("voltaire").Config(corpus="conte", epochs=100)
        job = engine.submit("voltaire", config, "benchmark")
        most = 0.0
        while not any(isinstance(e, Epoch) and e.epoch >= 5 for e in engine.events(job)):
            new = [c for c in psutil.Process().children(recursive=True) if c.pid not in before]
            most = max([most, *(mib(child) for child in new)])
            time.sleep(0.2)
    finally:
        engine.close()
    return most


def mib(process: psutil.Process) -> float:
    """What a process has for itself alone; 0 if it is gone."""
    try:
        return process.memory_full_info().uss / 2**20
    except psutil.NoSuchProcess:  # a probe that has said its word
        return 0.0
