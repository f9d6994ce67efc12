"""The baselines against closed forms and scikit-learn."""

from functools import partial

import numpy as np
import pytest
from sklearn.linear_model import LinearRegression

from core.numeric.sequences.baselines import (
    LinearAutoregression,
    LinearRule,
    find_period,
    last_value,
    rmse,
    seasonal_drift,
    seasonal_naive,
    windows,
)

SERIES = np.array([3.0, 1, 4, 1, 5, 9, 2, 6])


def test_the_last_value_is_repeated():
    np.testing.assert_array_equal(last_value(SERIES, np.array([3, 8]), 2), [[4, 4], [6, 6]])


def test_the_last_season_is_repeated_also_beyond_a_period():
    told = seasonal_naive(SERIES, np.array([3, 6]), 5, period=3)
    np.testing.assert_array_equal(told, [[3, 1, 4, 3, 1], [1, 5, 9, 1, 5]])


def test_a_season_that_does_not_fit_is_refused():
    with pytest.raises(ValueError, match="a period of 4 does not fit before 3"):
        seasonal_naive(SERIES, np.array([5, 3]), 2, period=4)


def test_windows_are_the_values_before():
    np.testing.assert_array_equal(windows(SERIES, np.array([2, 5]), 2), [[3, 1], [1, 5]])


def test_the_linear_equation_is_least_squares_as_scikit_learn_fits_it():
    series = np.cumsum(np.random.default_rng(0).standard_normal(200)) + 40
    order, training = 5, series[:150]
    inputs = np.stack([training[i : i + order] for i in range(150 - order)])
    theirs = LinearRegression().fit(inputs, training[order:])
    ours = LinearAutoregression.fit(training, order)
    np.testing.assert_allclose(ours.rule.weights, theirs.coef_, atol=1e-9)
    assert ours.rule.constant == pytest.approx(theirs.intercept_)
    assert ours.order == order
    places = np.arange(150, 200)
    told = ours.forecast(series, places, 1)[:, 0]
    np.testing.assert_allclose(told, theirs.predict(windows(series, places, order)))


def test_an_autoregression_of_order_one_forecasts_its_closed_form():
    """x_t = c + a x_{t-1} told h steps ahead is m + a^h (x - m) with the mean m = c / (1 - a)."""
    rule = LinearAutoregression(LinearRule(np.array([0.8]), 2.0))
    told = rule.forecast(np.array([0.0, 20.0]), np.array([1, 2]), 4)
    shrink = 0.8 ** np.arange(1, 5)
    np.testing.assert_allclose(told, [10 + shrink * (0 - 10), 10 + shrink * (20 - 10)])


def test_a_sine_is_linear_in_its_last_two_values():
    series = np.sin(np.arange(300) / 7)
    told = LinearAutoregression.fit(series[:100], 2).forecast(series, np.array([100]), 150)
    np.testing.assert_allclose(told[0], series[100:250], atol=1e-6)


def test_a_straight_line_is_continued_at_any_size():
    series = 1.0 + 2 * np.arange(400)
    told = LinearAutoregression.fit(series[:100], 36).forecast(series, np.array([300]), 24)
    np.testing.assert_allclose(told[0], series[300:324], rtol=1e-9)


def test_the_period_of_a_series_with_a_trend_is_found_and_its_drift():
    months = np.arange(120)
    series = 100 + 2.5 * months + 20 * np.sin(2 * np.pi * months / 12)
    assert find_period(series[:90], 45) == 12
    drift = seasonal_drift(series[:90], 12)
    assert drift == pytest.approx(30)
    told = seasonal_naive(series, np.array([90]), 24, 12, drift)
    np.testing.assert_allclose(told[0], series[90:114])
    noise = np.random.default_rng(0).standard_normal(90)
    assert seasonal_drift(noise, 12) == 0 and seasonal_drift(series, 1) == 0


def test_what_the_future_holds_changes_no_forecast():
    changed = SERIES.copy()
    changed[5:] = 100
    rule = LinearAutoregression.fit(SERIES[:5], 2)
    for forecast in (
        last_value,
        partial(seasonal_naive, period=3),
        rule.forecast,
    ):
        np.testing.assert_array_equal(
            forecast(SERIES, np.array([5]), 3), forecast(changed, np.array([5]), 3)
        )


def test_the_error_over_everything_and_by_step():
    told, truth = np.array([[0.0, 3.0], [0.0, 4.0]]), np.zeros((2, 2))
    assert rmse(told, truth) == pytest.approx(2.5)
    np.testing.assert_allclose(rmse(told, truth, axis=0), [0, np.sqrt(12.5)])


@pytest.mark.parametrize("period", [2, 7, 30])
def test_the_period_is_found(period):
    season = np.random.default_rng(period).standard_normal(period)
    assert find_period(np.tile(season, 200 // period + 1), 60) == period


def test_a_random_walk_has_no_period():
    walk = np.cumsum(np.random.default_rng(1).standard_normal(500))
    assert find_period(walk, 60) == 1
