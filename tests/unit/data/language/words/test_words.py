"""Words of a text, of the invented world, and what is asked about them."""

from collections import Counter

import pytest

from core.data import fetch
from core.data.language.words import corpora, novels, old_spelling, questions, world
from core.data.language.words.tokens import sentences


def test_lines_are_sentences():
    assert sentences("L’homme rit.\n\n— 1759 !\nAujourd’hui, oui") == [
        ["l", "homme", "rit"],
        ["aujourd'hui", "oui"],
    ]


def test_the_world_is_drawn_by_its_seed_and_knows_what_it_is_asked():
    drawn = corpora.corpus("world", 3)
    assert drawn == corpora.corpus("world", 3) != corpora.corpus("world", 4)
    assert len(drawn) == corpora.WORLD_SENTENCES and not corpora.missing("world")
    known = {word for sentence in drawn for word in sentence}
    asked = corpora.questions_of("world")
    assert known >= {word for members in asked.categories.values() for word in members}
    assert known >= {word for pairs in asked.analogies.values() for pair in pairs for word in pair}


def test_what_two_of_a_place_do_is_the_same_but_for_their_sex():
    drawn = world.sentences(4_000, 0)
    deeds = {word: {tuple(s[1:4]) for s in drawn if s[0] == word} for word in ("roi", "reine")}
    assert deeds["roi"] == deeds["reine"]
    assert not any("barbe" in s for s in drawn if s[0] == "reine")


def test_the_french_questions_are_many_and_each_is_asked_once():
    pairs = questions.french().analogies
    assert sum(map(len, pairs.values())) >= 300
    for kind, known in pairs.items():
        assert len(set(known)) == len(known), kind
        assert all(a != b for a, b in known), kind
    members = [word for words in questions.french().categories.values() for word in words]
    assert len(set(members)) == len(members)
    assert corpora.questions_of("conte") == questions.french()


@pytest.mark.parametrize("name", ["conte"])
def test_a_tale_is_a_corpus(name):
    assert sum(map(len, corpora.corpus(name, 0))) > 10_000


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("étoit", "était"),
        ("connoissois", "connaissais"),
        ("enfans", "enfants"),
        ("tems", "temps"),
        ("frere", "frère"),
        ("légeres", "légères"),
        ("droit", "droit"),  # later books have it, too
        ("conte", "conte"),  # a last letter's accent would make another word
        ("zadig", "zadig"),
    ],
)
def test_old_spelling_becomes_what_later_books_have(old, new):
    later = Counter(
        ["était", "connaissais", "enfants", "temps", "frère", "légères", "droit", "drait", "conté"]
        * 2
    )
    assert old_spelling.modern(old, later) == new
    assert old_spelling.modernised([[old, "rare"], [old]], later) == [[new, "rare"], [new]]


def test_one_who_comes_once_in_later_books_is_no_proof():
    assert old_spelling.modern("étoit", Counter(["était"])) == "étoit"


def test_a_tagged_book_is_paragraphs_of_words():
    text = "Aujourd O\n' O\nhui O\n, O\nM. O\nGrandet B-PER\n\nRien O\n\n! O\n"
    assert novels._tagged(text) == [["aujourd'hui", "m", "grandet"], ["rien"]]


@pytest.mark.slow
def test_the_novels_are_read_once(monkeypatch, tmp_path):
    if corpora.missing("novels"):
        pytest.skip("the novels are not on this machine")
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    lines = corpora.corpus("novels", 0)
    assert sum(map(len, lines)) == 1_705_832
    assert sum(line.count("étoit") for line in lines) == 0
    monkeypatch.setattr(novels, "_read", lambda files: pytest.fail("they are read again"))
    assert corpora.corpus("novels", 0) == lines


def test_novels_that_are_not_here_are_named(monkeypatch):
    gone = "zola_germinal.txt"
    monkeypatch.setattr(fetch, "absent", lambda files: [file for file in files if file == gone])
    assert corpora.missing("novels") == ["zola_germinal.txt"]


def test_film_reviews_are_asked_in_english():
    asked = corpora.questions_of("reviews")
    members = [word for words in asked.categories.values() for word in words]
    assert len(set(members)) == len(members) >= 150
    if not fetch.available("google_analogies.txt") or not fetch.available("wordsim353.txt"):
        pytest.skip("the English questions are not on this machine")
    assert len(asked.analogies) == 14 and len(asked.judged) == 353
    assert ("boy", "girl") in asked.analogies["family"]
    assert asked.judged[1] == ("tiger", "cat", 7.35)


def test_film_reviews_are_sentences_that_come_once():
    if corpora.missing("reviews"):
        pytest.skip("the film reviews are not on this machine")
    lines = corpora.corpus("reviews", 0)
    assert 300_000 < sum(map(len, lines)) < 400_000


def test_without_english_questions_categories_are_asked(monkeypatch):
    monkeypatch.setattr(fetch, "absent", list)
    asked = questions.english.__wrapped__()
    assert not asked.analogies and not asked.judged and asked.categories
    assert set(corpora.missing("reviews")) == {
        "sentence_polarity.zip",
        "imdb_sentences.tsv",
        "subjectivity.zip",
    }
