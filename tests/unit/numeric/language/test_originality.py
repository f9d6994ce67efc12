import math

import numpy as np
import pytest

from core.numeric.language.originality import Facts, facts_of, longest_copied, words_of

AUTHOR = "Il y avait en Westphalie, dans le château de monsieur le baron, un jeune garçon."
OTHER = "Jacques et son maître allaient où le hasard les menait."


def test_words():
    assert list(words_of("L'homme, AUX 40 écus; c'est-à-dire_œuvre")) == [
        *("l", "homme", "aux", "écus"),
        *("c", "est", "à", "dire", "œuvre"),
    ]


def test_share_of_known_words():
    facts = facts_of(AUTHOR)
    assert facts.share_of_known_words("LE BARON avait un chien") == pytest.approx(4 / 5)
    assert facts.share_of_known_words("le baron avait un chien", min_letters=3) == pytest.approx(
        2 / 3
    )
    assert math.isnan(facts.share_of_known_words("1, 2; 3"))


def test_share_of_known_passages():
    facts = facts_of(AUTHOR)
    assert facts.share_of_known_passages("en Westphalie dans le CHÂTEAU") == 1
    assert facts.share_of_known_passages("avait en Westphalie; dans le jardin") == pytest.approx(
        1 / 2
    )
    assert facts.share_of_known_passages("le château dans Westphalie en") == 0
    assert math.isnan(facts.share_of_known_passages("il y avait en"))


def test_words_are_the_authors_and_passages_those_of_all_texts():
    facts = facts_of(AUTHOR, AUTHOR + "\n" + OTHER)
    assert facts.share_of_known_words("Jacques") == 0
    assert facts.share_of_known_passages("jacques et son maître allaient") == 1


def test_saved_facts_are_the_same(tmp_path):
    rng = np.random.default_rng(0)
    words = ["".join(chr(97 + c) for c in rng.integers(0, 26, 4)) for _ in range(3000)]
    facts = facts_of(" ".join(words) + " œuvre")
    facts.save(tmp_path / "facts.npz")
    loaded = Facts.load(tmp_path / "facts.npz")
    assert loaded.words == facts.words
    assert loaded.passages.dtype == np.uint32
    np.testing.assert_array_equal(loaded.passages, facts.passages)
    assert len(loaded.passages) == len(words) - 3
    assert loaded.false_positives == pytest.approx(2997 / 2**32)


def test_the_longest_copied_passage():
    text = "Un jour, DANS LE CHÂTEAU — de monsieur Pangloss, le baron, un jeune chien."
    copied = longest_copied(text, OTHER + "\n" + AUTHOR)
    assert copied is not None
    assert copied.passage == "DANS LE CHÂTEAU — de monsieur"
    assert copied.words == 5
    assert copied.start == text.index("DANS")
    assert copied.start_in_training == len(OTHER) + 1 + AUTHOR.index("dans")


def test_of_equals_the_first_is_told():
    copied = longest_copied("b c x a b", "a b c")
    assert copied is not None and copied.passage == "b c"


def test_a_whole_text_and_none():
    copied = longest_copied(AUTHOR, AUTHOR)
    assert copied is not None and copied.passage == AUTHOR.rstrip(".")
    assert longest_copied("xyz 12", AUTHOR) is None
    assert longest_copied("", AUTHOR) is None
    assert longest_copied(AUTHOR, "") is None
