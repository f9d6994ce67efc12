"""What a tagger reads of words: features, letters, and what the rest of a book shows."""

import numpy as np

from core.numeric.language.classify.vocabulary import WordList
from core.numeric.language.tagging.book import NOTES, BookNotes
from core.numeric.language.tagging.features import (
    BESIDE,
    OWN,
    bucket_numbers,
    feature_hashes,
    feature_hashes_of,
    shape_of,
)
from core.numeric.language.tagging.network import LETTERS, TagNetwork, characters_of

SENTENCE = ["Il", "porte", "la", "porte"]


def network(**changes):
    return TagNetwork(3, WordList(["il", "la", "porte"]), "Iaelopt", buckets=64, **changes)


def test_a_side_sees_its_own_neighbours_and_no_others():
    both = feature_hashes(SENTENCE)
    assert both.shape == (4, OWN + 2 * BESIDE) and both.dtype == np.uint64
    left, right = (feature_hashes(SENTENCE, sides=[side]) for side in ("left", "right"))
    np.testing.assert_array_equal(both, np.hstack([left, right[:, OWN:]]))
    other = feature_hashes([*SENTENCE[:3], "table"])
    same = other == both
    assert same[0].all()  # its neighbours and those behind them are the same
    assert same[2, : OWN + BESIDE].all() and not same[2, OWN + BESIDE :].all()
    # the two "porte" have the same form, but stand beside other words
    own = slice(OWN - 1)
    assert (both[1, own] == both[3, own]).all() and (both[1, OWN:] != both[3, OWN:]).any()


def test_many_sentences_have_the_features_of_each():
    sentences = [SENTENCE, ["la"], SENTENCE[::-1]]
    notes = [
        np.arange(len(words) * NOTES, dtype=np.uint64).reshape(-1, NOTES) for words in sentences
    ]
    for given, of_book, whole in zip(
        sentences, notes, feature_hashes_of(sentences, notes), strict=True
    ):
        np.testing.assert_array_equal(whole, feature_hashes(given, of_book))
    known = network()
    for words, arrays in zip(sentences, known.inputs_of(sentences), strict=True):
        for ours, theirs in zip(arrays, known.inputs(words), strict=True):
            np.testing.assert_array_equal(ours, theirs)


def test_a_features_row_is_in_the_table_and_never_the_first():
    numbers = bucket_numbers(feature_hashes(SENTENCE), 16)
    assert numbers.min() >= 1 and numbers.max() <= 15
    assert len(np.unique(bucket_numbers(feature_hashes(SENTENCE), 2**18))) > 60


def test_the_shape_of_a_word():
    assert [shape_of(w) for w in ("Élysée", "SNCF", "1868", "M.", "d'")] == [
        *("Xxx", "XX", "dd", "X.", "x'")
    ]


def test_a_network_reads_the_beginning_and_the_end_of_a_long_word():
    known = network()
    letters = known.letters(["pal", "anticonstitutionnellement"])
    assert letters.shape == (2, LETTERS)
    assert letters[0].tolist() == [7, 3, 5, *[0] * 11]
    assert letters[1, -7:].tolist() == known.letters(["llement"])[0, :7].tolist()
    assert known.word_numbers(["Il", "chante"]).tolist() == [2, 1]


def test_each_reading_has_the_columns_of_what_it_may_see():
    known = network(book=True)
    assert known.counts == {"own": OWN + NOTES, "left": BESIDE, "right": BESIDE}
    own = list(range(OWN + NOTES))
    left = [*own, *range(OWN + NOTES, OWN + NOTES + BESIDE)]
    assert known.columns("left").tolist() == left
    assert set(known.columns("right")) & set(left) == set(own)
    assert len(known.columns("both")) == sum(known.counts.values())
    assert network(direction="left").counts == {"own": OWN, "left": BESIDE}


def test_a_book_shows_how_a_word_is_written_elsewhere_and_what_stands_beside_it():
    book = BookNotes(
        [["Voici", "madame", "Porte", "."], ["Chez", "madame", "Porte", ",", "rose"], ["Rose"]]
    )
    porte, rose, unseen = (book.of([word])[0] for word in ("Porte", "Rose", "Zog"))
    assert porte.shape == (NOTES,)
    assert (book.of(["Porte"])[0] == porte).all() and (porte != unseen).any()
    assert porte[0] != rose[0] != unseen[0]  # always, never and nowhere with a capital
    alone = BookNotes([["Porte"]]).of(["Porte"])[0]
    assert alone[0] == unseen[0] and (alone != porte).any()
    small = book.of(["porte"])[0]
    assert len(set(small[1:].tolist())) == 1  # of a word in small letters no neighbours are told


def test_only_characters_that_come_often_are_known():
    assert characters_of([["aab", "a"], ["bbc"]]) == "ab"
