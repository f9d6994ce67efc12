"""What a search may try, what Optuna proposes of it, and what it is told."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

from core.events import Epoch, Event
from core.experiments import Experiment
from core.experiments.kit.config import Config, Spec
from core.messages import N_, Problem

if TYPE_CHECKING:
    import optuna  # pyright: ignore[reportMissingImports]

_JOURNAL = "search.jsonl"


@dataclass(frozen=True)
class Range:
    """All values between two bounds, both of them included."""

    low: Any
    high: Any


Space = Mapping[str, Sequence[Any] | Range]


@dataclass(eq=False)
class Trial:
    """A setting that is tried.

    told: the metric by epoch. state: "running", or how it ended: "finished", "pruned", "failed".
    """

    number: int
    config: Config
    told: dict[int, float] = field(default_factory=dict)
    state: str = "running"
    error: str = ""
    job_id: str = ""

    @property
    def value(self) -> float:
        """The metric of its last epoch, NaN before the first."""
        return self.told[max(self.told)] if self.told else math.nan

    @property
    def at_end(self) -> bool:
        """Whether its last epoch has been told."""
        return max(self.told, default=0) >= self.config.to_dict().get("epochs", math.inf)

    def hear(self, events: Sequence[Event], metric: str) -> dict[int, float]:
        """Take note of the metric, and of nothing else; returns what is new, by epoch."""
        new = {
            event.epoch: float(event.metrics[metric])
            for event in events
            if isinstance(event, Epoch) and event.epoch not in self.told and metric in event.metrics
        }
        self.told |= new
        return new


def check_space(experiment: Experiment[Any], space: Space, settings: Mapping[str, Any]) -> None:
    """Raise Problem where there is nothing to search, or ConfigError for what is not allowed."""
    config_class = experiment.Config
    config_class.parse({**settings, "seed": 0})
    if not space:
        raise Problem(N_("There is nothing to search: name the settings and their values."))
    for name, values in space.items():
        if name in settings or name == "seed":
            raise Problem(N_("{name} cannot be searched; it is fixed."), name=name)
        config_class.parse({name: values.low if isinstance(values, Range) else values[0]})
        bounds = [values.low, values.high] if isinstance(values, Range) else values
        parsed = [config_class.parse_field(name, value) for value in bounds]
        spec = config_class.specs()[name]
        if isinstance(values, Range) and (
            spec.kind not in ("int", "float") or parsed[0] > parsed[1]
        ):
            raise Problem(
                N_("{name} has no range from {low} to {high}."),
                name=name,
                low=values.low,
                high=values.high,
            )


def opened(name: str, metric: str, maximise: bool, out: Path | None) -> optuna.Study:
    """A search, new or as an earlier call left it in ``out``. Raises Problem without Optuna."""
    try:
        import optuna  # pyright: ignore[reportMissingImports]
        from optuna.storages.journal import JournalFileBackend  # pyright: ignore[reportMissingImports]
    except ImportError:
        raise Problem(
            N_("A search needs Optuna: pip install -r requirements-search.txt installs it.")
        ) from None
    optuna.logging.set_verbosity(optuna.logging.ERROR)
    storage = None
    if out:
        out.mkdir(parents=True, exist_ok=True)
        journal = JournalFileBackend(str(out / _JOURNAL))
        storage = optuna.storages.JournalStorage(journal)
    study = optuna.create_study(
        storage=storage,
        study_name=f"{name} {metric}",
        direction="maximize" if maximise else "minimize",
        pruner=optuna.pruners.MedianPruner(n_warmup_steps=2),
        load_if_exists=True,
    )
    # One that goes on draws other settings than it began with.
    study.sampler = optuna.samplers.TPESampler(seed=len(study.trials))
    return study


def former(
    study: optuna.Study, experiment: Experiment[Any], space: Space, settings: Mapping[str, Any]
) -> list[Trial]:
    """The trials of an earlier call.

    Of those that failed others are tried; what was under way when it was broken off is tried again.
    """
    from optuna.trial import TrialState  # pyright: ignore[reportMissingImports]

    names = {TrialState.COMPLETE: "finished", TrialState.PRUNED: "pruned"}
    found = []
    for one in study.get_trials():
        if one.state == TrialState.RUNNING:
            study.tell(one.number, state=TrialState.FAIL)
            study.enqueue_trial(one.params)
        elif one.state in names:
            config = experiment.Config.parse({**settings, **one.params, "seed": 0})
            told, state = dict(one.intermediate_values), names[one.state]
            found.append(Trial(one.number, config, told, state))
    return found


def proposed(
    experiment: Experiment[Any], space: Space, settings: Mapping[str, Any], asked: optuna.Trial
) -> Config:
    """The settings that are proposed, with the seed 0."""
    config_class = experiment.Config
    values = {}
    for name, of in space.items():
        spec = config_class.specs()[name]
        values[name] = (
            _between(asked, name, spec, of)
            if isinstance(of, Range)
            else asked.suggest_categorical(name, [spec.parse(value) for value in of])
        )
    return config_class.parse({**settings, **values, "seed": 0})


def _between(asked: optuna.Trial, name: str, spec: Spec, of: Range) -> float:
    low, high = spec.parse(of.low), spec.parse(of.high)
    if spec.kind == "int":
        step = 1 if spec.log else int(spec.step or 1)
        return asked.suggest_int(name, low, high, log=spec.log, step=step)
    return asked.suggest_float(name, low, high, log=spec.log)


def report(asked: optuna.Trial, new: Mapping[int, float]) -> None:
    """Tell Optuna the metric at the ends of epochs."""
    for epoch, value in new.items():
        asked.report(value, epoch)


def tell(study: optuna.Study, trial: Trial, asked: optuna.Trial) -> None:
    """Tell Optuna how a trial ended."""
    from optuna.trial import TrialState  # pyright: ignore[reportMissingImports]

    if trial.state == "finished" and math.isfinite(trial.value):
        study.tell(asked, trial.value)
    else:
        pruned = trial.state == "pruned"
        study.tell(asked, state=TrialState.PRUNED if pruned else TrialState.FAIL)
