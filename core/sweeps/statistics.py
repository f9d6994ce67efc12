"""What many runs say of two settings, and how sure that is. SciPy, where it is asked for."""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

LEVEL = 0.05  # the chance of calling a difference one where there is none
POWER = 0.8  # the chance of seeing one that is there
_RESAMPLES = 9999
_EXACT = 12  # so many signs are tried in every combination
_MOST_SEEDS = 10_000
_FEWEST = 3  # for an interval
_FEWEST_SIGNS = 6  # whose flips come below LEVEL: 2 of 2**6


@dataclass(frozen=True)
class Spread:
    """The median and the quartiles of n values."""

    n: int
    median: float
    low: float
    high: float


@dataclass(frozen=True)
class Difference:
    """How one setting does beside another, over the seeds that both have.

    mean: of the differences, the one minus the other. interval: of it, at 1 - LEVEL; None for fewer
    than three seeds. ahead, behind: in how many seeds the one is the better. p: how often a
    difference as large comes about where the two are the same. seeds: how many would tell them
    apart, None where no number of use does.
    """

    n: int
    mean: float
    interval: tuple[float, float] | None
    ahead: int
    behind: int
    p: float
    seeds: int | None

    @property
    def may_be_chance(self) -> bool:
        """Whether it may well have come about where the two are the same."""
        return not self.p < LEVEL


def spread(values: Sequence[float]) -> Spread:
    """Median and quartiles, NaN of no values."""
    if not len(values):
        return Spread(0, math.nan, math.nan, math.nan)
    low, median, high = map(float, np.quantile(values, [0.25, 0.5, 0.75]))
    return Spread(len(values), median, low, high)


def difference(one: Mapping[int, float], other: Mapping[int, float], better: int) -> Difference:
    """Compare two settings: seed -> value of each. better: 1 where more is, -1 where less is.

    With better 0, more counts as ahead.
    """
    pairs = [(one[seed], other[seed]) for seed in one if seed in other]
    of_pairs = np.array([a - b for a, b in pairs])
    gains = of_pairs * (better or 1)
    needed = seeds_needed(of_pairs)
    return Difference(
        n=len(pairs),
        mean=float(of_pairs.mean()) if pairs else math.nan,
        interval=bootstrap_interval(of_pairs),
        ahead=int((gains > 0).sum()),
        behind=int((gains < 0).sum()),
        p=sign_flip_p(of_pairs),
        seeds=needed and max(needed, _FEWEST_SIGNS),
    )


def bootstrap_interval(values: np.ndarray) -> tuple[float, float] | None:
    """The BCa interval of the mean of values (n,) at 1 - LEVEL; None for fewer than three.

    Source: Efron (1987), Better Bootstrap Confidence Intervals.
    """
    from scipy.stats import bootstrap

    if len(values) < _FEWEST:
        return None
    if np.ptp(values) == 0:
        return float(values[0]), float(values[0])
    found = bootstrap(
        (values,), np.mean, confidence_level=1 - LEVEL, n_resamples=_RESAMPLES, rng=0
    ).confidence_interval
    return float(found.low), float(found.high)


def sign_flip_p(differences: np.ndarray) -> float:
    """How often a mean at least as far from 0 comes about if each difference had either sign.

    differences (n,). Exact for up to 12, else from 9,999 draws of signs; two-sided; 1 of none.
    Source: Fisher (1935), The Design of Experiments, section 21.
    """
    n = len(differences)
    if not n:
        return 1.0
    exact = n <= _EXACT
    if exact:
        signs = 1 - 2 * (np.arange(2**n)[:, None] >> np.arange(n) & 1)
    else:
        signs = np.random.default_rng(0).choice([-1, 1], (_RESAMPLES, n))
    means = np.abs(signs @ differences)
    seen = abs(differences.sum()) * (1 - 1e-12)  # sums in another order differ in the last bits
    count = int((means >= seen).sum())
    return count / len(signs) if exact else (count + 1) / (_RESAMPLES + 1)


def seeds_needed(differences: np.ndarray) -> int | None:
    """How many seeds a paired t-test needs to see the differences' mean, with POWER at LEVEL.

    The mean and the spread are taken to be those of the differences (n,). None for fewer than two,
    where the mean is 0, or for 10,000 and more.
    Source: Cohen (1988), Statistical Power Analysis, chapter 2, by the noncentral t distribution.
    """
    if len(differences) < 2 or differences.mean() == 0:
        return None
    deviation = float(differences.std(ddof=1))
    if deviation == 0:
        return 2
    effect = abs(float(differences.mean())) / deviation
    few, many = 1, 2  # few are not enough, many are
    while power(effect, many) < POWER:
        few, many = many, 2 * many
        if few >= _MOST_SEEDS:
            return None
    while many - few > 1:
        middle = (few + many) // 2
        few, many = (few, middle) if power(effect, middle) >= POWER else (middle, many)
    return many


def power(effect: float, n: int) -> float:
    """The chance that a two-sided paired t-test at LEVEL sees an effect.

    effect: the mean of the differences over their standard deviation. n: pairs, 2 at least.
    """
    from scipy.stats import nct, t

    bound, shift = t.ppf(1 - LEVEL / 2, n - 1), effect * math.sqrt(n)
    return float(nct.sf(bound, n - 1, shift) + nct.cdf(-bound, n - 1, shift))


def holm(p: Sequence[float]) -> list[float]:
    """The p-values of several comparisons, made larger for their number.

    Source: Holm (1979), A Simple Sequentially Rejective Multiple Test Procedure.
    """
    adjusted, largest = [1.0] * len(p), 0.0
    for place, i in enumerate(sorted(range(len(p)), key=lambda i: p[i])):
        largest = max(largest, min(1.0, (len(p) - place) * p[i]))
        adjusted[i] = largest
    return adjusted
