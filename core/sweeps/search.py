"""A search for good settings by Optuna: by a validation part; the test part is looked at last."""

from __future__ import annotations

import math
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from core import experiments
from core.engine import Engine
from core.experiments import Experiment
from core.experiments.kit.config import Config
from core.messages import N_, Problem
from core.sweeps.plan import planned
from core.sweeps.proposals import Space, Trial, check_space, former, opened, proposed, report, tell
from core.sweeps.results import Folder, Result
from core.sweeps.running import LOOK_S, own_engine, result_of, run

if TYPE_CHECKING:
    import pandas as pd

_VISITOR = "search"


@dataclass(frozen=True)
class Found:
    """What a search came to.

    trials: what was tried, a row each, with the validation metric alone. best: the settings, None
    where no trial has a value. final: these settings with several seeds, test part and all.
    """

    trials: pd.DataFrame
    best: Config | None
    final: Mapping[Config, Result]


def search(
    experiment: str,
    space: Space,
    metric: str,
    trials: int,
    *,
    maximise: bool = False,
    seeds: int = 10,
    set: Mapping[str, Any] | None = None,
    out: Path | None = None,
    jobs: int | None = None,
    cluster: str | None = None,
    progress: Callable[[float, int], object] | None = None,
    engine: Engine | None = None,
    find: Callable[[str], Experiment[Any]] = experiments.experiment,
) -> Found:
    """Try settings, each with the seed 0, then run the best with other seeds, from 1 on.

    space: field -> the values that may be tried, or their Range. metric: of the experiment's
    ``validation``; of the trials nothing else is looked at. A trial that falls behind the median
    of the others at the same epoch is ended. out: keeps trials and runs: the same call goes on.
    jobs, cluster: as of ``sweep``. progress: hears how many trials are done, and have ended.
    Raises Problem where there is no validation part, or Optuna is not installed.
    """
    chosen = find(experiment)
    check(chosen, metric)
    check_space(chosen, space, set or {})
    if engine is None:
        with own_engine(jobs, find, cluster) as own:
            return search(
                experiment, space, metric, trials, maximise=maximise, seeds=seeds, set=set,
                out=out, progress=progress, engine=own, find=find,
            )  # fmt: skip
    tried = _tried(chosen, space, metric, trials, maximise, set or {}, out, progress, engine)
    ended = [trial for trial in tried if trial.state == "finished" and math.isfinite(trial.value)]
    if not ended:
        return Found(_table(tried, space, metric), None, {})
    best = (max if maximise else min)(ended, key=lambda trial: trial.value).config
    settings = {name: value for name, value in best.to_dict().items() if name != "seed"}
    plan = planned(chosen, {}, range(1, seeds + 1), settings)
    final = run(plan, engine, out)
    return Found(_table(tried, space, metric), best, final)


def check(experiment: Experiment[Any], metric: str) -> None:
    """Raise Problem for a metric that settings may not be chosen by."""
    if not experiment.validation:
        raise Problem(
            N_(
                "{name} has no validation part: what chose the settings would be scored on the "
                "same data. Sweep over them instead, and choose by what you know."
            ),
            name=experiment.name,
        )
    if metric not in experiment.validation:
        raise Problem(
            N_("Settings of {name} are chosen by its validation part: {allowed}, not {given}."),
            name=experiment.name,
            allowed=", ".join(experiment.validation),
            given=metric[:60],
        )


def _tried(
    experiment: Experiment[Any],
    space: Space,
    metric: str,
    count: int,
    maximise: bool,
    settings: Mapping[str, Any],
    out: Path | None,
    progress: Callable[[float, int], object] | None,
    engine: Engine,
) -> list[Trial]:
    folder = Folder(out) if out else None
    study = opened(experiment.name, metric, maximise, out)
    tried, going = former(study, experiment, space, settings), dict[Trial, Any]()

    def end(trial: Trial, asked: Any, state: str, error: str = "") -> None:
        trial.state, trial.error = state, error
        going.pop(trial, None)
        tell(study, trial, asked)

    try:
        while going or len(tried) < count:
            while len(tried) < count and len(going) < engine.beside:
                asked = study.ask()
                config = proposed(experiment, space, settings, asked)
                trial = Trial(asked.number, config)
                same = next(
                    (t for t in tried if t.config == config and t.state == "finished"), None
                )
                tried.append(trial)
                kept = folder.find(experiment.name, config) if folder else None
                if same or kept:
                    new = same.told if same else trial.hear(kept.events if kept else (), metric)
                    trial.told |= new
                    report(asked, new)
                    end(trial, asked, "finished")
                else:
                    trial.job_id = engine.submit(experiment.name, config, _VISITOR, of_sweep=True)
                    going[trial] = asked
            for job_id in {trial.job_id: None for trial in going}:
                # Trials of the same settings have one job.
                alike = [(trial, asked) for trial, asked in going.items() if trial.job_id == job_id]
                events = engine.events(job_id)
                for trial, asked in alike:
                    report(asked, trial.hear(events, metric))
                first, asked = alike[0]
                result = result_of(engine, first.config, job_id)
                if result and folder:
                    folder.keep(experiment.name, result)
                pruned = not result and not first.at_end and asked.should_prune()
                if pruned:
                    engine.kill(job_id, _VISITOR)
                for trial, asked in alike:
                    if result:
                        trial.hear(result.events, metric)
                        state = "failed" if result.failed else "finished"
                        end(trial, asked, state, result.error)
                    elif pruned:
                        end(trial, asked, "pruned")
            if progress:
                progress(len(tried) - len(going), len(tried) - len(going))
            if going or len(tried) < count:
                time.sleep(LOOK_S)
    finally:
        for trial in going:
            engine.kill(trial.job_id, _VISITOR)
    return tried


def _table(tried: Sequence[Trial], space: Space, metric: str) -> pd.DataFrame:
    import pandas as pd

    rows = [
        {
            "trial": trial.number,
            **{name: getattr(trial.config, name) for name in space},
            metric: trial.value,
            "epochs": max(trial.told, default=0),
            "state": trial.state,
            "error": trial.error,
        }
        for trial in tried
    ]
    return pd.DataFrame(rows)
