"""Runs on other machines: what they cost, how many a minute, what scheduler and server take.

``python -m benchmarks.cluster SMALL`` runs it through in a minute or two, to see that it works.
"""

import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import psutil

from benchmarks.machines import Machines
from benchmarks.row import Row
from core.engine import Engine, Limits
from core.engine.cluster.processes import Cluster
from core.events import Finished, Step
from core.experiments import experiment

_EXPERIMENT = "long-memory"
_SHORT = {"params": 3000, "length": 20, "epochs": 1}  # a run of a few seconds, most of it tracing
_LONG = {"epochs": 60}
_PATIENCE_S = 300
CORES = psutil.cpu_count() or 1
_WORKERS = tuple(count for count in (1, 2, 4) if count <= CORES)


def rows(
    seconds: float = 40, repeats: int = 7, queued: int = 100, workers: tuple[int, ...] = _WORKERS
) -> Iterator[Row]:
    """Of as many seconds, repeats, queued runs and workers; fewer to see that it works."""
    yield _overhead(repeats)
    for count in workers:
        yield throughput_row(count, throughput(count, seconds))
    yield from _busy(queued)
    yield from _share(seconds)


@contextmanager
def _cluster(workers: int, slots: int = 1) -> Iterator[tuple[Engine, Machines]]:
    with tempfile.TemporaryDirectory() as folder:
        machines = Machines(Path(folder))
        machines.start_scheduler()
        for _ in range(workers):
            machines.start_worker(slots)
        cluster = Cluster(machines.address)
        engine = Engine(Limits(waiting=1000), processes=cluster)
        try:
            _wait(lambda: cluster.slots == workers * slots)
            for number in range(workers * slots):  # each fork server has imported Keras
                _submit(engine, 10_000 + number, _SHORT)
            _wait(lambda: not engine._queue.running)
            yield engine, machines
        finally:
            engine.close()
            machines.end()


def _wait(condition: Callable[[], object]) -> None:
    deadline = time.monotonic() + _PATIENCE_S
    while not condition():
        if time.monotonic() > deadline:
            raise TimeoutError
        time.sleep(0.01)


def _submit(engine: Engine, seed: int, settings: dict) -> str:
    config = experiment(_EXPERIMENT).Config(**settings, seed=seed)
    return engine.submit(_EXPERIMENT, config, f"visitor {seed}")


def _first_loss_s(engine: Engine, seed: int) -> float:
    """Seconds from Train to the first loss; the run is ended then, and gone."""
    began = time.perf_counter()
    job = _submit(engine, seed, {})
    _wait(lambda: any(isinstance(event, Step) for event in engine.events(job)))
    took = time.perf_counter() - began
    engine.kill(job, f"visitor {seed}")
    _wait(lambda: not engine._queue.running)
    return took


def _overhead(repeats: int) -> Row:
    """With and without take turns, on a worker with as many cores as there are at home."""
    home = Engine()
    home.warm()
    with _cluster(1) as (there, _machines):
        pairs = [(_first_loss_s(home, n), _first_loss_s(there, n)) for n in range(repeats)]
    home.close()
    here, far = (statistics.median(times) for times in zip(*pairs, strict=True))
    return Row(
        f"{_EXPERIMENT}, Train to first loss on a worker of this machine, median of {repeats}",
        f"{far:.2f} s, {far - here:+.2f} s ({far / here - 1:+.0%})",
        f"{here:.2f} s without a cluster; at most 0.2 s or 5% more",
    )


def throughput(workers: int, seconds: float = 40) -> float:
    """Short runs a minute, some of them always waiting."""
    with _cluster(workers) as (engine, _machines):
        began, jobs = time.monotonic(), []
        while time.monotonic() - began < seconds:
            if len(engine._queue.waiting) < 2:
                jobs.append(_submit(engine, len(jobs), _SHORT))
            time.sleep(0.02)
        done = sum(isinstance(engine.result(job), Finished) for job in jobs)
        took = time.monotonic() - began
    return 60 * done / took


def throughput_row(workers: int, runs: float) -> Row:
    """Its line."""
    what = f"short runs a minute on {workers} worker{'s' if workers > 1 else ''} of one slot"
    return Row(what, f"{runs:.0f}", f"{CORES} cores in all, of server and scheduler, too")


def _busy(queued: int) -> list[Row]:
    """The cores' load while runs wait, from when all slots are taken."""
    with _cluster(CORES) as (engine, _machines):
        jobs = [_submit(engine, number, _SHORT) for number in range(queued)]
        _wait(lambda: len(engine._queue.running) == CORES)
        psutil.cpu_percent()
        _wait(lambda: not engine._queue.waiting)
        load = psutil.cpu_percent()
        _wait(lambda: all(engine.result(job) for job in jobs))
        failed = sum(not isinstance(engine.result(job), Finished) for job in jobs)
    what = f"load of {CORES} cores while {queued} runs wait for {CORES} workers"
    return [Row(what, f"{load:.0f}%, {failed} failed", "over 90%")]


def _share(seconds: float) -> Iterator[Row]:
    """What scheduler and web server take of a core while runs say something all the time."""
    slots = 12  # of five steps a second each
    with _cluster(1, slots) as (engine, machines):
        jobs = [_submit(engine, number, _LONG) for number in range(slots)]
        _wait(lambda: all(len(engine.events(job)) > 3 for job in jobs))
        assert machines.scheduler is not None
        scheduler = psutil.Process(machines.scheduler.pid)
        both = scheduler, psutil.Process()  # this one follows the runs, as a web server does
        said = sum(len(engine.events(job)) for job in jobs)
        before, began = [_cpu_s(process) for process in both], time.monotonic()
        time.sleep(seconds)
        took, after = time.monotonic() - began, [_cpu_s(process) for process in both]
        events = sum(len(engine.events(job)) for job in jobs) - said
        shares = [(b - a) / took for a, b in zip(before, after, strict=True)]
        for number, job in enumerate(jobs):
            engine.kill(job, f"visitor {number}")
    what = f"share of a core at {events / took:.0f} events a second of {slots} runs"
    yield Row(f"the scheduler's {what}", f"{shares[0]:.1%}", "below 3% at 60")
    yield Row(f"the web server's {what}, pages not counted", f"{shares[1]:.1%}")


def _cpu_s(process: psutil.Process) -> float:
    times = process.cpu_times()
    return times.user + times.system


if __name__ == "__main__":
    for row in rows(seconds=5, repeats=2, queued=6) if sys.argv[1:] else rows():
        print(row, flush=True)
