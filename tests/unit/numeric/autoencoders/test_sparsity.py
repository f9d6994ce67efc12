"""Sparsity by hand-worked values, by its limits, and by what must not change it."""

import numpy as np
import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from scipy.special import rel_entr
from sklearn.decomposition import PCA

from core.numeric.autoencoders.sparsity import (
    FIRES_ABOVE,
    active_units,
    by_class,
    class_activation,
    classes_of_units,
    fires,
    firing_share,
    hoyer_sparsity,
    kl_bernoulli,
)
from core.numeric.principal import components, errors_by_components

CODES = np.array([[0.0, 2.0, 0.0, 0.0], [1.0, 3.0, 0.0, 0.0], [0.0, 0.0, 0.5, 0.0]])
shares = st.floats(0.001, 0.999)


def test_the_kl_divergence_of_two_coins_by_hand():
    assert kl_bernoulli(0.5, 0.25) == pytest.approx(0.5 * np.log(2) + 0.5 * np.log(2 / 3))
    assert kl_bernoulli(0.05, 0.05) == 0
    # 0.05 ln(0.05 / 0.2) + 0.95 ln(0.95 / 0.8)
    assert kl_bernoulli(0.05, 0.2) == pytest.approx(0.0939431, abs=1e-6)


@given(shares, shares)
def test_the_kl_divergence_is_scipy_s_and_never_negative(target, mean):
    ours = kl_bernoulli(target, mean)
    assert ours == pytest.approx(rel_entr(target, mean) + rel_entr(1 - target, 1 - mean), abs=1e-12)
    assert ours >= -1e-12


def test_the_kl_divergence_of_each_unit_grows_with_its_distance():
    means = np.array([0.05, 0.1, 0.3, 0.9])
    assert (np.diff(kl_bernoulli(0.05, means)) > 0).all()


def test_which_units_fire_and_how_many():
    np.testing.assert_array_equal(active_units(CODES, FIRES_ABOVE["relu"]), [1, 2, 1])
    np.testing.assert_array_equal(active_units(CODES, 0.5), [1, 2, 0])
    np.testing.assert_array_equal(fires(CODES, 0.0).sum(0), [1, 2, 1, 0])
    np.testing.assert_allclose(firing_share(CODES, 0.0), [1 / 3, 2 / 3, 1 / 3, 0])


def test_hoyer_s_sparsity_at_its_ends_and_between():
    rows = np.array([[0.0, 5.0, 0.0, 0.0], [2.0, 2.0, 2.0, 2.0], [0.0] * 4, [1.0, 1.0, 0.0, 0.0]])
    # two of four alike: (2 - sqrt(2)) / (2 - 1)
    np.testing.assert_allclose(hoyer_sparsity(rows), [1, 0, 1, 2 - np.sqrt(2)], atol=1e-12)


@given(
    st.lists(st.floats(0, 10, allow_subnormal=False), min_size=2, max_size=8),
    st.floats(0.125, 8),
)
@example([0.0, 4.7e-160], 0.125)
def test_hoyer_s_sparsity_knows_no_scale(values, factor):
    row = np.array([values])
    assert 0 <= hoyer_sparsity(row)[0] <= 1
    np.testing.assert_allclose(hoyer_sparsity(factor * row), hoyer_sparsity(row), atol=1e-6)


def test_mean_activation_by_class():
    table = class_activation(CODES, np.array([1, 1, 0]), 3)
    np.testing.assert_allclose(table, [[0, 0.5, 0], [0, 2.5, 0], [0.5, 0, 0], [0, 0, 0]])


def test_units_of_the_same_class_stand_together_the_choosiest_first():
    table = np.array([[0.1, 0.9], [0.6, 0.4], [0.0, 0.0], [0.2, 0.8], [1.0, 0.0]])
    np.testing.assert_array_equal(by_class(table), [4, 1, 0, 3, 2])


def test_for_how_many_classes_a_unit_is_there():
    rates = np.array([[0.8, 0.4, 0.39], [0.0, 0.0, 0.0], [0.1, 0.1, 0.1], [0.0, 1.0, 0.0]])
    np.testing.assert_array_equal(classes_of_units(rates), [2, 0, 3, 1])


def test_pca_s_error_by_components_is_scikit_learn_s():
    rng = np.random.default_rng(3)
    learned, data = rng.normal(size=(2, 40, 6)) @ rng.normal(size=(6, 6)) + 1
    ours = errors_by_components(components(learned, 6), data)
    for k in range(1, 7):
        theirs = PCA(k, svd_solver="full").fit(learned)
        said = theirs.inverse_transform(theirs.transform(data))
        assert ours[k] == pytest.approx(np.mean((data - said) ** 2), abs=1e-12)
    assert ours[0] == pytest.approx(np.mean((data - learned.mean(0)) ** 2))
    assert len(ours) == 7
