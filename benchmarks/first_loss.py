"""From Train to the first loss, every experiment with its default settings, through the engine.

Once where somebody trains at once, or while others' runs go on; and once where nothing runs and
the settings have stood still long enough for the run to be prepared. Seconds by the clock, and of
processors that a run which was not prepared took until then: on a busy machine that figure is the
truer one. ``python -m benchmarks.first_loss NAME ...`` takes some experiments alone.
"""

import statistics
import sys
import time
from collections.abc import Iterator, Sequence

import psutil

from benchmarks.row import Row
from core.engine import Engine
from core.events import Step
from core.experiments import experiment, names

RUNS = 3
ALLOWED_S = 1.5
STILL_S = 4.0


def rows(chosen: Sequence[str] = ()) -> Iterator[Row]:
    engine = Engine()
    engine.warm()
    try:
        for name in chosen or names():
            yield row(engine, name)
    finally:
        engine.close()


def row(engine: Engine, name: str) -> Row:
    what = f"{name}, default settings: Train to the first loss"
    found = [first_loss(engine, name, seed) for seed in range(1, RUNS + 1)]
    found += [
        first_loss(engine, name, seed, still_s=STILL_S) for seed in range(RUNS + 1, 2 * RUNS + 1)
    ]
    if failures := [said for said in found if isinstance(said, str)]:
        return Row(what, failures[0])
    pairs = [pair for pair in found if not isinstance(pair, str)]
    clock, processors = (statistics.median(pair[i] for pair in pairs[:RUNS]) for i in (0, 1))
    prepared = statistics.median(clock for clock, _processors in pairs[RUNS:])
    return Row(
        what,
        f"{clock:.2f} s; prepared {prepared:.2f} s",
        f"{ALLOWED_S} s allowed; {processors:.2f} s of processors, the job's",
    )


def first_loss(
    engine: Engine, name: str, seed: int, still_s: float = 0.0
) -> tuple[float, float] | str:
    """Seconds by the clock and of processors; or why there was none.

    still_s: how long the settings have stood still before Train.
    """
    config = experiment(name).Config(seed=seed)
    before = set(psutil.Process().children(recursive=True))
    if still_s:
        engine.expect(name, config, "benchmark")
        time.sleep(still_s)
    began = time.perf_counter()
    job = engine.submit(name, config, "benchmark")
    while not any(isinstance(event, Step) for event in engine.events(job)):
        if result := engine.result(job):
            return str(result)
        time.sleep(0.01)
    clock = time.perf_counter() - began
    worker = set(psutil.Process().children(recursive=True)) - before
    processors = sum(sum(process.cpu_times()[:2]) for process in worker)
    engine.kill(job, "benchmark")
    while engine.job(job) and not all(not process.is_running() for process in worker):
        time.sleep(0.05)
    return clock, processors


if __name__ == "__main__":
    for line in rows(sys.argv[1:]):
        print(line, flush=True)
