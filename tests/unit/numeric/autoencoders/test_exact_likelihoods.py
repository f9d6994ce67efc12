"""Exact likelihoods against SciPy's normal density and scikit-learn's PCA."""

from typing import Any

import numpy as np
import pytest
from scipy.stats import multivariate_normal
from sklearn.decomposition import PCA

from core.numeric.autoencoders.exact_likelihoods import (
    noise_variance,
    normal_log_likelihood,
    ppca_log_likelihood,
)
from core.numeric.principal import components

normal: Any = multivariate_normal  # its cov may be an array, too


@pytest.fixture
def data():
    rng = np.random.default_rng(2)
    return rng.normal(size=(300, 6)) @ rng.normal(size=(6, 6)) + 3


@pytest.mark.parametrize("k", [1, 3, 5])
def test_it_is_the_normal_density_that_tipping_and_bishop_write(data, k):
    pca = components(data, k)
    sigma2 = noise_variance(pca, 6)
    loadings = pca.axes.T * np.sqrt(pca.variances[:k] - sigma2)
    covariance = loadings @ loadings.T + sigma2 * np.eye(6)
    theirs = normal.logpdf(data[:20] + 0.5, data.mean(0), covariance)
    np.testing.assert_allclose(ppca_log_likelihood(pca, data[:20] + 0.5), theirs)


def test_it_is_scikit_learn_s_but_for_one_degree_of_freedom(data):
    theirs = PCA(3, svd_solver="full").fit(data)
    ours = ppca_log_likelihood(components(data, 3), data)
    np.testing.assert_allclose(ours.mean(), theirs.score(data), atol=0.01)


def test_it_fits_its_own_data_best(data):
    best = ppca_log_likelihood(components(data, 2), data).mean()
    others = ppca_log_likelihood(components(data[:150], 2), data).mean()
    assert best > others


def test_data_without_noise_have_a_likelihood_all_the_same():
    flat = np.outer(np.linspace(-1, 1, 20), np.ones(4))
    assert np.isfinite(ppca_log_likelihood(components(flat, 1), flat)).all()


def test_one_normal_distribution_is_scipy_s(data):
    theirs = normal.logpdf(data[:9] + 1, data.mean(0), np.cov(data.T))
    np.testing.assert_allclose(normal_log_likelihood(data, data[:9] + 1, 1e-6), theirs)


def test_a_pixel_that_never_changes_has_the_least_deviation(data):
    still = np.column_stack([data, np.full(len(data), 0.5)])
    density = normal_log_likelihood(still, still, 0.1) - normal_log_likelihood(data, data, 0.1)
    np.testing.assert_allclose(density, -np.log(0.1 * np.sqrt(2 * np.pi)))
