"""Sums over paths and the best one, against every path there is."""

from itertools import product

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from core.numeric.language.tagging import paths


@st.composite
def lattices(draw):
    """Emissions of 1 to 5 words and 1 to 4 tags, and transitions."""
    words, tags = draw(st.integers(1, 5)), draw(st.integers(1, 4))
    rng = np.random.default_rng(draw(st.integers(0, 2**32 - 1)))
    size = draw(st.sampled_from([0.1, 1.0, 30.0]))
    return size * rng.normal(size=(words, tags)), size * rng.normal(size=(tags, tags))


def every_path(emissions, transitions):
    """Each path of tags, and its score."""
    words, tags = emissions.shape
    known = [np.array(path) for path in product(range(tags), repeat=words)]
    return known, np.array([paths.score(path, emissions, transitions) for path in known])


@given(lattices())
def test_sum_shares_and_best_path_are_those_of_all_paths(lattice):
    known, scores = every_path(*lattice)
    whole = np.logaddexp.reduce(scores)
    np.testing.assert_allclose(paths.log_sum(*lattice), whole, rtol=1e-9, atol=1e-9)
    shares = np.exp(scores - whole)
    expected = np.zeros(lattice[0].shape)
    for path, share in zip(known, shares, strict=True):
        expected[np.arange(len(path)), path] += share
    np.testing.assert_allclose(paths.marginals(*lattice), expected, atol=1e-9)
    best = paths.trellis(*lattice)
    np.testing.assert_allclose(best.scores[-1].max(), scores.max(), rtol=1e-9, atol=1e-9)
    np.testing.assert_allclose(paths.score(best.best, *lattice), scores.max(), rtol=1e-9, atol=1e-9)


def test_a_lattice_worked_by_hand():
    # D is likelier for both words, but D behind D costs 3: N follows.
    emissions, transitions = np.array([[2.0, 0.0], [1.0, 0.5]]), np.array([[-3.0, 1.0], [0.0, 0.0]])
    trellis = paths.trellis(emissions, transitions)
    assert trellis.scores.tolist() == [[2.0, 0.0], [1.0, 3.5]]
    assert trellis.back.tolist() == [[0, 0], [1, 0]]
    assert trellis.best.tolist() == [0, 1]


def test_without_transitions_each_word_is_alone():
    emissions = np.random.default_rng(1).normal(size=(6, 3))
    free = np.zeros((3, 3))
    assert paths.trellis(emissions, free).best.tolist() == emissions.argmax(1).tolist()
    shares = np.exp(emissions) / np.exp(emissions).sum(1, keepdims=True)
    np.testing.assert_allclose(paths.marginals(emissions, free), shares)
