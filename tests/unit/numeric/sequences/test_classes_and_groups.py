"""What steps tell of a class, and what groups share."""

import itertools

import numpy as np
import pytest
from sklearn.decomposition import PCA

from core.numeric.principal import plane
from core.numeric.sequences.class_profile import (
    step_information_bits,
    step_variance_share,
    substitutions,
)
from core.numeric.sequences.groups import returns, trait, transitions


def test_a_letter_that_is_the_class_tells_one_bit_and_one_that_is_not_tells_none():
    labels = np.arange(400) % 2
    other = np.arange(400) // 2 % 2
    inputs = np.eye(2)[np.stack([labels, other], 1)]
    told = step_information_bits(inputs, labels)
    assert told[0] == pytest.approx(1, abs=2 / 400) and told[1] == 0


def test_variance_between_classes_is_all_or_none():
    labels = np.arange(8) % 2
    values = np.stack([labels * 3.0, np.arange(8) // 2 * 1.0, np.ones(8)], 1)
    np.testing.assert_allclose(step_variance_share(values, labels), [1, 0, 0], atol=1e-12)


def test_substitutions_put_each_letter_at_each_step_and_change_nothing_else():
    one = np.eye(3, dtype=np.float32)[[2, 0]]
    every = substitutions(one).reshape(2, 3, 2, 3).argmax(-1)
    assert every[0].tolist() == [[0, 0], [1, 0], [2, 0]]
    assert every[1].tolist() == [[2, 0], [2, 1], [2, 2]]


def test_transitions_are_counted():
    table = transitions(np.array([[0, 1, 0, 1, 1]]), 3)
    np.testing.assert_allclose(table, [[0, 1, 0], [0.5, 0.5, 0], [0, 0, 0]])


def test_returns_after_the_period():
    ids = np.array([[0, 1, 2] * 4])
    assert (returns(ids, 3), returns(ids, 2)) == (1.0, 0.0)


def test_the_trait_is_what_sets_a_group_apart():
    rng = np.random.default_rng(0)
    up = (rng.integers(0, 10, (50, 1)) + np.arange(12)) % 10
    turns = np.stack([np.tile(rng.choice(10, 3, replace=False), 4) for _ in range(50)])
    ids, members = np.concatenate([up, turns]), np.arange(100) < 50
    assert trait(ids, members, 10, cyclic=True)[:2] == ("shift", 1)
    assert trait(ids, ~members, 10, cyclic=True)[:2] == ("return", 3)
    genes = np.concatenate([np.zeros((9, 12), int), rng.integers(0, 4, (9, 12))])
    assert trait(genes, np.arange(18) < 9, 4, cyclic=False).kind in ("letter", "return")


def test_the_plane_is_that_of_scikit_learn_but_for_signs():
    points = np.random.default_rng(0).standard_normal((40, 6)) * np.arange(1, 7)
    theirs = PCA(2).fit_transform(points)
    np.testing.assert_allclose(np.abs(plane(points)), np.abs(theirs), atol=1e-4)
    np.testing.assert_allclose(plane(points, theirs), theirs, atol=1e-4)


def test_clusters_keep_their_names_from_one_epoch_to_the_next():
    from core.models.recurrent.pattern_clusters import nearest_first, renamed

    before = np.array([0, 0, 0, 1, 1, 2])
    for names in itertools.permutations(range(3)):
        assert renamed(np.array(names)[before], before, 3).tolist() == before.tolist()
    assert renamed(np.array([2, 2, 2, 0, 0, 1]), None, 3).tolist() == before.tolist()
    near = nearest_first(np.array([[0.0], [1.0], [5.0], [9.0]]), np.array([0, 0, 0, 1]), 2)
    assert near.tolist() == [[1, 0], [3, -1]]
