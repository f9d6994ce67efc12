"""Which words carried a likeness, and how vectors are judged."""

import numpy as np
import pytest
from sklearn.metrics import roc_auc_score

from core.numeric.language.thoughts import scores
from core.numeric.language.thoughts.bags import BM25, Counted, TfIdf
from core.numeric.language.thoughts.search import best, leave_one_out, scores_of

TEXTS = [["red", "fish", "swims"], ["blue", "bird", "sings"], ["red", "bird", "red", "sings"]]
COUNTED = Counted.of(TEXTS)


def test_the_best_come_first_and_what_shares_nothing_is_left_out():
    encoder = BM25(COUNTED)
    hits = best(scores_of(encoder.asked([["red"]]), encoder.kept(TEXTS))[0], 3)
    assert [hit.place for hit in hits] == [2, 0]
    assert hits[0].score > hits[1].score > 0


def test_a_word_left_out_costs_what_it_had_carried():
    encoder = TfIdf(COUNTED)
    question, text = ["red", "bird"], TEXTS[2]
    of_question, of_text = leave_one_out(encoder, question, text)
    whole = scores_of(encoder.asked([question]), encoder.kept([text]))[0, 0]
    without = scores_of(encoder.asked([question]), encoder.kept([["bird", "sings"]]))[0, 0]
    assert of_text["red"] == pytest.approx(whole - without)
    assert list(of_question) == ["red", "bird"] and list(of_text) == ["red", "bird", "sings"]
    assert of_text["sings"] < 0 < of_text["bird"]  # what the question does not have only dilutes


def test_without_a_word_of_a_question_bm25_loses_just_its_part():
    encoder = BM25(COUNTED)
    of_question, _ = leave_one_out(encoder, ["red", "bird"], TEXTS[2])
    whole = scores_of(encoder.asked([["red", "bird"]]), encoder.kept([TEXTS[2]]))[0, 0]
    assert sum(of_question.values()) == pytest.approx(whole)


def test_the_nearest_of_many_is_found_in_parts():
    rng = np.random.default_rng(0)
    asked, kept = rng.standard_normal((600, 8)), rng.standard_normal((50, 8))
    places, values = scores.nearest(asked, kept)
    np.testing.assert_array_equal(places, (asked @ kept.T).argmax(1))
    np.testing.assert_allclose(values, (asked @ kept.T).max(1))


def test_the_area_is_scikit_learn_s():
    rng = np.random.default_rng(1)
    inside, outside = rng.integers(0, 9, 40) + 1.0, rng.integers(0, 9, 30)
    expected = roc_auc_score([1] * 40 + [0] * 30, np.concatenate([inside, outside]))
    assert scores.auc(inside, outside) == pytest.approx(expected)


def test_a_probe_tells_classes_that_a_plane_parts_and_no_others():
    rng = np.random.default_rng(2)
    points = rng.standard_normal((400, 3))
    classes = (points @ [1.0, -2.0, 0.5] > 0).astype(int)
    told = scores.probe_accuracy(points[:300], classes[:300], points[300:], classes[300:])
    assert told > 0.93
    drawn = rng.integers(0, 2, 400)
    chance = scores.probe_accuracy(points[:300], drawn[:300], points[300:], drawn[300:])
    assert abs(chance - 0.5) < 0.15


def test_neighbours_by_hand():
    # Of passage 0, only 2 and 3 are elsewhere; the next is above both. Of 1, the next ties with 3.
    table = np.array([[9, 3, 2, 1], [3, 9, 1, 1], [2, 1, 9, 0], [1, 1, 0, 9]], float)
    assert scores.neighbour_auc(table) == pytest.approx((1 + 0.5 + 0) / 3)
