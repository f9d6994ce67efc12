"""A sweep in words: each setting's spread, and the best of them against the others."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from core.experiments.kit.config import Config
from core.sweeps import metrics
from core.sweeps.results import Result
from core.sweeps.statistics import Difference, Spread, difference, holm, spread


@dataclass(frozen=True)
class Setting:
    """One of the settings of a sweep. name: where it differs. values: seed -> metric."""

    name: str
    values: Mapping[int, float]
    failed: int

    @property
    def spread(self) -> Spread:
        """The median and the quartiles."""
        return spread(list(self.values.values()))


@dataclass(frozen=True)
class Compared:
    """The settings of a sweep by one metric, and how the best does beside each other one.

    best: that of the best median, None where no run tells the metric or there is one setting.
    beside: the other settings with what they are to the best; p is made larger for their number.
    """

    metric: str
    better: int
    settings: Sequence[Setting]
    best: Setting | None
    beside: Sequence[tuple[Setting, Difference]]


def compared(settings: Sequence[Setting], metric: str) -> Compared:
    """The settings by one metric."""
    better = metrics.better(metric)
    told = [setting for setting in settings if setting.values]
    if len(told) < 2:
        return Compared(metric, better, settings, None, [])
    best = max(told, key=lambda setting: (better or 1) * setting.spread.median)
    others = [setting for setting in told if setting is not best]
    found = [difference(best.values, other.values, better) for other in others]
    adjusted = holm([one.p for one in found])
    beside = [
        (other, replace(one, p=p)) for other, one, p in zip(others, found, adjusted, strict=True)
    ]
    return Compared(metric, better, settings, best, beside)


def settings_of(
    results: Mapping[Config, Result], over: Sequence[str], metric: str, order: Sequence[Config]
) -> list[Setting]:
    """The settings of a sweep by a metric. over: the fields that vary. order: of the configs."""
    groups: dict[str, list[Result]] = {}
    for config in order:
        if config in results:
            name = ", ".join(f"{field}={_value(getattr(config, field))}" for field in over)
            groups.setdefault(name or "all runs", []).append(results[config])
    return [
        Setting(name, metrics.values(group, metric), sum(not one.finished for one in group))
        for name, group in groups.items()
    ]


def of_racers(results: Sequence[Result], names: Sequence[str]) -> list[Setting]:
    """Networks that race in the same runs, as settings. names: each one's metric."""
    failed = sum(not result.finished for result in results)
    return [Setting(name, metrics.values(results, name), failed) for name in names]


def _value(value: Any) -> str:
    return str(value).lower() if isinstance(value, bool) else str(value)
