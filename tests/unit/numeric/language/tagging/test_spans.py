"""Spans and their counts: against seqeval, and by hand."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from seqeval import metrics

from core.numeric.language.tagging.scores import known_words, most_frequent_tags, tag_scores
from core.numeric.language.tagging.spans import Counts, Span, count, spans

TAGS = st.sampled_from(["O", "B-PER", "I-PER", "B-LOC", "I-LOC"])
PAIRS = st.lists(st.tuples(TAGS, TAGS), min_size=1, max_size=9)


def test_spans_begin_where_a_b_stands_or_an_i_has_nothing_to_go_on_from():
    assert spans(["B-PER", "B-PER", "I-PER", "O", "I-LOC"]) == [
        Span(0, 1, "PER"),
        Span(1, 3, "PER"),
        Span(4, 5, "LOC"),
    ]
    assert spans(["O", "O"]) == spans([]) == []
    assert spans(["B-PER", "I-LOC", "I-LOC"]) == [Span(0, 1, "PER"), Span(1, 3, "LOC")]


def test_a_span_that_is_too_short_is_wrong_twice():
    true = [["B-PER", "I-PER", "O", "B-LOC"], ["O", "O"]]
    given_tags = [["B-PER", "O", "O", "B-LOC"], ["O", "B-ORG"]]
    whole, kinds = count(true, given_tags)
    assert whole == Counts(true=2, given=3, right=1)
    assert (whole.precision, whole.recall, whole.f1) == (1 / 3, 1 / 2, 2 / 5)
    assert kinds == {"LOC": Counts(1, 1, 1), "ORG": Counts(0, 1, 0), "PER": Counts(1, 1, 0)}


def test_nothing_there_and_nothing_given_is_no_division_by_zero():
    whole, kinds = count([["O"]], [["O"]])
    assert (whole.precision, whole.recall, whole.f1, kinds) == (0, 0, 0, {})


@given(st.lists(PAIRS, min_size=1, max_size=5))
def test_it_counts_as_seqeval_does(sentences):
    true = [[pair[0] for pair in sentence] for sentence in sentences]
    answered = [[pair[1] for pair in sentence] for sentence in sentences]
    whole, kinds = count(true, answered)
    settings: dict[str, Any] = {"zero_division": 0}
    assert whole.precision == pytest.approx(metrics.precision_score(true, answered, **settings))
    assert whole.recall == pytest.approx(metrics.recall_score(true, answered, **settings))
    assert whole.f1 == pytest.approx(metrics.f1_score(true, answered, **settings))
    if kinds:
        each: Any = metrics.f1_score(true, answered, average=None, **settings)
        assert [kind.f1 for kind in kinds.values()] == pytest.approx(list(each))


def test_words_met_and_not_met_are_scored_apart():
    words, training = [["Le", "chat", "Zog"]], [["le", "chat"]]
    known = known_words(words, training)
    assert known == [True, True, False]
    scored = tag_scores([["D", "N", "P"]], [["D", "V", "P"]], known, spans=False)
    assert scored == {"score": 2 / 3, "accuracy": 2 / 3, "known": 0.5, "unknown": 1.0}
    told = tag_scores([["O", "B-X"]], [["O", "B-X"]], [True, True], spans=True)
    assert told["score"] == told["f1"] == 1 and "unknown" not in told


def test_the_simplest_tagger_knows_each_words_most_frequent_tag():
    tags, other = most_frequent_tags(
        [["la", "porte"], ["La", "porte"], ["il", "porte"]],
        [["D", "N"], ["D", "N"], ["P", "V"]],
    )
    assert tags == {"la": "D", "porte": "N", "il": "P"} and other in ("D", "N")
