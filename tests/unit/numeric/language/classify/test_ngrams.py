"""Texts as numbers of n-grams: which ones, and which words they are made of."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.numeric.language.classify.ngrams import (
    PADDING,
    first_of_letters,
    ngram_shares,
    ngrams,
    ngrams_of,
    padded,
)
from core.numeric.language.classify.tokens import tokens, words
from core.numeric.language.classify.vocabulary import UNKNOWN, WordList, runs

LARGE = 2**30
NONE = (1, 0)


def test_every_run_has_its_number_once():
    text = ["a", "b", "a", "b"]
    assert len(ngrams(text, LARGE, (1, 2))) == 4  # a, b, a b, b a
    assert len(ngrams(text, LARGE, NONE, (1, 1))) == 3  # a, b and the space
    assert len(ngrams(text, LARGE, NONE, (9, 9))) == 1  # the whole, a space around it
    assert len(ngrams(text, LARGE, NONE, (10, 12))) == 0
    assert len(ngrams([], LARGE, (1, 3), (1, 3))) == 0
    both = ngrams(text, LARGE, (1, 2), (1, 1))
    assert len(both) == 7 and PADDING not in both
    first = first_of_letters(LARGE, (1, 2), (1, 1))  # words and letters share no bucket
    assert both[3] < first <= both[4] and first == LARGE // 4
    assert first_of_letters(LARGE, (1, 2), NONE) == LARGE
    assert first_of_letters(LARGE, NONE, (1, 1)) == 1


@given(st.lists(st.text("abcé ' ", min_size=1), max_size=8))
def test_numbers_are_in_their_bounds_and_depend_on_the_text_alone(text):
    numbers = ngrams(text, 50, (1, 2), (2, 3))
    assert numbers.dtype == np.int32 and ((numbers > 0) & (numbers < 50)).all()
    assert (numbers == ngrams(list(text), 50, (1, 2), (2, 3))).all()
    same, shares = ngram_shares(text, 50, (1, 2), (2, 3))
    assert (same == numbers).all() and shares.shape == (len(numbers), len(text))
    np.testing.assert_allclose(shares.sum(1), 1.0)


@given(st.lists(st.lists(st.text("ab ", min_size=1), max_size=4), min_size=1, max_size=5))
def test_many_texts_have_the_numbers_of_each_and_none_across_two(texts):
    for numbers, text in zip(ngrams_of(texts, LARGE, (1, 2), (2, 3)), texts, strict=True):
        assert numbers.tolist() == ngrams(text, LARGE, (1, 2), (2, 3)).tolist()


def test_an_ngram_is_shared_by_the_words_that_it_touches():
    text = ["ab", "c"]
    numbers, shares = ngram_shares(text, LARGE, (2, 2), NONE)
    assert shares.tolist() == [[0.5, 0.5]] and (numbers == ngrams(text, LARGE, (2, 2))).all()
    numbers, shares = ngram_shares(text, LARGE, NONE, (4, 4))  # " ab ", "ab c", "b c "
    by_number = dict(zip(numbers.tolist(), shares.tolist(), strict=True))
    whole = [by_number[int(ngrams([word], LARGE, NONE, (4, 4))[0])] for word in ("ab",)]
    assert whole == [[1.0, 0.0]]
    assert sorted(share[0] for share in by_number.values()) == [0.5, 0.75, 1.0]


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
    assert set(ngrams(list("abcdefgh"), buckets, (1, 1)).tolist()) == set(range(1, buckets))
