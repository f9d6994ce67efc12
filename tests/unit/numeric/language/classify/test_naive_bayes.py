"""Naive Bayes against scikit-learn's, and how sure an answer may be, by hand."""

import numpy as np
import pytest
from sklearn.metrics import f1_score
from sklearn.naive_bayes import MultinomialNB

from core.numeric.language.classify.naive_bayes import NaiveBayes
from core.numeric.language.classify.scores import (
    calibration_error,
    confusion,
    macro_f1,
    reliability,
)

BUCKETS = 12


@pytest.fixture
def counted():
    rng = np.random.default_rng(0)
    rows = [np.unique(rng.integers(0, BUCKETS, 5)) for _ in range(40)]
    return rows, rng.integers(0, 3, 40)


def test_it_is_the_multinomial_naive_bayes_of_scikit_learn(counted):
    rows, labels = counted
    there = np.array([np.isin(np.arange(BUCKETS), row) for row in rows], float)
    theirs = MultinomialNB(alpha=0.5).fit(there, labels)
    ours = NaiveBayes.counted(rows, labels, 3, BUCKETS, smoothing=0.5).scores(rows)
    expected = np.asarray(theirs.predict_joint_log_proba(there))
    np.testing.assert_allclose(
        ours - ours.mean(1, keepdims=True), expected - expected.mean(1, keepdims=True), atol=1e-12
    )


def test_what_is_rare_says_nothing():
    rows = [np.array([1, 2]), np.array([1]), np.array([3])]
    model = NaiveBayes.counted(rows, np.array([0, 0, 1]), 2, 5, least=2)
    assert (model.log_ratios[[0, 2, 3, 4]] == 0).all() and model.log_ratios[1, 0] > 0
    np.testing.assert_allclose(model.prior, [np.log(2) / 2, -np.log(2) / 2])


def test_scores_by_hand():
    labels, answers = np.array([0, 0, 1, 2]), np.array([0, 1, 1, 1])
    counts = confusion(labels, answers, 3)
    assert counts.tolist() == [[1, 1, 0], [0, 1, 0], [0, 1, 0]]
    expected = f1_score(
        labels,
        answers,
        average="macro",
        zero_division=0,  # pyright: ignore[reportArgumentType]  (typed by its default alone)
    )
    assert macro_f1(counts) == pytest.approx(expected)


def test_calibration_by_hand():
    shares = np.array([[0.95, 0.05], [0.05, 0.95], [0.62, 0.38], [0.64, 0.36]])
    table = reliability(shares, np.array([0, 0, 0, 0]))
    assert table[:, 0].tolist() == [0, 0, 0, 0, 0, 0, 2, 0, 0, 2]
    np.testing.assert_allclose(table[9], [2, 0.95, 0.5])
    np.testing.assert_allclose(table[6], [2, 0.63, 1.0])
    assert calibration_error(table) == pytest.approx((0.45 + 0.37) / 2)
