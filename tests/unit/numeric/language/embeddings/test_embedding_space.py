"""Neighbours, analogies, axes and paths where the vectors are known; scores; words; counting."""

import numpy as np
import pytest
from scipy.sparse import csr_matrix

from core.messages import Problem
from core.numeric.language.embeddings import counting, scores
from core.numeric.language.embeddings.space import WordSpace
from core.numeric.language.embeddings.vocabulary import (
    BREAK,
    Vocabulary,
    keep_probabilities,
    noise_distribution,
)

SQUARE = WordSpace(
    ("homme", "femme", "roi", "reine", "pain"),
    np.array([[1, 0, 0], [1, 1, 0], [1, 0, 1], [1, 1, 1], [-1, 0, 0]], np.float32),
)


def test_neighbours_by_cosine():
    nearest = SQUARE.neighbours("homme", 2)
    assert [one.word for one in nearest] == ["femme", "roi"]
    assert nearest[0].score == pytest.approx(np.sqrt(0.5))
    assert SQUARE.neighbours("pain", 9)[-1].score == pytest.approx(-1)


def test_an_analogy_with_and_without_the_words_of_the_question():
    assert SQUARE.analogy("homme", "femme", "roi", 1)[0].word == "reine"
    all_words = SQUARE.analogy("homme", "femme", "roi", 5, exclude=False)
    assert {one.word for one in all_words} == set(SQUARE.words)
    assert all_words[0].word in ("reine", "roi", "femme")


def test_an_axis_goes_from_one_word_to_the_other():
    places = SQUARE.axis("homme", "femme")
    assert places[0] == pytest.approx(0, abs=1e-6) and places[1] == pytest.approx(1)
    with pytest.raises(Problem, match=r"^An axis needs two words that differ; both are roi\.$"):
        SQUARE.axis("roi", "roi")


def test_a_path_tells_each_word_once():
    words = [one.word for one in SQUARE.path("homme", "reine", 2)]
    assert sorted(words) == ["femme", "roi"]


def test_an_unknown_word_is_told():
    with pytest.raises(Problem, match=r"^The word zadig is not among the 5 of this space\.$"):
        SQUARE.neighbours("zadig")


def test_a_space_is_read_as_it_is_written():
    again = WordSpace.of(SQUARE.about, SQUARE.weights)
    assert again.words == SQUARE.words and again.params == 15
    np.testing.assert_array_equal(again.vectors, SQUARE.vectors)


def test_scores_of_a_space_that_knows_all():
    rng = np.random.default_rng(0)
    names = tuple(f"{kind}{i}" for kind in "ab" for i in range(5))
    around = np.repeat(np.eye(2, 6), 5, axis=0) + 0.05 * rng.normal(size=(10, 6))
    space = WordSpace(names, around)
    categories = {kind: [f"{kind}{i}" for i in range(5)] for kind in "ab"}
    assert scores.neighbour_category_accuracy(space, categories) == 1
    assert scores.odd_one_out(space, categories) == 1
    assert scores.neighbour_category_accuracy(SQUARE, {"a": ["x"]}) == 0


def test_random_vectors_tell_one_in_five():
    categories = {kind: [f"{kind}{i}" for i in range(20)] for kind in "abcdefghij"}
    names = tuple(name for members in categories.values() for name in members)
    space = WordSpace(names, np.random.default_rng(0).normal(size=(len(names), 50)))
    assert scores.odd_one_out(space, categories) == pytest.approx(0.2, abs=0.06)
    assert scores.neighbour_category_accuracy(space, categories) < 0.2


def test_analogies_are_scored_exactly():
    pairs = {"gender": [("homme", "femme"), ("roi", "reine"), ("zadig", "astarté")]}
    questions = scores.analogy_questions(SQUARE, pairs)
    assert questions.words.tolist() == [[2, 3, 0, 1], [0, 1, 2, 3]]
    answers = scores.answered(SQUARE, questions)
    assert scores.share_by_kind(questions, answers) == {
        "gender": scores.analogy_accuracy(questions, answers)
    }
    assert answers[1] == 3


def test_the_scores_of_a_space_by_name():
    pairs = {"gender": [("homme", "femme"), ("roi", "reine")]}
    kinds = {"people": ["homme", "femme"], "food": ["pain"]}
    told = scores.scores_of(SQUARE, pairs, kinds)
    assert told == {
        "analogy_accuracy": 1.0,
        "odd_one_out": 0.0,
        "neighbour_category_accuracy": pytest.approx(2 / 3),
    }
    judged = [("homme", "femme", 9.0), ("homme", "reine", 7.0), ("homme", "pain", 0.0)]
    assert scores.scores_of(SQUARE, pairs, kinds, judged)["wordsim_spearman"] == pytest.approx(1)


def test_spearman_asks_for_order_alone():
    judged = [("homme", "femme", 9.0), ("homme", "reine", 7.0), ("homme", "pain", 0.0)]
    assert scores.wordsim_spearman(SQUARE, judged) == pytest.approx(1)
    assert scores.wordsim_spearman(SQUARE, judged[:2]) == 0


def test_words_by_frequency_and_how_they_are_drawn():
    known = Vocabulary.of([["b", "a", "a"], ["a", "c", "b"]], min_count=2)
    assert known.words == ("a", "b") and known.counts.tolist() == [3, 2]
    assert known.encode([["b", "c", "a"], ["a"]]).tolist() == [1, 0, BREAK, 0, BREAK]
    np.testing.assert_allclose(noise_distribution(np.array([16, 1])), [8 / 9, 1 / 9])
    np.testing.assert_allclose(keep_probabilities(np.array([99, 1]), 0.01), [0.1106, 1], atol=1e-4)
    assert keep_probabilities(np.array([5, 5]), 0).tolist() == [1, 1]


def test_counts_do_not_pass_the_end_of_a_sentence():
    ids = np.array([0, 1, 2, BREAK, 0, BREAK], np.int32)
    counts = counting.cooccurrences(ids, 3, 2).toarray()
    np.testing.assert_allclose(counts, [[0, 1, 0.5], [1, 0, 1], [0.5, 1, 0]])


def test_ppmi_by_hand():
    counts = csr_matrix(np.array([[0, 1.0], [1.0, 2.0]]))
    shares = np.array([1, 3]) ** 0.75 / (1 + 3**0.75)
    expected = np.log(np.array([[1, 1 / shares[1]], [1 / 3 / shares[0], 2 / 3 / shares[1]]]))
    np.testing.assert_allclose(
        counting.ppmi(counts).toarray(), np.maximum(expected * [[0, 1], [1, 1]], 0), rtol=1e-6
    )


def test_the_singular_vectors_are_numpys():
    rng = np.random.default_rng(1)
    dense = rng.normal(size=(12, 9)) @ np.diag(2.0 ** -np.arange(9))
    vectors = counting.svd_vectors(csr_matrix(dense), 3)
    left, values, _ = np.linalg.svd(dense, full_matrices=False)
    ours, theirs = (some @ some.T for some in (vectors, left[:, :3] * np.sqrt(values[:3])))
    np.testing.assert_allclose(ours, theirs, atol=1e-4)
    assert not counting.svd_vectors(csr_matrix(dense[:2, :2]), 3)[:, 2].any()


def test_words_that_look_alike_are_near_by_spelling():
    names = ("roi", "rois", "reine", "veine", "dit", "disait")
    space = WordSpace(names, counting.spelling_vectors(names, 6))
    assert space.neighbours("roi", 1)[0].word == "rois"
    assert space.neighbours("reine", 1)[0].word == "veine"
