"""A book in passages, each with its chapter; requests and their intents."""

import numpy as np
import pytest

from core.data import fetch
from core.data.language import corpora
from core.data.language.intents import FILE, intents
from core.data.language.passages import cut, passages

TEXT = """LE TITRE
CHAPITRE I.
Comment tout commence.
Il était une fois un roi. Il avait une fille; elle aimait lire, et lisait toujours.
Oui.
CHAPITRE II. Où l'on part.
Le lendemain, ils partirent tous ensemble."""


def test_chapters_are_counted_and_headings_left_out():
    found = cut(TEXT)
    assert [(p.chapter, p.text[:9]) for p in found] == [(1, "Il était "), (2, "Le lendem")]
    assert found[1].words == ("le", "lendemain", "ils", "partirent", "tous", "ensemble")


def test_long_paragraphs_are_cut_where_a_sentence_ends_and_nothing_is_lost():
    found = cut(TEXT, most=8)
    assert [p.text for p in found[:2]] == [
        "Il était une fois un roi. Il avait une fille;",
        "elle aimait lire, et lisait toujours.",
    ]


def test_the_tale_has_passages_of_some_forty_words():
    found = passages("conte")
    lengths = np.array([len(p.words) for p in found])
    assert len(found) > 300 and 30 < np.median(lengths) < 40 and lengths.max() < 80
    assert sorted({p.chapter for p in found}) == list(range(1, 15))
    told = " ".join(p.text for p in found)
    assert told.split()[-5:] == corpora.corpus("conte").split()[-5:]


@pytest.mark.skipif(not fetch.available("voltaire_candide.txt"), reason="Candide is not here")
def test_candide_has_thirty_chapters():
    found = passages("voltaire_candide")
    assert [p.chapter for p in found if p.text.endswith("il faut cultiver notre jardin.")] == [30]
    assert {p.chapter for p in found} - {0} == set(range(1, 31))


@pytest.mark.skipif(not fetch.available(FILE), reason="the requests are not here")
def test_requests_have_intents_and_no_request_is_in_two_parts():
    data = intents()
    assert len(data.names) == 150
    assert np.bincount(data.training.intents).tolist() == [50] * 150
    assert 20 <= np.bincount(data.test.intents).min() <= np.bincount(data.test.intents).max() == 30
    assert set(data.outside.intents.tolist()) == {-1} and len(data.outside.texts) == 1000
    assert data.names[data.test.intents[0]] == "translate"
    known = set(map(tuple, data.training.sentences))
    for others in (data.validation, data.test, data.outside):
        assert not known & set(map(tuple, others.sentences))
