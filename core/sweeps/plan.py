"""What a sweep is to run: every combination of settings, each with every seed."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import product
from typing import Any

from core.experiments import Experiment
from core.experiments.kit.config import Config
from core.messages import N_, Problem

MOST_RUNS = 20_000


@dataclass(frozen=True)
class Plan:
    """The runs of a sweep.

    over: the fields that vary. configs: all of them, the seeds outermost, so that after a part of
    them each setting has had the same seeds.
    """

    experiment: str
    over: Sequence[str]
    configs: Sequence[Config]


def planned(
    experiment: Experiment[Any],
    over: Mapping[str, Sequence[Any]],
    seeds: int | Sequence[int],
    settings: Mapping[str, Any],
) -> Plan:
    """The plan of a sweep. seeds: how many, from 0, or which.

    Raises Problem for what cannot be varied, a value given twice, or more than MOST_RUNS runs;
    ConfigError where a setting is not allowed.
    """
    config_class = experiment.Config
    if "seed" not in config_class.specs():
        raise Problem(
            N_("{name} has no seed, so every run of it is the same."), name=experiment.name
        )
    if isinstance(seeds, int) and seeds < 1:
        raise Problem(N_("A sweep needs at least 1 seed, not {given}."), given=seeds)
    which = range(seeds) if isinstance(seeds, int) else seeds
    for name, values in {**over, "seed": which}.items():
        if name in settings or (name == "seed" and name in over):
            raise Problem(
                N_("{name} is given twice; a setting is fixed, swept over, or the seed."), name=name
            )
        if not values:
            raise Problem(N_("There is no value to sweep {name} over."), name=name)
    runs = len(which)
    for values in over.values():
        runs *= len(values)
    if runs > MOST_RUNS:
        raise Problem(
            N_("That makes {runs} runs; a sweep has {most} at most."), runs=runs, most=MOST_RUNS
        )
    configs = [
        config_class.parse({**settings, **dict(zip(over, values, strict=True)), "seed": seed})
        for seed in which
        for values in product(*over.values())
    ]
    if len(set(configs)) < len(configs):
        raise Problem(N_("The same setting is given twice; each is run once."))
    return Plan(experiment.name, list(over), configs)
