"""Pieces, the dictionary by counting, and the scores of translations."""

import json
from dataclasses import asdict

import numpy as np
import pytest
import sacrebleu
from hypothesis import given
from hypothesis import strategies as st

from core.numeric.language.codec import END, PAD
from core.numeric.language.translation import ibm1
from core.numeric.language.translation.codec import PieceCodec
from core.numeric.language.translation.pieces import UNKNOWN, learn_pieces, split
from core.numeric.language.translation.scores import bleu, bleu_counts, bleu_of, chrf
from core.numeric.language.translation.tokens import (
    joined,
    names,
    set_in,
    set_plainly,
    tokens,
    without_first_capital,
    words,
)

LINES = st.lists(st.text("ab cé'.,-3!?", max_size=20), min_size=1, max_size=6)


@pytest.mark.parametrize(
    ("text", "language", "expected"),
    [
        ("I don't know it.", "en", ["I", "do", "n't", "know", "it", "."]),
        (
            "She's 12-year-old Tom's.",
            "en",
            ["She", "'s", "1", "2", "-", "year", "-", "old", "Tom", "'s", "."],
        ),
        (
            "L’homme qu'il vit aujourd'hui ?",
            "fr",
            ["L'", "homme", "qu'", "il", "vit", "aujourd'hui", "?"],
        ),
    ],
)
def test_words_are_parted_as_each_language_has_them_and_joined_again(text, language, expected):
    stripped = [token.strip() for token in tokens(text, language)]
    assert stripped == expected
    assert "".join(tokens(text, language)).strip() == set_plainly(text)
    if "12" not in text:
        assert joined(stripped, language) == set_plainly(text)


def test_a_first_capital_is_only_a_names():
    known = names(["I saw Tom here.", "The cat saw Tom.", "A cat is here."], "en")
    assert known == {"tom"}
    assert without_first_capital("Tom left.", known, "en") == "Tom left."
    assert without_first_capital("The cat left.", known, "en") == "the cat left."
    assert words("Tom's 2 cats!", "en") == ["tom", "'s", "2", "cats"]
    assert set_in("il dit: «non»!", "fr") == "Il dit\xa0: «\xa0non\xa0»\xa0!"
    assert set_in("why not?", "en") == "Why not?"


def test_pieces_join_the_most_frequent_neighbours_first():
    # Neighbours: w–e 10 + 12 times, l–o and o–w 10 + 10, the rest less often.
    seen = [" low"] * 10 + [" lower"] * 10 + [" newest"] * 12
    pieces = learn_pieces(seen, 100)
    letters = sorted(set("▁lowernewest"))
    assert pieces[: 2 + len(letters)] == [UNKNOWN, *letters, "we"]
    assert {"▁low", "▁newest"} <= set(pieces)
    assert learn_pieces(seen, 12) == pieces[:12]
    ranks = {piece: rank for rank, piece in enumerate(pieces)}
    assert split(" low", ranks) == ["▁low"]
    assert "".join(split(" lowest", ranks)) == "▁lowest"
    assert UNKNOWN in split(" löw", ranks)


def test_a_codec_gives_back_what_it_was_given_and_is_json():
    english = learn_pieces(tokens("the cat sees the dog ." * 10, "en"), 40)
    french = learn_pieces(tokens("le chat voit le chien ." * 10, "fr"), 40)
    codec = PieceCodec("en", "fr", " ".join(english), " ".join(french))
    again = PieceCodec(**json.loads(json.dumps(asdict(codec))))
    told = codec.answers(["le chat voit", "chien"], 12)
    assert told.shape == (2, 12) and (told[1] == PAD).any() and (told == END).sum() == 2
    assert [again.text(row) for row in told] == ["le chat voit", "chien"]
    asked = codec.questions(["The CAT", "zebra"])
    assert np.array_equal(asked, codec.questions(["the cat", "zebra"]))
    assert UNKNOWN in codec.read_pieces("zebra") and codec.read_pieces("the") == ["▁the"]
    assert codec.size == 3 + len(french) and codec.read_size == 3 + len(english)
    assert asked.max() < codec.read_size and told.max() < codec.size


def test_ibm1_by_hand():
    """Two pairs, "a b" – "x y" and "a" – "x", without a word from none.

    At first all are 1/2. Round 1: in the first pair each link counts 1/2, in the second a-x
    counts 1: a: x 3/2, y 1/2; b: x 1/2, y 1/2. So t(x|a) = 3/4, t(y|a) = 1/4, t(x|b) = t(y|b) =
    1/2. Round 2: x links to a with 3/4 / (3/4 + 1/2) = 3/5, y with 1/4 / (1/4 + 1/2) = 1/3. a: x
    3/5 + 1, y 1/3, together 29/15; b: x 2/5, y 2/3, together 16/15.
    """
    links = ibm1.Links([["a", "b"], ["a"]], [["x", "y"], ["x"]], none=False)
    known = links.uniform()
    np.testing.assert_allclose(known.table(), [[0.5, 0.5], [0.5, 0.5]])
    known = links.improved(known)
    np.testing.assert_allclose(known.table(), [[3 / 4, 1 / 4], [1 / 2, 1 / 2]])
    known = links.improved(known)
    expected = [[24 / 29, 5 / 29], [3 / 8, 5 / 8]]
    np.testing.assert_allclose(known.table(), expected)
    assert known.likeliest(1) == {"a": [("x", 24 / 29)], "b": [("y", 5 / 8)]}
    assert ibm1.word_for_word(["b", "a", "c"], known.likeliest()) == ["y", "x", "c"]


def test_ibm1_never_becomes_less_likely_and_its_rows_are_probabilities():
    rng = np.random.default_rng(0)
    sources = [[f"s{i}" for i in rng.integers(0, 9, rng.integers(1, 6))] for _ in range(60)]
    targets = [[f"t{i}" for i in rng.integers(0, 9, rng.integers(1, 6))] for _ in range(60)]
    links = ibm1.Links(sources, targets)
    known, last = links.uniform(), -np.inf
    for _round in range(6):
        table = known.table()
        likelihood = sum(
            np.log(
                np.mean(
                    [table[known.sources.index(s), known.targets.index(t)] for s in ("", *read)]
                )
            )
            for read, told in zip(sources, targets, strict=True)
            for t in told
        )
        assert likelihood >= last - 1e-9
        last, known = likelihood, links.improved(known)
        np.testing.assert_allclose(known.table().sum(1), 1)
    assert ibm1.learn(sources, targets, 6).likeliest() == known.likeliest()


def test_bleu_by_hand():
    """Five words of six are right; of the pairs 3 of 5, of the triples 1 of 4, of four none of 3.

    Nothing right counts 1/2: the mean is (5/6 · 3/5 · 1/4 · 1/6) to the power of 1/4.
    """
    told, right = "the cat sat on a mat", "the cat is on a mat"
    counts = bleu_counts([told], [right])[0]
    assert counts.tolist() == [6, 6, 5, 3, 1, 0, 6, 5, 4, 3]
    assert bleu_of(counts) == pytest.approx(100 * (5 / 6 * 3 / 5 * 1 / 4 * 1 / 6) ** 0.25)


@given(LINES, st.randoms(use_true_random=False))
def test_bleu_and_chrf_are_those_of_sacrebleu(lines, random):
    told = [" ".join(random.sample(line.split(), len(line.split()))) or "b" for line in lines]
    assert bleu(told, lines) == pytest.approx(sacrebleu.corpus_bleu(told, [lines]).score, abs=1e-9)
    assert chrf(told, lines) == pytest.approx(sacrebleu.corpus_chrf(told, [lines]).score, abs=1e-9)
