"""Principal components against the eigenvectors of the covariance."""

import numpy as np
import pytest
from scipy.linalg import subspace_angles
from sklearn.decomposition import PCA

from core.numeric.principal import components, lost_shares, principal_angles_deg, project


@pytest.fixture
def data():
    rng = np.random.default_rng(0)
    return rng.normal(size=(40, 5)) @ rng.normal(size=(5, 5)) + 7


def test_points_are_on_the_covariance_s_eigenvectors(data):
    variances, axes = np.linalg.eigh(np.cov(data.T))
    order = np.argsort(-variances)
    variances, axes = variances[order], axes[:, order]
    points, explained = project(data, 3)
    assert points.shape == (40, 3)
    expected = (data - data.mean(0)) @ axes[:, :3]
    expected *= np.sign(axes[np.abs(axes[:, :3]).argmax(0), range(3)])
    np.testing.assert_allclose(points, expected, atol=1e-9)
    np.testing.assert_allclose(explained, variances[:3] / variances.sum(), atol=1e-12)


def test_components_are_uncorrelated_and_fall(data):
    points, explained = project(data, 5)
    assert explained.sum() == pytest.approx(1)
    assert (np.diff(explained) < 0).all()
    covariance = np.cov(points.T)
    np.testing.assert_allclose(covariance, np.diag(np.diag(covariance)), atol=1e-9)


def test_points_on_a_line_have_one_component():
    points, explained = project(np.outer([0.0, 1, 2, 5], [3.0, -4]))
    np.testing.assert_allclose(points[:, 0], 5 * (2 - np.array([0.0, 1, 2, 5])), atol=1e-12)
    np.testing.assert_allclose(points[:, 1], 0, atol=1e-12)
    np.testing.assert_allclose(explained, [1, 0], atol=1e-12)


def test_neither_place_nor_order_changes_the_picture(data):
    points, explained = project(data)
    moved = project(data + 100)
    np.testing.assert_allclose(moved.points, points, atol=1e-9)
    turned = project(data[::-1])
    np.testing.assert_allclose(turned.points[::-1], points, atol=1e-9)
    np.testing.assert_allclose(turned.explained, explained, atol=1e-12)


def test_points_that_are_all_the_same_stay_where_they_are():
    points, explained = project(np.ones((4, 3)))
    np.testing.assert_array_equal(points, np.zeros((4, 2)))
    np.testing.assert_array_equal(explained, [0, 0])


def test_codes_and_reconstructions_are_scikit_learn_s(data):
    theirs = PCA(3, svd_solver="full").fit(data)
    ours = components(data, 3)
    signs = np.sign((ours.axes * theirs.components_).sum(1))
    np.testing.assert_allclose(ours.project(data) * signs, theirs.transform(data), atol=1e-9)
    expected = theirs.inverse_transform(theirs.transform(data))
    np.testing.assert_allclose(ours.reconstruct(ours.project(data)), expected, atol=1e-9)
    np.testing.assert_allclose(
        ours.variances[:3], theirs.explained_variance_ * (len(data) - 1) / len(data), atol=1e-9
    )


def test_without_centring_the_first_axis_points_at_the_mean(data):
    through_origin = components(data, 1, centred=False)
    np.testing.assert_array_equal(through_origin.mean, 0)
    mean = data.mean(0) / np.linalg.norm(data.mean(0))
    assert abs(through_origin.axes[0] @ mean) > 0.95
    assert abs(components(data, 1).axes[0] @ mean) < 0.9


@pytest.mark.parametrize("k", [1, 2, 4])
def test_angles_between_subspaces_are_scipy_s(k):
    rng = np.random.default_rng(k)
    first, second = rng.normal(size=(2, 9, k))
    for there in (second, first + 1e-9 * second, first @ rng.normal(size=(k, k)), first[::-1]):
        expected = np.degrees(subspace_angles(first, there))
        np.testing.assert_allclose(principal_angles_deg(first, there), expected, atol=1e-6)


def test_the_angle_of_two_lines_is_the_one_that_one_measures():
    at = np.radians(30)
    first, second = np.array([[1.0], [0]]), np.array([[np.cos(at)], [np.sin(at)]])
    assert principal_angles_deg(first, second) == pytest.approx([30])
    assert principal_angles_deg(first, -first) == pytest.approx([0], abs=1e-12)


def test_what_is_lost_by_hand():
    np.testing.assert_allclose(lost_shares(np.array([5.0, 3.0, 2.0])), [1, 0.5, 0.2, 0], atol=1e-12)
    np.testing.assert_array_equal(lost_shares(np.zeros(2)), [1, 1, 1])
