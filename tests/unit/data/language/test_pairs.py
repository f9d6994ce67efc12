"""Pairs of sentences: no sentence, nor its near copy, is in two parts."""

import pytest

from core.data.language.pairs import invented, sets, tatoeba
from core.data.language.pairs.tatoeba import Pair, near_copies, parted
from core.numeric.language.translation.tokens import words


def keys(pairs):
    return {tatoeba._key(pair.en, "en") for pair in pairs}, {
        tatoeba._key(pair.fr, "fr") for pair in pairs
    }


def assert_apart(parts):
    for one, other in ((0, 1), (0, 2), (0, 3), (1, 2), (1, 3), (2, 3)):
        for ours, theirs in zip(keys(parts[one]), keys(parts[other]), strict=True):
            assert not ours & theirs


def test_near_copies_are_those_that_share_either_language_but_for_marks_and_contractions():
    pairs = [
        Pair("I don't know!", "Je ne sais pas."),
        Pair("i do not know", "J'ignore."),
        Pair("No idea.", "Je ne sais pas !"),
        Pair("I can't.", "Je ne peux pas."),
        Pair("I cannot.", "Impossible."),
        Pair("Go.", "Va."),
    ]
    assert near_copies(pairs) == [0, 0, 0, 1, 1, 2]


def test_parts_share_nothing_and_hold_one_pair_of_a_group():
    rng_words = ["cat", "dog", "house", "tree", "river", "song", "door", "book"]
    pairs = [
        Pair(f"The {a} sees {b}{mark}", f"Le {a} voit {b}{mark}")
        for a in rng_words
        for b in rng_words
        for mark in (".", "!", "?")
    ]
    pairs += [Pair("so " * 12 + a, "si " * 12 + a) for a in rng_words]
    parts = parted(pairs, 5, 10, 3)
    assert list(map(len, parts)) == [49 * 3, 5, 10, 3]
    assert_apart(parts)
    assert parts == parted(pairs, 5, 10, 3)
    assert all(len(words(pair.en, "en")) > 10 for pair in parts.longer)


def test_invented_pairs_are_drawn_by_their_seed_and_word_for_word_is_wrong_for_them():
    parts = invented.parts(0)
    assert len(parts.training) + len(parts.validation) + len(parts.test) == invented.PAIRS
    assert_apart(parts)
    assert parts == invented.parts(0) != invented.parts(1)
    every = {pair.en: pair.fr for part in parts for pair in part}
    for english, french in every.items():
        assert ("does not" in english) == (" ne " in french)
        assert ("my house" not in english) or "ma maison" in french


@pytest.mark.slow
@pytest.mark.skipif(bool(sets.missing("tatoeba")), reason="Tatoeba's pairs are not here")
def test_tatoebas_parts():
    parts = sets.parts("tatoeba")
    assert list(map(len, parts)) == [118_564, 1_000, 2_000, 500]
    assert_apart(parts)
    for pair in (*parts.test, *parts.validation):
        assert max(len(words(pair.en, "en")), len(words(pair.fr, "fr"))) <= tatoeba.MOST_WORDS
