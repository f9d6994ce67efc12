"""The statistics of a sweep against SciPy, and by hand."""

import math

import numpy as np
import pytest
from scipy import stats

from core.sweeps import statistics
from core.sweeps.statistics import difference, holm, power, seeds_needed, sign_flip_p, spread

DIFFERENCES = np.array([0.3, -0.1, 0.4, 0.2, 0.5, -0.2, 0.1, 0.35])


def test_median_and_quartiles():
    assert spread([4.0, 1.0, 3.0, 2.0, 5.0]) == statistics.Spread(5, 3.0, 2.0, 4.0)
    assert spread([]).n == 0 and math.isnan(spread([]).median)


def test_who_is_ahead_is_counted_by_seed():
    one, other = {0: 1.0, 1: 2.0, 2: 3.0, 7: 9.0}, {0: 2.0, 1: 2.0, 2: 1.0, 5: 0.0}
    less = difference(one, other, -1)
    assert (less.n, less.ahead, less.behind, less.mean) == (3, 1, 1, pytest.approx(1 / 3))
    more = difference({0: 3.0, 1: 2.0}, {0: 1.0, 1: 1.0}, 1)
    assert (more.ahead, more.behind, more.mean, more.interval) == (2, 0, 1.5, None)
    assert difference({0: 3.0}, {0: 1.0}, 0).ahead == 1
    assert difference(dict.fromkeys(range(4), 2.0), dict.fromkeys(range(4), 1.0), 1).seeds == 6
    none = difference({0: 1.0}, {1: 1.0}, 1)
    assert (none.n, none.p, none.seeds, none.may_be_chance) == (0, 1.0, None, True)


def test_the_interval_is_scipys_bca():
    found = statistics.bootstrap_interval(DIFFERENCES)
    expected = stats.bootstrap((DIFFERENCES,), np.mean, method="BCa", rng=0).confidence_interval
    assert found == pytest.approx((expected.low, expected.high), abs=1e-12)
    assert statistics.bootstrap_interval(DIFFERENCES[:2]) is None
    assert statistics.bootstrap_interval(np.full(5, 0.25)) == (0.25, 0.25)


@pytest.mark.parametrize("n", [3, 8])
def test_the_flips_of_signs_are_scipys(n):
    expected = stats.permutation_test(
        (DIFFERENCES[:n],), np.mean, permutation_type="samples", n_resamples=2**n
    ).pvalue
    assert sign_flip_p(DIFFERENCES[:n]) == pytest.approx(expected)


def test_flips_of_signs_by_hand():
    assert sign_flip_p(np.array([1.0, 2.0, 3.0])) == 2 / 8  # only all of one sign is as far
    assert sign_flip_p(np.array([0.1, 0.2, -0.3])) == 1.0
    assert sign_flip_p(np.zeros(4)) == 1.0
    assert sign_flip_p(np.full(10, 0.5)) == 2 / 2**10


def test_many_flips_are_drawn():
    many = np.random.default_rng(1).normal(0.3, 1.0, 40)
    exact = stats.permutation_test(
        (many,), np.mean, permutation_type="samples", n_resamples=100_000, rng=2
    ).pvalue
    assert sign_flip_p(many) == pytest.approx(exact, abs=0.015)


def test_power_is_that_of_cohens_tables():
    # Two-sided, 5 %: an effect of 0.5 needs 34 pairs for a power of 0.8 (G*Power 3.1).
    assert power(0.5, 34) == pytest.approx(0.8078, abs=2e-4)
    assert power(0.5, 33) < 0.8
    assert power(0.0, 20) == pytest.approx(0.05)


def test_power_is_how_often_scipys_test_sees_the_effect():
    draws = np.random.default_rng(0).normal(0.8, 1.0, (20_000, 12))
    _statistics, p = stats.ttest_1samp(draws, 0.0, axis=1)
    seen = (np.asarray(p) < 0.05).mean()
    assert power(0.8, 12) == pytest.approx(seen, abs=0.01)


def test_seeds_needed():
    def of_effect(effect):
        shape = np.array([-1.0, 1.0]) / math.sqrt(2)  # standard deviation 1
        return seeds_needed(shape + effect)

    assert [of_effect(effect) for effect in (0.2, 0.5, 0.8)] == [199, 34, 15]
    assert of_effect(-0.5) == 34
    assert of_effect(0.01) is None and of_effect(0.0) is None
    assert seeds_needed(np.array([0.5])) is None
    assert seeds_needed(np.array([0.5, 0.5, 0.5])) == 2
    found = of_effect(3.0)
    assert found is not None and power(3.0, found) >= 0.8 > power(3.0, found - 1)


def test_holm_by_hand():
    assert holm([0.01, 0.04, 0.03]) == pytest.approx([0.03, 0.06, 0.06])
    assert holm([0.6, 0.7]) == [1.0, 1.0]
    assert holm([]) == []
