"""Divergence, likelihoods and bounds against SciPy, by drawing, and of a model known exactly."""

import re
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays
from scipy.special import logsumexp
from scipy.stats import bernoulli, chi2, multivariate_normal, norm

from core.numeric.autoencoders.autoencoder import Architecture, Autoencoder
from core.numeric.autoencoders.variational import (
    Likelihood,
    active,
    bounds_by_samples,
    elbo,
    importance_weighted,
    kl_by_dimension,
    kl_to_standard_normal,
    log_weights,
    quantile_lattice,
    share_near_prior,
)

SIGMA = 0.3

normal: Any = multivariate_normal  # its cov may be an array, too


def test_kl_by_hand():
    assert kl_to_standard_normal(np.zeros((1, 3)), np.zeros((1, 3))) == 0
    found = kl_to_standard_normal(np.array([[1.0, 0.0]]), np.array([[0.0, np.log(4)]]))
    np.testing.assert_allclose(found, [0.5 + 0.5 * (4 - 1 - np.log(4))])


def test_kl_by_monte_carlo():
    rng = np.random.default_rng(3)
    mean, log_var = rng.normal(size=(1, 4)), rng.normal(size=(1, 4))
    deviation = np.exp(0.5 * log_var)
    z = mean + deviation * rng.standard_normal((400_000, 4))
    drawn = norm.logpdf(z, mean, deviation) - norm.logpdf(z)
    np.testing.assert_allclose(kl_by_dimension(mean, log_var)[0], drawn.mean(0), atol=0.02)


@given(
    arrays(float, (3, 2), elements=st.floats(-20, 20)),
    arrays(float, (3, 2), elements=st.floats(-20, 10)),
)
def test_kl_is_never_negative(mean, log_var):
    assert (kl_by_dimension(mean, log_var) >= -1e-12).all()


def test_kl_of_shapes_that_differ():
    said = "means (2, 3) do not go with (2, 2)"
    with pytest.raises(ValueError, match=re.escape(said)):
        kl_to_standard_normal(np.zeros((2, 3)), np.zeros((2, 2)))


def test_the_likelihoods_are_scipy_s():
    rng = np.random.default_rng(5)
    images, decoded = rng.random((4, 6)), rng.uniform(0.1, 0.9, (4, 6))
    theirs = -norm.logpdf(images, decoded, SIGMA).sum(1)
    gaussian = Likelihood("gaussian", SIGMA)
    np.testing.assert_allclose(gaussian.nats(images, decoded), theirs)
    squares = ((images - decoded) ** 2).mean(1)
    np.testing.assert_allclose(squares * gaussian.unit(6) + gaussian.least(6), theirs)
    ink = (images > 0.5).astype(float)
    said = Likelihood("bernoulli")
    np.testing.assert_allclose(said.nats(ink, decoded), -bernoulli.logpmf(ink, decoded).sum(1))
    assert said.unit(6) == 6 and said.least(6) == 0
    assert np.isfinite(said.nats(ink, 1 - ink)).all()  # surely wrong, and still a number


@pytest.fixture
def exact():
    """A linear decoder whose posterior is normal and known, and log p(x) of some images."""
    rng = np.random.default_rng(8)
    axes, _ = np.linalg.qr(rng.normal(size=(5, 2)))
    lengths = np.array([1.5, 0.6])
    kernel, bias = lengths[:, None] * axes.T, rng.normal(size=5)
    shrunk = lengths**2 + SIGMA**2
    weights = {
        "code.kernel": axes * lengths / shrunk,
        "code.bias": -bias @ axes * lengths / shrunk,
        "log_var.kernel": np.zeros((5, 2)),
        "log_var.bias": np.log(SIGMA**2 / shrunk),
        "output.kernel": kernel,
        "output.bias": bias,
    }
    architecture = Architecture((1, 5), (), 2, output_activation="linear", variational=True)
    images = rng.normal(size=(7, 5))
    known = normal.logpdf(images, bias, kernel.T @ kernel + SIGMA**2 * np.eye(5))
    return Autoencoder(architecture, weights), images, known


def test_with_the_true_posterior_every_bound_is_the_likelihood(exact):
    model, images, known = exact
    noise = np.random.default_rng(1).standard_normal((6, 7, 2))
    weights = log_weights(model, Likelihood("gaussian", SIGMA), images, noise)
    np.testing.assert_allclose(weights, np.tile(known, (6, 1)), atol=1e-3)
    np.testing.assert_allclose(importance_weighted(weights, 3), known, atol=1e-3)


def test_the_elbo_s_parts_are_its_integrals(exact):
    model, images, known = exact
    noise = np.random.default_rng(2).standard_normal((20_000, 7, 2))
    bound = elbo(model, Likelihood("gaussian", SIGMA), images, noise)
    np.testing.assert_allclose(-bound.reconstruction - bound.kl.sum(1), known, atol=0.05)
    metrics = bound.metrics
    assert metrics["elbo_nats"] == -(metrics["reconstruction_nats"] + metrics["kl_nats"])
    assert metrics["elbo_nats"] == pytest.approx(known.mean(), abs=0.02)


def test_with_a_wrong_posterior_more_samples_come_nearer(exact):
    model, images, known = exact
    wrong = {**model.weights, "log_var.bias": model.weights["log_var.bias"] + 1.0}
    noise = np.random.default_rng(4).standard_normal((1024, 7, 2))
    weights = log_weights(
        Autoencoder(model.architecture, wrong), Likelihood("gaussian", SIGMA), images, noise
    )
    counts, bounds = bounds_by_samples(weights)
    assert counts.tolist() == [2**i for i in range(11)]
    assert (np.diff(bounds) > 0).all() and bounds[0] < known.mean() - 0.5
    assert bounds[-1] == pytest.approx(known.mean(), abs=0.02)


def test_importance_weighting_is_scipy_s_logsumexp():
    weights = np.random.default_rng(6).normal(-900, 40, (8, 3))
    ours = importance_weighted(weights, 8)
    np.testing.assert_allclose(ours, logsumexp(weights, 0) - np.log(8))
    halves = logsumexp(weights.reshape(2, 4, 3), 1) - np.log(4)
    np.testing.assert_allclose(importance_weighted(weights, 4), halves.mean(0))
    with pytest.raises(ValueError, match="9 samples are asked for, and there are 8"):
        importance_weighted(weights, 9)


def test_active_are_the_dimensions_whose_means_vary():
    means = np.random.default_rng(7).normal(size=(500, 3)) * [1, 0.2, 0.05] + 4
    assert active(means).tolist() == [True, True, False]


@pytest.mark.parametrize("k", [1, 2, 8, 32])
def test_of_codes_of_the_prior_95_in_100_are_near_it(k):
    drawn = np.random.default_rng(9).standard_normal((40_000, k))
    assert share_near_prior(drawn) == pytest.approx(0.95, abs=0.01)
    radius = np.sqrt(chi2.ppf(0.95, k))
    edge = np.zeros((2, k))
    edge[:, 0] = [0.98 * radius, 1.01 * radius]
    assert share_near_prior(edge) == 0.5


def test_the_lattice_divides_the_prior_evenly():
    places = quantile_lattice(4)
    np.testing.assert_allclose(norm.cdf(places), [0.125, 0.375, 0.625, 0.875])
