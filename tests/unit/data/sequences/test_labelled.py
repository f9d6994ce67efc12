"""Sequences with classes: the rule, the split, and tables that can or cannot be taken."""

import numpy as np
import pytest

from core.data import fetch, uploads
from core.data.sequences.labelled import (
    integers,
    is_good,
    labelled,
    read_labelled,
    store_labelled,
)
from core.data.sequences.patterns import DIGITS, rules
from core.data.tables import read_table
from core.data.tables.classes import label_column, label_questions
from core.messages import Problem

HAS_GENES = fetch.available("splice.arff") and fetch.available("uci_promoters.data")


def table(text):
    return read_table(text.encode(), needs_numbers=False)


def rows(line, count=20):
    return "\n".join(line(i) for i in range(count))


def test_integers_are_labelled_by_the_rule_and_half_are_good():
    data = integers(0)
    said = [is_good(np.array([int(token) for token in sequence])) for sequence in data.tokens]
    assert [data.classes[label] == "good" for label in data.labels] == said
    assert np.bincount(data.labels).tolist() == [1503, 1503]
    assert is_good(np.array([1, 6, 7, 4])) and not is_good(np.array([1, 6, 8, 4]))
    assert data.made


def test_the_length_of_integers_tells_nothing():
    data = integers(1)
    for length in range(4, 13):
        labels = [
            label for t, label in zip(data.tokens, data.labels, strict=True) if len(t) == length
        ]
        assert np.bincount(labels).tolist() == [167, 167]


def test_shorter_sequences_have_zeros_before_their_start():
    data = integers(0)
    at = min(range(len(data.tokens)), key=lambda i: len(data.tokens[i]))
    length = len(data.tokens[at])
    assert length < data.steps == 12
    assert not data.inputs[at, : data.steps - length].any()
    told = [data.letters[i] for i in data.inputs[at, data.steps - length :].argmax(-1)]
    assert tuple(told) == data.tokens[at]


def test_a_quarter_of_each_class_is_held_out_and_the_seed_decides_which():
    data = integers(0)
    training, test = data.split(0)
    assert sorted([*training, *test]) == list(range(3006))
    assert np.bincount(data.labels[test]).tolist() == [376, 376]
    assert not np.array_equal(test, data.split(1)[1])
    assert np.array_equal(test, data.split(0)[1])


def test_a_table_of_letters():
    data = read_labelled(
        table("sequence,label\n" + rows(lambda i: f"{'AB' * (1 + i % 2)},{i % 2}"))
    )
    assert data.classes == ("0", "1") and data.letters == ("A", "B")
    assert data.tokens[1] == ("A", "B", "A", "B") and data.inputs.shape == (20, 4, 2)


def test_a_table_of_words():
    data = read_labelled(table("text,class\n" + rows(lambda i: f"go left,{'xy'[i % 2]}")))
    assert data.tokens[0] == ("go", "left") and data.classes == ("x", "y")


def test_a_french_table_of_numbers_is_scaled_by_what_is_learned_from():
    data = read_labelled(table("a;b;classe\n" + rows(lambda i: f"{i},5;{2 * i},0;{'xy'[i % 2]}")))
    assert data.letters == () and data.inputs[3, :, 0].tolist() == [3.5, 6.0]
    training = np.arange(10)
    scaled = data.scaled(training)[training]
    assert scaled.mean() == pytest.approx(0, abs=1e-6)
    assert scaled.std() == pytest.approx(1, abs=1e-6)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (
            "s,label\n" + rows(lambda i: f"AB,{i % 2}", 19),
            "The table has 19 sequences; 20 to 5000 are taken.",
        ),
        (
            "s,label\n" + rows(lambda i: f"AB,c{i}"),
            "The column label would be the class, and has 20 different values; 2 to 10 are taken. "
            "Call the column of the class label.",
        ),
        (
            "s,label\n" + rows(lambda i: f"AB,{'x' if i < 3 else 'y'}"),
            "The class x has 3 rows; at least 4 of each class are expected.",
        ),
        (
            "a,label\n" + rows(lambda i: f"{i},{i % 2}"),
            "Beside the class, label, the table has 1 columns of numbers; at least 2 are "
            "expected, one for each step, or a column of letters.",
        ),
        (
            "s,label\n" + rows(lambda i: f"A,{i % 2}"),
            "The longest sequence has 1 steps; 2 to 200 are taken.",
        ),
        (
            "s,label\n" + rows(lambda i: f"w{3 * i} w{3 * i + 1} w{3 * i + 2},{i % 2}"),
            "The sequences have 60 different signs; at most 40 are taken here. Free text is for "
            "the lesson on language.",
        ),
    ],
)
def test_what_is_wrong_with_a_table_word_for_word(text, said):
    with pytest.raises(Problem) as caught:
        read_labelled(table(text))
    assert str(caught.value) == said


