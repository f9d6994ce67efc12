"""Walks between two images, and how far they lead from the known ones."""

import numpy as np

from core.numeric.autoencoders.latent_walk import nearest_mse, pairs_apart, walk


def test_a_walk_goes_straight_from_end_to_end():
    found = walk(np.array([0.0, 4.0]), np.array([8.0, 0.0]), 5)
    np.testing.assert_array_equal(found, [[0, 4], [2, 3], [4, 2], [6, 1], [8, 0]])


def test_the_nearest_is_the_nearest():
    rng = np.random.default_rng(0)
    images, known = rng.random((6, 5)), rng.random((9, 5))
    squares = ((images[:, None] - known) ** 2).mean(-1)
    np.testing.assert_allclose(nearest_mse(images, known), squares.min(1))
    np.testing.assert_allclose(nearest_mse(known, known), 0, atol=1e-12)


def test_pairs_are_of_two_classes():
    labels = np.array([0] * 30 + [1] * 3)
    pairs = pairs_apart(labels, 50, 4)
    assert pairs.shape == (50, 2)
    assert (labels[pairs[:, 0]] != labels[pairs[:, 1]]).all()
    np.testing.assert_array_equal(pairs, pairs_apart(labels, 50, 4))


def test_pairs_of_one_class_are_of_two_images():
    pairs = pairs_apart(np.zeros(10, int), 40, 1)
    assert len(pairs) == 40 and (pairs[:, 0] != pairs[:, 1]).all()
