"""Intents: cosines by hand, what is left out, and what a threshold does."""

import numpy as np
import pytest

from core.numeric.language.intents import IntentMatcher, shares_by_threshold

EXAMPLES = [["where", "is", "milk"], ["is", "bread", "there"], ["close", "door"], ["is", "door"]]
INTENTS = ["find", "find", "shut", "shut"]


def test_a_word_of_all_intents_says_nothing():
    matcher = IntentMatcher.of(EXAMPLES, INTENTS)
    assert [match.score for match in matcher.nearest(["is"], 4)] == [0, 0, 0, 0]


def test_a_cosine_by_hand():
    """All words but "is" weigh log 2: of "milk please" one of two is in an example of two."""
    (match,) = IntentMatcher.of(EXAMPLES, INTENTS).nearest(["milk", "please"])
    assert (match.intent, match.place) == ("find", 0)
    assert match.score == pytest.approx(1 / (np.sqrt(2) * np.sqrt(2)))


def test_endings_do_not_count_and_an_empty_request_is_like_nothing():
    matcher = IntentMatcher.of([["train"], ["close"]], ["a", "b"])
    assert matcher.nearest(["closely"])[0] == ("b", 1, pytest.approx(1))
    assert matcher.nearest([])[0].score == 0


def test_each_example_is_asked_of_the_others_alone():
    scores, right = IntentMatcher.of(EXAMPLES, INTENTS).left_out()
    # Without the first, "where" and "milk" are unknown, and "is" stands in both intents.
    assert scores[0] == 0
    # "door" is left in one example, of "shut", which has two words that weigh the same.
    assert scores[2] == pytest.approx(1 / np.sqrt(2)) and right[2]


def test_shares_by_threshold():
    shares = shares_by_threshold(
        np.array([0.9, 0.5, 0.3, 0.1]),
        np.array([True, True, False, False]),
        np.array([0.2, 0.6]),
        np.array([0.0, 0.4, 1.0]),
    )
    np.testing.assert_array_equal(shares["right"], [0.5, 0.5, 0])
    np.testing.assert_array_equal(shares["wrong"], [0.5, 0, 0])
    np.testing.assert_array_equal(shares["refused"], [0, 0.5, 1])
