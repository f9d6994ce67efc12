"""Scores and thresholds: scikit-learn's curves and areas, Bayes' rule, and what cannot be."""

import math
import re

import numpy as np
import pytest
from sklearn import metrics

from core.numeric.autoencoders.anomaly import alarms, auc, precision_at, roc_curve, threshold_for


@pytest.fixture(params=["all different", "many equal"])
def scored(request):
    rng = np.random.default_rng(2)
    abnormal = rng.random(300) < 0.3
    scores = rng.normal(size=300) + abnormal
    return (np.round(scores, 1) if request.param == "many equal" else scores), abnormal


def test_the_curve_and_its_area_are_scikit_learn_s(scored):
    scores, abnormal = scored
    false_alarms, recall, thresholds = metrics.roc_curve(abnormal, scores, drop_intermediate=False)
    ours = roc_curve(scores, abnormal)
    np.testing.assert_allclose(ours.false_alarms, false_alarms)
    np.testing.assert_allclose(ours.recall, recall)
    np.testing.assert_array_equal(ours.thresholds, thresholds)
    assert auc(scores, abnormal) == pytest.approx(metrics.roc_auc_score(abnormal, scores))


def test_the_area_is_the_chance_that_the_abnormal_scores_higher(scored):
    scores, abnormal = scored
    pairs = scores[abnormal][:, None] - scores[~abnormal]
    assert auc(scores, abnormal) == pytest.approx(np.mean((pairs > 0) + 0.5 * (pairs == 0)))


def test_a_threshold_s_shares_are_scikit_learn_s(scored):
    scores, abnormal = scored
    told = alarms(scores, abnormal, 0.5)
    called = scores >= 0.5
    assert told.precision == pytest.approx(metrics.precision_score(abnormal, called))
    assert told.recall == pytest.approx(metrics.recall_score(abnormal, called))
    assert told.false_alarms == pytest.approx(metrics.recall_score(~abnormal, called))
    assert told.threshold == 0.5


def test_no_alarm_has_no_precision():
    told = alarms(np.array([1.0, 2.0]), np.array([False, True]), 3.0)
    assert (told.recall, told.false_alarms) == (0, 0) and math.isnan(told.precision)


@pytest.mark.parametrize(("share", "reach"), [(0.0, 0), (0.05, 1), (0.2, 4), (0.24, 4), (0.99, 19)])
def test_at_most_that_share_of_the_normal_reaches_the_threshold(share, reach):
    normal = np.random.default_rng(0).permutation(np.arange(20.0))
    assert int((normal >= threshold_for(normal, share)).sum()) == reach


def test_equal_scores_are_not_let_above_the_share():
    assert int((np.ones(20) >= threshold_for(np.ones(20), 0.3)).sum()) == 0
    assert threshold_for(np.ones(20), 1.0) == -np.inf


def test_precision_by_bayes():
    assert precision_at(0.9, 0.05, 0.01) == pytest.approx(0.009 / (0.009 + 0.0495))
    assert precision_at(0.7, 0.2, 1.0) == 1
    assert math.isnan(precision_at(0.0, 0.0, 0.5))


def test_at_the_mixture_of_the_test_it_is_the_test_s_precision(scored):
    scores, abnormal = scored
    told = alarms(scores, abnormal, 0.8)
    again = precision_at(told.recall, told.false_alarms, float(abnormal.mean()))
    assert again == pytest.approx(told.precision)


def test_what_cannot_be_scored_is_told():
    with pytest.raises(ValueError, match=r"^normal and abnormal ones are needed, both$"):
        auc(np.arange(3.0), np.zeros(3, bool))
    said = "scores (3,) and labels (2,) must be (n,) both"
    with pytest.raises(ValueError, match=f"^{re.escape(said)}$"):
        roc_curve(np.arange(3.0), np.ones(2, bool))
