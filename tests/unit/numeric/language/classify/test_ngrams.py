"""Texts as numbers of n-grams: which ones, and which words they are made of."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.numeric.language.classify.counted import Counted
from core.numeric.language.classify.negation import negated
from core.numeric.language.classify.ngrams import (
    NO_RUNS,
    NUMBERS,
    PADDING,
    Runs,
    ngram_shares,
    ngrams,
    ngrams_of,
    padded,
)
from core.numeric.language.classify.tokens import tokens, words
from core.numeric.language.classify.vocabulary import UNKNOWN, WordList, runs

_BOTH = Runs((1, 2), (2, 3))


def test_every_run_has_its_number_once():
    text = ["a", "b", "a", "b"]
    assert len(ngrams(text, Runs())) == 4  # a, b, a b, b a
    assert len(ngrams(text, Runs(NO_RUNS, (1, 1)))) == 3  # a, b and the space
    assert len(ngrams(text, Runs(NO_RUNS, (9, 9)))) == 1  # the whole, a space around it
    assert len(ngrams(text, Runs(NO_RUNS, (10, 12)))) == 0
    assert len(ngrams([], Runs((1, 3), (1, 3)))) == 0
    both = ngrams(text, Runs((1, 2), (1, 1)))
    assert len(both) == 7 and PADDING not in both
    first = Runs((1, 2), (1, 1)).first_of_letters()  # words and letters share no number
    assert both[3] < first <= both[4] and first == NUMBERS // 4
    assert Runs().first_of_letters() == NUMBERS
    assert Runs(NO_RUNS, (1, 1)).first_of_letters() == 1


@given(st.lists(st.text("abcé ' ", min_size=1), max_size=8))
def test_numbers_are_in_their_bounds_and_depend_on_the_text_alone(text):
    few = ngrams(text, _BOTH, 50)
    assert few.dtype == np.int32 and ((few > 0) & (few < 50)).all()
    assert (few == ngrams(list(text), _BOTH, 50)).all()
    numbers, shares = ngram_shares(text, _BOTH)
    assert (numbers == ngrams(text, _BOTH)).all() and shares.shape == (len(numbers), len(text))
    np.testing.assert_allclose(shares.sum(1), 1.0)


@given(st.lists(st.lists(st.text("ab ", min_size=1), max_size=4), min_size=1, max_size=5))
def test_many_texts_have_the_numbers_of_each_and_none_across_two(texts):
    for numbers, text in zip(ngrams_of(texts, _BOTH), texts, strict=True):
        assert numbers.tolist() == ngrams(text, _BOTH).tolist()


def test_an_ngram_is_shared_by_the_words_that_it_touches():
    text = ["ab", "c"]
    numbers, shares = ngram_shares(text, Runs((2, 2)))
    assert shares.tolist() == [[0.5, 0.5]] and (numbers == ngrams(text, Runs((2, 2)))).all()
    numbers, shares = ngram_shares(text, Runs(NO_RUNS, (4, 4)))  # " ab ", "ab c", "b c "
    by_number = dict(zip(numbers.tolist(), shares.tolist(), strict=True))
    whole = [by_number[int(ngrams([word], Runs(NO_RUNS, (4, 4)))[0])] for word in ("ab",)]
    assert whole == [[1.0, 0.0]]
    assert sorted(share[0] for share in by_number.values()) == [0.5, 0.75, 1.0]


def test_after_a_negation_words_are_others_and_letters_are_not():
    text = ["not", "so", "good", ".", "good"]
    assert negated(text) == ["not", "not so", "not good", ".", "good"]
    assert negated(["don't", "go", "and", "never", "no", "one"]) == [
        *("don't", "not go", "and", "never", "not no", "not one")
    ]
    assert negated([]) == []
    assert len(ngrams(text, Runs((1, 1)))) == 4
    assert len(ngrams(text, Runs((1, 1), negation=True))) == 5
    letters = ngrams(text, Runs(NO_RUNS, (2, 3)))
    assert (ngrams(text, Runs(NO_RUNS, (2, 3), negation=True)) == letters).all()


def test_of_masked_words_the_common_ones_alone_are_told():
    runs = Runs(NO_RUNS, masked=(2, 2), common=("the", "."))
    assert len(ngrams(["the", "cat", "sat", "."], runs)) == 3
    assert ngrams(["the", "cat", "."], runs).tolist() == ngrams(["the", "dog", "."], runs).tolist()
    assert not set(ngrams(["the", "."], runs)) & set(ngrams(["the", "."], Runs((2, 2))))
    both = Runs((1, 1), masked=(2, 2), common=("the",))
    numbers, shares = ngram_shares(["the", "cat"], both)
    assert len(numbers) == 3 and sorted(shares.tolist()) == [[0, 1], [0.5, 0.5], [1, 0]]


def test_an_ngram_of_enough_texts_has_a_row_and_another_has_none():
    texts = [["a", "b"], ["b", "c"], ["b", "a"]]
    runs = Runs((1, 1), (1, 1))
    numbers = ngrams_of(texts, runs)
    counted = Counted.of(numbers, runs, least=2)
    assert len(counted) == 6  # a, b as words and as letters, the space; the first row is nobody's
    a, b = (counted.places(ngrams([word], Runs((1, 1), (3, 3)))[:1])[0] for word in "ab")
    assert sorted([a, b]) == [1, 2]
    rows = counted.rows([*texts, ["d"], []])
    assert [len(row) for row in rows] == [5, 3, 5, 1, 0]
    assert all((row > PADDING).all() for row in rows)
    assert [row.tolist() for row in rows[:3]] == [row.tolist() for row in counted.found(numbers)]
    assert counted.of_each(2.0, 3.0).ravel().tolist() == [2, 2, 2, 3, 3, 3]
    nothing = Counted.of(numbers, runs, least=4)
    assert len(nothing) == 1 and nothing.places(numbers[0]).tolist() == [PADDING] * 5


def test_shorter_rows_end_in_padding_and_longer_ones_are_cut():
    rows = [np.array([3]), np.array([5, 6, 7])]
    assert padded(rows, 2).tolist() == [[3, PADDING], [5, 6]]


def test_words_are_read_as_people_write_them():
    assert words("Qu’il n'aime pas l'homme!") == [
        "qu'",
        "il",
        "n'",
        "aime",
        "pas",
        "l'",
        "homme",
        "!",
    ]
    assert words("It isn't well-made, 3 of 10.") == [
        *("it", "isn't", "well-made", ",", "3", "of", "10", ".")
    ]
    text = "Pas « mauvais » !"
    assert [text[token.start : token.end] for token in tokens(text)] == text.split()


def test_the_most_frequent_words_have_numbers():
    texts = [["not", "bad"], ["not", "bad", "bad"], ["good"]]
    known = WordList.of(texts, least=2, most=10, longest=2)
    assert known.names == ("bad", "not", "not bad") and len(known) == 5
    assert known.numbers(["so", "not", "bad"]).tolist() == [3, 2, 4]
    assert known.numbers(["so"]).tolist() == [UNKNOWN]
    alone = WordList.of(texts, least=1, most=2)
    assert alone.numbers(["good", "bad", "not"]).tolist() == [UNKNOWN, 2, 3]
    assert runs(["a"], 3) == ["a"]


@pytest.mark.parametrize("buckets", [2, 3])
def test_few_buckets_are_shared(buckets):
    assert set(ngrams(list("abcdefgh"), Runs((1, 1)), buckets).tolist()) == set(range(1, buckets))
