"""Vectors joined keep what each of them knows."""

import numpy as np

from core.numeric.language.embeddings.joining import joined
from core.numeric.language.embeddings.space import unit


def test_cosines_are_the_weighted_mean_of_theirs():
    rng = np.random.default_rng(0)
    one, other = rng.normal(size=(30, 4)), rng.normal(size=(30, 5))
    both = unit(joined([(2.0, one), (1.0, other)], 9))
    means = [vectors @ vectors.T for vectors in (unit(one), unit(other))]
    np.testing.assert_allclose(both @ both.T, (4 * means[0] + means[1]) / 5, atol=1e-5)


def test_it_is_reduced_to_the_axes_of_the_largest_singular_values():
    table = np.random.default_rng(1).normal(size=(40, 6)) * np.array([9, 5, 3, 1, 1, 1])
    ours = joined([(1.0, table)], 3)
    left, values, _ = np.linalg.svd(unit(table), full_matrices=False)
    theirs = left[:, :3] * values[:3]
    np.testing.assert_allclose(ours @ ours.T, theirs @ theirs.T, atol=1e-4)
    assert joined([(1.0, table)], 50).shape == (40, 6)


def test_a_weight_of_nothing_changes_nothing():
    rng = np.random.default_rng(2)
    one, other = rng.normal(size=(20, 4)), rng.normal(size=(20, 4))
    alone = joined([(1.0, one)], 4)
    both = joined([(1.0, one), (0.0, other)], 4)
    np.testing.assert_allclose(both @ both.T, alone @ alone.T, atol=1e-5)
    assert both.dtype == np.float32
