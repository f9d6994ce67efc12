"""TextRank against ranks worked by hand and against an eigenvector."""

import numpy as np
import pytest

from core.numeric.language.textrank import DAMPING, highest, pagerank, ranks, shared_words


def test_what_sentences_share():
    sentences = [["le", "chat", "dort"], ["le", "chat", "mange", "le", "rat"], ["oui"], ["oui"]]
    weights = shared_words(sentences)
    assert weights[0, 1] == pytest.approx(2 / (np.log(3) + np.log(5)))
    np.testing.assert_array_equal(weights, weights.T)
    np.testing.assert_array_equal(weights[[0, 1, 2, 3], [0, 1, 2, 3]], 0)
    assert weights[2, 3] == 0  # of one word each: no length to divide by


def test_three_in_a_row_by_hand():
    """The ends have x = 0.05 + 0.425 y, the middle y = 0.05 + 1.7 x: x = 0.07125 / 0.2775."""
    row = np.array([[0, 1, 0], [1, 0, 1], [0, 1, 0]], float)
    end = 0.07125 / 0.2775
    np.testing.assert_allclose(pagerank(row), [end, 1 - 2 * end, end], atol=1e-9)


def test_the_rank_is_an_eigenvector():
    weights = np.random.default_rng(0).uniform(0, 1, (7, 7))
    np.fill_diagonal(weights, 0)
    rank = pagerank(weights)
    walk = DAMPING * weights / weights.sum(1, keepdims=True) + (1 - DAMPING) / 7
    values, vectors = np.linalg.eig(walk.T)
    first = np.real(vectors[:, np.argmax(np.real(values))])
    np.testing.assert_allclose(rank, first / first.sum(), atol=1e-8)
    assert rank.sum() == pytest.approx(1)


def test_who_is_linked_with_nobody_ranks_last_and_alone_all_are_equal():
    np.testing.assert_allclose(pagerank(np.zeros((4, 4))), 0.25)
    rank = ranks([["chat", "rat"], ["chat", "rat", "pain"], ["mer", "vent"]])
    assert rank.argmin() == 2
    assert len(ranks([])) == 0


def test_the_highest_stand_in_the_order_of_the_text():
    assert highest(np.array([0.1, 0.4, 0.2, 0.3]), 2) == [1, 3]
    assert highest(np.array([0.5, 0.5]), 3) == [0, 1]
