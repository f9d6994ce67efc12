"""The n-gram model against examples worked by hand."""

import math

import numpy as np
import pytest

from core.messages import Problem
from core.numeric.language.ngram import NGram, _discounts

TEXT = "il y avait en Westphalie, dans le château de monsieur le baron, un jeune garçon"


def test_bits_of_a_text_worked_by_hand():
    # "aab" has too few n-grams to estimate discounts: each is 1/2.
    # Order 1: p(a) = 1.5/3 + (2 * 0.5/3) * 1/2 = 2/3 and p(b) = 0.5/3 + 1/6 = 1/3.
    # Below order 2, from what stands before: aa and ab, so p(a) = p(b) = 0.5/2 + (1/2) * 1/2.
    # Order 2: p(b | a) = 0.5/2 + (1/2) * 1/2 = 1/2.
    model = NGram.fit("aab", order=2)
    unigram, bigram = model.bits_per_char_by_order("ab")
    assert unigram == pytest.approx((math.log2(3 / 2) + math.log2(3)) / 2, abs=1e-6)
    assert bigram == pytest.approx(1, abs=1e-6)
    np.testing.assert_allclose(model.probabilities("", order=1), [2 / 3, 1 / 3], rtol=1e-6)


def test_order_two_and_three_worked_by_hand():
    # "abac": every discount is 1/2. Pairs ab, ba, ac; before a stands b, before b and c stands a.
    # Below: p(a) = p(b) = p(c) = 0.5/3 + (3 * 0.5/3) * 1/3 = 1/3.
    # After a (b and c, once each): p(b) = 0.5/2 + (2 * 0.5/2) * 1/3 = 5/12, p(a) = 1/6.
    # After b (a once): p(a) = 0.5 + 0.5 * 1/3 = 2/3.
    two = NGram.fit("abac", order=2)
    np.testing.assert_allclose(two.probabilities("a"), [1 / 6, 5 / 12, 5 / 12], rtol=1e-6)
    np.testing.assert_allclose(two.probabilities("b"), [2 / 3, 1 / 6, 1 / 6], rtol=1e-6)
    # c was never followed: what is below holds.
    np.testing.assert_allclose(two.probabilities("c"), [1 / 3, 1 / 3, 1 / 3], rtol=1e-6)
    # Order 3: before ba stands a and before ac stands b, before ab nothing. Below, after a, only
    # ac counts: p(c) = 0.5/1 + 0.5 * 1/3 = 2/3, p(a) = p(b) = 1/6. After ba comes c once.
    three = NGram.fit("abac", order=3)
    np.testing.assert_allclose(
        three.probabilities("ba"), [1 / 12, 1 / 12, 0.5 + 0.5 * 2 / 3], rtol=1e-6
    )


def test_discounts_of_chen_and_goodman():
    counts = np.array([1, 1, 1, 1, 2, 2, 3, 4, 9, 0])
    np.testing.assert_allclose(_discounts(counts), [0, 0.5, 1.25, 1])
    np.testing.assert_allclose(_discounts(np.array([1, 2, 3])), [0, 0.5, 0.5, 0.5])


def test_order_one_is_nearly_the_entropy_of_the_characters():
    text = TEXT * 50
    counts = np.unique(list(text), return_counts=True)[1] / len(text)
    entropy = -(counts * np.log2(counts)).sum()
    assert NGram.fit(text, order=1).bits_per_char_by_order(text)[-1] == pytest.approx(
        entropy, abs=1e-3
    )


def test_a_fixed_sequence_is_learnt():
    bits = NGram.fit("abc" * 400).bits_per_char_by_order("abc" * 40)
    assert bits[0] == pytest.approx(math.log2(3), abs=1e-2)
    assert bits[1] < 0.1


def test_a_character_never_seen_costs_20_bits_and_its_contexts_are_unknown():
    model = NGram.fit("aab", order=2)
    known = model.bits_per_char_by_order("a")[-1]
    assert model.bits_per_char_by_order("aZ")[-1] == pytest.approx((known + 20) / 2)
    np.testing.assert_allclose(model.probabilities("Z"), model.probabilities(""))


def test_one_fit_gives_every_order():
    seven = NGram.fit(TEXT, order=7)
    for order in range(1, 8):
        alone = NGram.fit(TEXT, order=order).bits_per_char_by_order("le baron de la ville")[-1]
        assert seven.bits_per_char_by_order("le baron de la ville")[order - 1] == pytest.approx(
            alone
        )


def test_generation():
    model = NGram.fit(TEXT * 3)
    text = model.generate("il y", 200, seed=5)
    assert len(text) == 200
    assert set(text) <= set(TEXT)
    assert model.generate("il y", 100, seed=5) == text[:100]
    assert model.generate("il y", 200, seed=6) != text
    assert model.generate("il y", 5, temperature=0) == " avai"
    assert set(model.generate("", 50, temperature=0, order=1)) == {" "}


@pytest.mark.parametrize("order", [0, 8])
def test_orders_outside_1_to_7_are_refused(order):
    with pytest.raises(Problem, match=rf"^The order must be from 1 to 7, not {order}\.$"):
        NGram.fit("abc", order=order)


def test_texts_that_are_too_short_are_refused():
    with pytest.raises(Problem) as caught:
        NGram.fit("abcdef")
    assert str(caught.value) == "A text for n-grams of order 7 must have 7 characters or more."
    with pytest.raises(Problem, match=r"^The text is empty\.$"):
        NGram.fit("abcdefg").bits_per_char_by_order("")[-1]
