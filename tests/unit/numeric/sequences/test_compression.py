"""Bits a sign: by hand, by their entropies, and by a coder's table that the signs agree with."""

import itertools

import numpy as np
import pytest

from core.numeric.activations import softmax
from core.numeric.sequences.compression import frequency_bits, logit_bits, pair_bits


def test_frequencies_by_hand():
    known = np.array([[0, 0, 0, 1]])  # counted once more: 4 and 2 of 6
    asked = np.array([[1, 0, 0], [0, 1, 1]])
    expected = [-np.log2(4 / 6), -np.log2(2 / 6)]
    np.testing.assert_allclose(frequency_bits(known, asked, 2), expected)


def test_pairs_by_hand():
    known = np.array([[0, 1, 0, 1]])  # 0 then 1 twice, 1 then 0 once
    asked = np.array([[0, 1, 0], [0, 0, 0]])
    after_0, after_1 = np.array([1, 3]) / 4, np.array([2, 1]) / 3
    expected = [-np.log2([after_0[1], after_1[0]]).mean(), -np.log2(after_0[0])]
    np.testing.assert_allclose(pair_bits(known, asked, 2), expected)


def test_what_nobody_can_foresee_costs_its_entropy_by_every_method():
    rng = np.random.default_rng(0)
    known, asked = rng.integers(0, 4, (2, 2000, 25))
    for bits in (frequency_bits, pair_bits):
        assert bits(known, asked, 4).mean() == pytest.approx(2, abs=1e-3)
    assert logit_bits(np.zeros((2000, 24, 4)), asked) == pytest.approx(np.full(2000, 2.0))


def test_a_network_that_knows_the_pairs_costs_what_the_pairs_cost():
    rng = np.random.default_rng(1)
    known, asked = rng.integers(0, 3, (2, 40, 9))
    counts = np.ones((3, 3))
    for row in known:
        for a, b in itertools.pairwise(row):
            counts[a, b] += 1
    logits = np.log(counts)[asked[:, :-1]]
    assert softmax(logits).max() < 1
    np.testing.assert_allclose(logit_bits(logits, asked), pair_bits(known, asked, 3))
