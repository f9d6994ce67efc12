"""The linear autoencoder in NumPy: codes, reconstructions, and what turning leaves as it is."""

import re

import numpy as np
import pytest

from core.numeric.autoencoders.linear_autoencoder import (
    LinearAutoencoder,
    axis_angles_deg,
    rotation,
)
from core.numeric.principal import components


@pytest.fixture
def data():
    rng = np.random.default_rng(4)
    return rng.normal(size=(60, 6)) * [3, 2, 1.5, 0.4, 0.3, 0.2] + 1


@pytest.fixture
def of_pca(data):
    found = components(data, 3)
    return LinearAutoencoder(found.axes.T, found.axes, found.mean), found


def test_with_pca_s_axes_it_is_pca(data, of_pca):
    model, pca = of_pca
    assert model.latent_dim == 3
    np.testing.assert_allclose(model.encode(data), pca.project(data))
    np.testing.assert_allclose(model.reconstruct(data), pca.reconstruct(pca.project(data)))
    np.testing.assert_allclose(model.decode(np.zeros((1, 3))), pca.mean[None])


def test_stored_in_half_precision_it_computes_in_double(data, of_pca):
    model, pca = of_pca
    stored = {name: array.astype(np.float16) for name, array in model.weights.items()}
    again = LinearAutoencoder.of(model.about, stored)
    assert again.encode(data).dtype == np.float64
    np.testing.assert_allclose(again.encode(data), pca.project(data), atol=0.02)
    np.testing.assert_allclose(again.turned_to(pca.axes).decoder, pca.axes, atol=0.01)


def test_by_hand():
    model = LinearAutoencoder(
        np.array([[2.0], [0.0]]), np.array([[0.5, 1.0]]), np.array([1.0, 1.0])
    )
    np.testing.assert_array_equal(model.encode(np.array([[3.0, 9.0]])), [[4.0]])
    np.testing.assert_array_equal(model.reconstruct(np.array([[3.0, 9.0]])), [[3.0, 5.0]])


def test_turning_changes_codes_and_axes_but_no_reconstruction(data, of_pca):
    model, _ = of_pca
    matrix = np.random.default_rng(1).normal(size=(3, 3))
    turned = model.turned(matrix)
    np.testing.assert_allclose(turned.encode(data), model.encode(data) @ matrix)
    np.testing.assert_allclose(turned.reconstruct(data), model.reconstruct(data), atol=1e-10)
    assert not np.allclose(turned.decoder, model.decoder)


def test_turned_back_to_pca_s_axes(data, of_pca):
    model, pca = of_pca
    mixed = model.turned(np.array([[2.0, 1.0, 0.0], [0.0, 1.0, 0.5], [1.0, 0.0, 1.0]]))
    assert axis_angles_deg(mixed.decoder, pca.axes).max() > 10
    back = mixed.turned_to(pca.axes)
    np.testing.assert_allclose(back.decoder, pca.axes, atol=1e-10)
    np.testing.assert_allclose(back.encode(data), pca.project(data), atol=1e-10)
    np.testing.assert_allclose(mixed.sought(pca.axes), pca.axes, atol=1e-10)


def test_what_is_sought_in_another_space_is_its_shadow():
    model = LinearAutoencoder(np.eye(3, 2), np.eye(2, 3), np.zeros(3))
    np.testing.assert_allclose(model.sought(np.array([[3.0, 4.0, 5.0]])), [[3.0, 4.0, 0.0]])


def test_a_rotation_turns_points_by_its_angle():
    np.testing.assert_allclose(np.array([[1.0, 0.0]]) @ rotation(90), [[0.0, 1.0]], atol=1e-12)
    np.testing.assert_allclose(rotation(30) @ rotation(30), rotation(60))
    np.testing.assert_allclose(rotation(25, 4) @ rotation(25, 4).T, np.eye(4), atol=1e-12)
    np.testing.assert_array_equal(rotation(40, 1), [[1.0]])


def test_angles_of_axes_know_no_sign():
    axes = np.array([[-2.0, 0.0], [1.0, 1.0]])
    np.testing.assert_allclose(axis_angles_deg(axes, np.eye(2)), [0, 45], atol=1e-6)


def test_shapes_that_do_not_fit_are_told():
    said = "an encoder (4, 2) does not go with a decoder (3, 4) and a mean (4,)"
    with pytest.raises(ValueError, match=re.escape(said)):
        LinearAutoencoder(np.zeros((4, 2)), np.zeros((3, 4)), np.zeros(4))
