"""Labelled texts: parts without overlap, whole books held out, tables read or refused."""

import numpy as np
import pytest

from core.data.language.labelled import authors, brought, invented, sentences, sets
from core.data.language.labelled.labelled_texts import LabelledTexts, without_repeats
from core.data.tables import read_table
from core.messages import Problem

HAS_BOOKS = not authors.missing()
HAS_SENTENCES = not any(sets.missing(name) for name in sentences.FILES)


def check_parts(data, training, test):
    assert not set(training) & set(test)
    known = {data.texts[i] for i in training}
    assert not known & {data.texts[i] for i in test}


@pytest.mark.parametrize("seed", [0, 1])
def test_a_fifth_of_each_class_is_held_out_and_nothing_is_in_both_parts(seed):
    data = invented.opinions(0)
    training, test = data.split(seed)
    check_parts(data, training, test)
    assert len(training) + len(test) == len(data.texts)
    for label in range(2):
        share = np.mean(data.labels[test] == label) / np.mean(data.labels == label)
        assert share == pytest.approx(1, abs=0.01)


def test_books_that_are_held_out_are_held_out_whole():
    labels = np.array([0, 0, 0, 1, 1, 1, 1, 0])
    groups = np.array([0, 0, 1, 2, 3, 3, 3, 1])
    data = LabelledTexts(list("abcdefgh"), labels, ("x", "y"), groups, tuple("0123"), (1, 3))
    training, test = data.split(0)
    assert training.tolist() == [0, 1, 3] and set(groups[test]) == {1, 3}
    assert np.bincount(labels[test]).tolist() == [2, 2]  # as many of each author
    by_passage = data.split(0, by_group=False)
    assert set(groups[by_passage[0]]) & set(groups[by_passage[1]])


@pytest.mark.slow
@pytest.mark.skipif(not HAS_BOOKS, reason="the books are not here")
def test_no_book_of_an_author_is_in_both_parts():
    data = authors.passages_of_authors(300)
    training, test = data.split(0)
    check_parts(data, training, test)
    assert not set(data.groups[training]) & set(data.groups[test])
    assert set(np.bincount(data.labels[test]).tolist()) == {min(np.bincount(data.labels[test]))}
    names = [data.group_names[group] for group in data.test_groups]
    assert [name.split("_")[0] for name in names] == [
        *("voltaire", "voltaire", "diderot", "diderot", "rousseau", "flaubert", "zola", "verne")
    ]
    assert min(map(len, data.texts)) >= 300


@pytest.mark.skipif(not HAS_SENTENCES, reason="the sentences are not here")
@pytest.mark.parametrize(
    ("name", "counts"),
    [
        ("reviews", [5331, 5331]),
        ("films", [500, 500]),
        ("subjectivity", [5000, 5000]),
        ("messages", [4516, 653]),
        ("intents", [100] * 12),
    ],
)
def test_the_sets_are_read_as_their_authors_describe_them(name, counts):
    data = sentences.read(name)
    found = np.bincount(data.labels)
    assert found.tolist() == pytest.approx(counts, abs=20)
    assert len(set(data.texts)) == len(data.texts) and all(data.texts)
    check_parts(data, *data.split(0))


def test_repeats_are_left_out():
    texts, labels = without_repeats(["a", "b", "a"], [1, 0, 0])
    assert texts == ["a", "b"] and labels.tolist() == [1, 0]


@pytest.mark.parametrize(
    ("french", "good", "bad", "negations", "but"),
    [
        (False, invented.GOOD, invented.BAD, ("not", "never"), " but "),
        (True, sum(invented.BONS, ()), sum(invented.MAUVAIS, ()), ("pas", "jamais"), " mais "),
    ],
)
def test_invented_opinions_follow_their_rule(french, good, bad, negations, but):
    data = invented.opinions(3, french)
    assert data.made and data.texts == invented.opinions(3, french).texts
    for text, label in zip(data.texts[:300], data.labels[:300], strict=True):
        last = text.split(but)[-1].split()
        (judgement,) = [word for word in last if word in (*good, *bad)]
        negated = any(word in last for word in negations)
        assert label == ((judgement in good) != negated), text


def test_fewer_texts_are_as_many_of_each_class():
    labels = np.array([0] * 50 + [1] * 10)
    some = sets.fewer(np.arange(60), labels, 16, seed=0)
    assert np.bincount(labels[some]).tolist() == [8, 8] and len(set(some)) == 16
    assert len(sets.fewer(np.arange(60), labels, 1000, seed=0)) == 60


def table(rows, head="review,label"):
    return read_table("\n".join([head, *rows]).encode(), needs_numbers=False)


def test_a_table_is_texts_and_their_classes():
    rows = [f'"a film no {i} that I liked","{"yn"[i % 2]}"' for i in range(50)]
    data = brought.read_texts(table([*rows, rows[0]]))
    assert data.classes == ("y", "n") and len(data.texts) == 50
    assert data.texts[1] == "a film no 1 that I liked"
    assert [str(note) for note in data.notes] == [
        "1 rows without a word or with a repeated text are left out."
    ]


def test_what_cannot_be_learned_from_is_said():
    with pytest.raises(Problem, match=r"^The table has one column, text; two are expected: a text"):
        brought.read_texts(table([f"phrase {i}" for i in range(50)], "text"))
    with pytest.raises(Problem, match=r"^Beside the class, label, the table has no column of"):
        brought.read_texts(table([f"{i},{i % 2}" for i in range(50)], "n,label"))
    with pytest.raises(Problem, match=r"^The table has 12 different texts; at least 40 are"):
        brought.read_texts(table([f"text {i % 12},{'ab'[i % 2]}" for i in range(50)]))
    with pytest.raises(Problem, match=r"^Bring a CSV table first: a text and its class"):
        sets.labelled_texts("upload")


def test_passages_are_cut_at_spaces():
    assert authors.passages("Il faut cultiver notre jardin.", 10) == [
        *("Il faut cultiver", "notre jardin.")
    ]
    assert authors.passages("", 10) == []
