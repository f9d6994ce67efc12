"""What many runs of one lesson say together: their middle, the best, and the strangest."""

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from core.store.classes.wall import ClassRun

LEAST = 5  # runs with a curve: among fewer none is strange
_TO_SIGMA = 1.4826  # median absolute deviation -> standard deviation of a normal distribution


@dataclass(frozen=True)
class Band:
    """The middle of some curves: updates (n,), and at each the quartiles of those that reach it."""

    steps: np.ndarray
    low: np.ndarray
    median: np.ndarray
    high: np.ndarray


@dataclass(frozen=True)
class Standing:
    """How runs stand: how many have come to their end, of how many, and the quartiles they reach.

    quartiles: of the last values of all curves, None without any. best: of those with a result,
    with ``best_value``. strangest: whose curve is farthest from the median's, ``distance`` robust
    standard deviations in the mean.
    """

    finished: int
    total: int
    quartiles: tuple[float, float, float] | None
    best: ClassRun | None = None
    best_value: float = math.nan
    strangest: ClassRun | None = None
    distance: float = 0.0


def curve(run: ClassRun) -> tuple[np.ndarray, np.ndarray]:
    """Updates and values (n,) of its curve, without those that are no finite number."""
    steps, losses = np.asarray(run.steps, float), np.asarray(run.losses, float)
    kept = np.isfinite(losses)
    return steps[kept], losses[kept]


def reached(run: ClassRun) -> float | None:
    """The last value of its curve; None before the first."""
    return _last(run) if len(curve(run)[1]) else None


def latest(runs: Sequence[ClassRun]) -> list[ClassRun]:
    """Of each pupil the last of these runs, in the pupils' order."""
    last = {run.pupil: run for run in runs}
    return [last[pupil] for pupil in sorted(last)]


def band(runs: Sequence[ClassRun]) -> Band:
    """Median and quartiles at every update that any curve tells of and at least half of them reach.

    Between two values of a curve it is a straight line.
    """
    drawn = [run for run in runs if reached(run) is not None]
    steps, values = _side_by_side(drawn)
    told = np.isfinite(values).sum(0) * 2 >= max(1, len(drawn))
    if not told.any():
        nothing = np.zeros(0)
        return Band(nothing, nothing, nothing, nothing)
    return Band(steps[told], *np.nanpercentile(values[:, told], (25, 50, 75), axis=0))


def standing(runs: Sequence[ClassRun], lower_is_better: bool) -> Standing:
    """How runs of one lesson stand. lower_is_better: of the metric of their curves."""
    drawn = [run for run in runs if reached(run) is not None]
    values = [_last(run) for run in drawn]
    done = [run for run in drawn if run.state in ("finished", "stopped")]
    away = distances(drawn) if len(drawn) >= LEAST else []
    distance = max(away, default=0.0)
    quartiles = np.percentile(values, (25, 50, 75)).tolist() if values else None
    best = (min if lower_is_better else max)(done, key=_last, default=None)
    return Standing(
        finished=sum(map(_ended, runs)),
        total=len(runs),
        quartiles=quartiles and tuple(quartiles),
        best=best,
        best_value=_last(best) if best else math.nan,
        strangest=drawn[away.index(distance)] if distance > 0 else None,
        distance=distance,
    )


def _ended(run: ClassRun) -> bool:
    return run.state in ("finished", "stopped", "failed")


def _last(run: ClassRun) -> float:
    return float(curve(run)[1][-1])


def distances(runs: Sequence[ClassRun]) -> list[float]:
    """How far each curve is from the median of all of them, in robust standard deviations.

    The mean over the updates that it reaches, of |value - median| / (1.4826 median |value - median|
    of all curves there). Where the latter is 0, more than half agree: that update does not count.
    Source: Rousseeuw & Croux (1993), Alternatives to the median absolute deviation.
    """
    _steps, values = _side_by_side(runs)
    if not values.size:
        return [0.0] * len(runs)
    gaps = np.abs(values - np.nanmedian(values, axis=0))
    spread = _TO_SIGMA * np.nanmedian(gaps, axis=0)
    gaps = gaps[:, spread > 0] / spread[spread > 0]
    counts = np.isfinite(gaps).sum(1)
    return (np.nansum(gaps, axis=1) / np.maximum(1, counts)).tolist()


def spans_decades(values: Sequence[float]) -> bool:
    """Whether numbers are all positive and so far apart that an axis counts in powers of ten."""
    return bool(values) and min(values) > 0 and math.log10(max(values) / min(values)) >= 2


def _side_by_side(runs: Sequence[ClassRun]) -> tuple[np.ndarray, np.ndarray]:
    """All updates (n,) that curves tell of, and each curve there (runs, n), NaN beyond its ends."""
    curves = [curve(run) for run in runs]
    steps = np.unique(np.concatenate([[], *(at for at, _values in curves)]))
    rows = [
        np.interp(steps, at, values, left=np.nan, right=np.nan)
        if len(at)
        else np.full(len(steps), np.nan)
        for at, values in curves
    ]
    return steps, np.array(rows).reshape(len(runs), len(steps))