def test_without_a_table_one_is_asked_for():
    with pytest.raises(Problem, match="Bring a CSV table first"):
        labelled("upload")


@pytest.mark.skipif(not HAS_GENES, reason="needs the genes")
def test_no_splice_junction_is_both_learned_from_and_tested_on():
    data = labelled("splice")
    training, test = data.split(3)
    assert len(data.tokens) == 3190 - 185
    assert not {data.tokens[i] for i in training} & {data.tokens[i] for i in test}


def test_hidden_kinds_follow_their_rules_and_no_digit_gives_them_away():
    data = rules(0.0, 2)
    for kind, holds in enumerate(
        (
            lambda x: (np.diff(x) % DIGITS == 1).all(),
            lambda x: (np.diff(x) % DIGITS == DIGITS - 3).all(),
            lambda x: (x[2:] == x[:-2]).all() and x[0] != x[1],
            lambda x: (x[3:] == x[:-3]).all() and len(set(x)) == 3,
        )
    ):
        members = data.ids[data.kinds == kind]
        assert len(members) == 300 and all(holds(row) for row in members)
        shares = np.bincount(members.ravel(), minlength=DIGITS) / members.size
        np.testing.assert_allclose(shares, 0.1, atol=0.03)


def test_noise_replaces_its_share_of_digits():
    clean, noisy = rules(0.0, 0), rules(0.2, 0)
    assert np.mean(clean.ids != noisy.ids) == pytest.approx(0.2, abs=0.01)
    assert np.array_equal(clean.kinds, noisy.kinds)


LABELS = b"a,b,kind,colour\n" + b"".join(
    b"%d,%d.5,%s,%s\n" % (i, i, b"xy"[i % 2 :][:1], b"rgb"[i % 3 :][:1]) for i in range(30)
)


def test_the_class_can_be_chosen_and_job_and_link_read_it_by_the_same_hash(tmp_path, monkeypatch):
    monkeypatch.setattr(uploads, "folder", lambda: tmp_path)
    table = read_table(LABELS, needs_numbers=False)
    assert label_column(table) == "kind"
    (question,) = label_questions(table)
    assert (question.name, question.chosen) == ("label", "kind")
    assert list(question.options) == ["kind", "colour"]
    digest = store_labelled(LABELS, {"label": "colour"})
    assert labelled("upload", digest).classes == ("r", "g", "b")
    assert uploads.file_of(digest) == (LABELS, {"label": "colour"})


def test_a_class_without_a_name_is_a_column_that_can_be_one():
    rows = b"".join(b"%d.5,%s,%d\n" % (i, b"pqr"[i % 3 :][:1] * 2, i * i) for i in range(30))
    assert label_column(read_table(b"a,b,c\n" + rows, needs_numbers=False)) == "b"
    numbers = b"".join(b"%d,%d.5,%d.25\n" % (i % 2, i, i * i) for i in range(30))
    assert label_column(read_table(b"a,b,c\n" + numbers, needs_numbers=False)) == "a"
