"""A sweep: its runs as jobs of an engine, a few at a time, and those that are kept read."""

from __future__ import annotations

import math
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING, Any

import psutil

from core import experiments
from core.engine import Engine, Limits
from core.engine.limits import CORES
from core.events import Epoch, Started, Step
from core.experiments.kit.config import Config
from core.sweeps.plan import Plan, planned
from core.sweeps.results import Folder, Result, table

if TYPE_CHECKING:
    import pandas as pd

_VISITOR = "sweep"
_LOOK_S = 0.1


def sweep(
    experiment: str,
    over: Mapping[str, Sequence[Any]] | None = None,
    seeds: int | Sequence[int] = 10,
    set: Mapping[str, Any] | None = None,
    out: str | Path | None = None,
    *,
    jobs: int = CORES,
    progress: Callable[[float, int], object] | None = None,
    engine: Engine | None = None,
    find: Callable[[str], experiments.Experiment[Any]] = experiments.experiment,
) -> pd.DataFrame:
    """Run an experiment with every combination of settings and every seed.

    over: field -> the values to try. seeds: how many, from 0, or which. set: the other settings.
    out: a folder that keeps each run by its address: what is there is not computed again.
    jobs: runs at a time, one thread each. progress: hears how much is done, in runs (a run under
    way counts in part), and how many have ended. engine: runs them; by default one of their own.
    Returns a row a run: its fields (the seed is one), metrics, train_s, weights, and error, which
    says why a run failed and is else "".
    Raises Problem for what is not a sweep.

        from core.sweeps import sweep
        runs = sweep("next-value", {"cell": ["lstm", "gru"]}, seeds=5, set={"epochs": 3})
        runs.groupby("cell")["test_rmse"].median()
    """
    plan = planned(find(experiment), over or {}, seeds, set or {})
    results = run(
        plan, Path(out) if out else None, jobs=jobs, progress=progress, engine=engine, find=find
    )
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
    out: Path | None = None,
    *,
    jobs: int = CORES,
    progress: Callable[[float, int], object] | None = None,
    engine: Engine | None = None,
    find: Callable[[str], experiments.Experiment[Any]] = experiments.experiment,
) -> dict[Config, Result]:
    """The results of a plan's runs, as of ``sweep``."""
    folder = Folder(out, plan.experiment) if out else None
    results: dict[Config, Result] = {}
    for config in plan.configs if folder else ():
        kept = folder.find(config) if folder else None
        if kept:
            results[config] = kept
    missing = [config for config in plan.configs if config not in results]
    if not missing:
        return results
    if engine is None:
        with closing(own_engine(jobs, find)) as own:
            return run(plan, out, jobs=jobs, progress=progress, engine=own, find=find)
    for config, result, done in _computed(engine, plan.experiment, missing, jobs):
        if result:
            results[config] = result
            if folder:
                folder.keep(result)
        if progress:
            progress(len(results) + done, len(results))
    return results


def own_engine(
    jobs: int, find: Callable[[str], experiments.Experiment[Any]] = experiments.experiment
) -> Engine:
    """An engine for a sweep alone: of all this machine's memory, however long its runs take."""
    memory = psutil.virtual_memory().total
    limits = Limits(at_once=jobs, beside=jobs, memory_bytes=memory, wall_s=math.inf)
    return Engine(limits, find=find)


def _computed(
    engine: Engine, experiment: str, configs: Sequence[Config], jobs: int
) -> Iterator[tuple[Config, Result | None, float]]:
    """Each config with its result once it has ended, and now and then with None.

    The number is how much is done of those that go on, in runs.
    """
    left, going = list(reversed(configs)), dict[Config, str]()
    while left or going:
        while left and len(going) < 2 * jobs:  # those that wait are begun at once
            config = left.pop()
            going[config] = engine.submit(experiment, config, _VISITOR, of_sweep=True)
        for config, job_id in [*going.items()]:
            if engine.result(job_id):
                del going[config]
                result = Result(config, engine.events(job_id), engine.times_s(job_id))
                engine.forget([job_id])
                yield config, result, sum(done(engine, job) for job in going.values())
        if going:
            yield next(iter(going)), None, sum(done(engine, job) for job in going.values())
            time.sleep(_LOOK_S)


def done(engine: Engine, job_id: str) -> float:
    """How much of a run has been done, from 0 to 1: its steps."""
    events = engine.events(job_id)
    start = next((event for event in events if isinstance(event, Started)), None)
    step = next((e.step for e in reversed(events) if isinstance(e, Step | Epoch)), 0)
    return min(1.0, step / max(1, start.steps)) if start else 0.0
