"""A sweep: its runs as jobs of an engine, a few at a time, and those that are kept read."""

from __future__ import annotations

import math
import os
import time
from collections.abc import Callable, Generator, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager, nullcontext
from pathlib import Path
from typing import TYPE_CHECKING, Any

import psutil

from core import experiments
from core.engine import Engine, Limits, reasons
from core.engine.cluster import chosen
from core.engine.limits import CORES
from core.events import Epoch, Event, Failed, Started, Step, light
from core.experiments.kit.config import Config
from core.sweeps.plan import Plan, planned
from core.sweeps.progress import ProgressLine
from core.sweeps.results import Folder, Result, table

if TYPE_CHECKING:
    import pandas as pd

_VISITOR = "sweep"
LOOK_S = 0.1  # how often the jobs are looked at


def sweep(
    experiment: str,
    over: Mapping[str, Sequence[Any]] | None = None,
    seeds: int | Sequence[int] = 10,
    set: Mapping[str, Any] | None = None,
    out: str | Path | None = None,
    *,
    jobs: int | None = None,
    cluster: str | None = None,
    progress: bool | Callable[[float, int], object] = True,
    engine: Engine | None = None,
    find: Callable[[str], experiments.Experiment[Any]] = experiments.experiment,
) -> pd.DataFrame:
    """Run an experiment with every combination of settings and every seed.

    over: field -> the values to try. seeds: how many, from 0, or which. set: the other settings.
    out: a folder that keeps each run by its address: what is there is not computed again.
    jobs: runs at a time, on this machine one a core unless told. cluster: the address of a
    scheduler whose workers run them, PANGLOSS_CLUSTER by default. progress: a line on standard
    error, or what hears how much is done, in runs (one under way counts in part), and how many
    have ended. engine: runs them; by default one of their own.
    Returns a row a run: its fields (the seed is one), metrics, train_s, weights, and error, which
    says why a run failed and is else "".
    Raises Problem for what is not a sweep.

        from core.sweeps import sweep
        runs = sweep("next-value", {"cell": ["lstm", "gru"]}, seeds=5, set={"epochs": 3})
        runs.groupby("cell")["test_rmse"].median()
    """
    plan = planned(find(experiment), over or {}, seeds, set or {})
    folder = Path(out) if out else None
    hears = ProgressLine(len(plan.configs)) if progress is True else progress or None
    with own_engine(jobs, find, cluster) if engine is None else nullcontext(engine) as running:
        results = run(plan, running, folder, hears)
    return table(results[config] for config in in_order(plan) if config in results)


def in_order(plan: Plan) -> list[Config]:
    """A plan's configs, setting by setting, their seeds together."""
    first = {setting(config): place for place, config in reversed([*enumerate(plan.configs)])}
    return sorted(plan.configs, key=lambda config: first[setting(config)])


def setting(config: Config) -> Config:
    """A config without its seed: which of the settings it is."""
    return config.replace(seed=0)


def run(
    plan: Plan,
    engine: Engine,
    out: Path | None = None,
    progress: Callable[[float, int], object] | None = None,
) -> dict[Config, Result]:
    """The results of a plan's runs, as of ``sweep``."""
    results: dict[Config, Result] = {}
    for result, done in each(plan, engine, Folder(out) if out else None):
        if result:
            results[result.config] = result
        if progress:
            progress(done, len(results))
    return results


def each(
    plan: Plan,
    engine: Engine,
    folder: Folder | None,
    *,
    visitor: str = _VISITOR,
    look_s: float = LOOK_S,
) -> Generator[tuple[Result | None, float], None, None]:
    """Each run's result once it is there, and now and then None; and how much is done, in runs.

    What the folder has comes first. Who closes the iterator ends the jobs that go on. Raises
    Problem where the engine takes no more.
    """
    ended, missing = 0, []
    for config in plan.configs:
        result = folder.find(plan.experiment, config) if folder else None
        if result:
            ended += 1
            yield result, ended
        else:
            missing.append(config)
    left, going = missing[::-1], dict[Config, str]()
    try:
        while left or going:
            while left and len(going) < 2 * engine.beside:  # those that wait are begun at once
                config = left.pop()
                going[config] = engine.submit(plan.experiment, config, visitor, of_sweep=True)
            for config, job_id in [*going.items()]:
                result = result_of(engine, config, job_id)
                if result:
                    del going[config]
                    ended += 1
                    if folder:
                        folder.keep(plan.experiment, result)
                    yield result, ended + _done(engine, going.values())
            if left or going:
                yield None, ended + _done(engine, going.values())
                time.sleep(look_s)
    finally:
        for job_id in going.values():
            if engine.owns(job_id, visitor):
                engine.kill(job_id, visitor)


def result_of(engine: Engine, config: Config, job_id: str) -> Result | None:
    """The result of a job that has ended; one that is of a sweep is then forgotten."""
    job = engine.job(job_id)
    if job and not job.ended:
        return None
    events, times_s = engine.events(job_id), engine.times_s(job_id)
    if job and job.of_sweep:
        engine.forget([job_id])
    told = [
        (light(e), at) for e, at in zip(events, times_s, strict=True) if not isinstance(e, Step)
    ]
    told = told or [(Failed(reasons.NO_SUCH_RUN), 0.0)]  # it waited for nobody for too long
    return Result(config, [e for e, _ in told], [at for _, at in told])


@contextmanager
def own_engine(
    jobs: int | None,
    find: Callable[[str], experiments.Experiment[Any]] = experiments.experiment,
    cluster: str | None = None,
) -> Iterator[Engine]:
    """An engine for a sweep alone: of all the memory there is, however long its runs take.

    jobs: runs at a time. Where none is said: one a core of this machine, three quarters of the
    slots of a cluster. cluster: its scheduler's address, PANGLOSS_CLUSTER by default. Raises
    Problem where there is no such scheduler.
    """
    if address := cluster or os.environ.get(chosen.VARIABLE):
        free = Limits.kept_free if jobs is None else 0
        limits = Limits(kept_free=free, memory_bytes=2**62, wall_s=math.inf)
        engine = Engine(limits, find=find, processes=chosen.reached(address, jobs))
    else:
        at_once, memory = jobs or CORES, psutil.virtual_memory().total
        limits = Limits(at_once=at_once, beside=at_once, memory_bytes=memory, wall_s=math.inf)
        engine = Engine(limits, find=find)  # which starts no process before its first job
    try:
        yield engine
    finally:
        engine.close()


def _done(engine: Engine, jobs: Iterable[str]) -> float:
    """How much of the jobs that go on is done, in runs."""
    return sum(_share(engine.events(job_id)) for job_id in jobs)


def _share(events: Sequence[Event]) -> float:
    """How much of a run is done, from 0 to 1: its steps."""
    start = next((event for event in events if isinstance(event, Started)), None)
    step = next((e.step for e in reversed(events) if isinstance(e, Step | Epoch)), 0)
    return min(1.0, step / max(1, start.steps)) if start else 0.0
