"""Groups of words on the sphere: what they are by hand, and what they promise of any vectors."""

import numpy as np

from core.numeric.language.embeddings.groups import spherical_groups, typical
from core.numeric.language.embeddings.space import nearest, unit


def test_two_directions_are_two_groups_the_larger_first():
    angles = np.radians([0, 5, -5, 90, 95])
    units = np.stack([np.cos(angles), np.sin(angles)], 1)
    groups = spherical_groups(units, 2)
    np.testing.assert_array_equal(groups.of, [0, 0, 0, 1, 1])
    np.testing.assert_allclose(groups.middles[0], [1, 0], atol=1e-12)
    np.testing.assert_allclose(
        groups.middles[1], [np.cos(np.radians(92.5)), np.sin(np.radians(92.5))]
    )
    assert typical(units, groups, 0, 1) == [0]


def test_each_is_in_the_group_of_the_nearest_middle_and_none_is_empty():
    units = unit(np.random.default_rng(0).standard_normal((200, 5)))
    groups = spherical_groups(units, 8, seed=3)
    np.testing.assert_array_equal(groups.of, (units @ groups.middles.T).argmax(1))
    sizes = np.bincount(groups.of, minlength=8)
    assert sizes.min() > 0 and (np.diff(sizes) <= 0).all()
    again = spherical_groups(units, 8, seed=3)
    np.testing.assert_array_equal(groups.of, again.of)


def test_more_groups_than_vectors_are_as_many_as_there_are():
    units = np.eye(3)
    np.testing.assert_array_equal(np.sort(spherical_groups(units, 10).of), [0, 1, 2])


def test_the_nearest_of_each_are_those_of_all_cosines():
    units = unit(np.random.default_rng(1).standard_normal((50, 4)))
    numbers, cosines = nearest(units, 3)
    every = units @ units.T
    np.fill_diagonal(every, -2)
    np.testing.assert_array_equal(numbers, np.argsort(-every, axis=1)[:, :3])
    np.testing.assert_allclose(cosines, -np.sort(-every, axis=1)[:, :3])
    assert nearest(units[:3], 8)[0].shape == (3, 2)
