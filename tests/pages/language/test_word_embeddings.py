"""Word embeddings by AppTest: what is asked of the shipped space, and what the page says of it."""

import base64

import numpy as np
import pytest

from core import pretrained
from core.messages import Problem
from core.numeric.language.embeddings.leaning import Leaning
from core.numeric.language.embeddings.scores import analogy_questions, answered
from pages.language.word_embeddings import evaluation, spaces
from pages.language.word_embeddings.glass.section import sentences_of
from pages.language.word_embeddings.query import Asked, read_axes, read_question
from tests import recorded
from tests.pages.language.word_embeddings_page import asked, map_of, page, rows, space
from tests.pages.lesson import component, engine_fixture, figure, title, url

engine = engine_fixture(recorded.find)


@pytest.mark.parametrize(
    ("lang", "button", "heads"),
    [
        (
            "en",
            "Train",
            ["From one-hot to vector", "Is it good?", "One example under the glass"]
            + ["Train one of your own"],
        ),
        (
            "fr",
            "Entraîner",
            ["Du one-hot au vecteur", "Entraînez le vôtre", "Est-il bon\u00a0?"]
            + ["Un exemple sous la loupe"],
        ),
    ],
)
def test_the_page_in_both_languages(lang, button, heads):
    at = page(lang=lang)
    assert at.button(key="word-embeddings.train").label == button
    assert sorted(h.value for h in at.header) == sorted(heads)
    assert len(map_of(at)["panel"]["rows"]) == 10
    assert "ask" not in url(at)


def test_neighbours_are_those_of_the_shipped_space():
    at = asked(page(), "roi")
    assert rows(at) == [(w, pytest.approx(s)) for w, s in space().neighbours("roi", 10)]
    shown = map_of(at)
    assert shown["panel"]["title"] == shown["asked"] == "Nearest to roi"
    assert f"It comes {space().counts[space().number('roi')]:,} times" in shown["panel"]["note"]
    assert shown["marks"][0]["word"] == "roi" and shown["marks"][0]["kind"] == "asked"
    assert url(at)["ask"] == "roi"
    places = np.frombuffer(base64.b64decode(shown["points"]), "<f4").reshape(-1, 2)
    own = space().number("roi")
    assert places[own] == pytest.approx([shown["marks"][0][axis] for axis in "xy"], rel=1e-5)


def test_an_analogy_with_the_words_of_the_question_left_out_or_not():
    at = page(ask="roi - homme + femme")
    without = space().analogy("homme", "roi", "femme", 10)
    assert rows(at) == [(w, pytest.approx(s)) for w, s in without]
    assert map_of(at)["lines"][0]["arrow"]
    at = page(ask="roi - homme + femme", exclude="false")
    allowed = space().analogy("homme", "roi", "femme", 10, exclude=False)
    assert rows(at) == [(w, pytest.approx(s)) for w, s in allowed]
    kinds = {row["word"]: row["kind"] for row in map_of(at)["panel"]["rows"]}
    assert kinds["roi"] == "asked"


def test_a_path_and_an_odd_one_out():
    at = page(ask="guerre > paix")
    assert rows(at) == [(w, pytest.approx(s)) for w, s in space().path("guerre", "paix")]
    at = asked(at, "lundi mardi table jeudi")
    assert rows(at)[0][0] == "table"
    assert map_of(at)["panel"]["title"] == "The odd one out: table"


def test_axes_lead_from_word_to_word():
    at = page(plane="axes", axes="homme femme petit grand", ask="reine")
    shown = map_of(at)
    places = np.frombuffer(base64.b64decode(shown["points"]), "<f4").reshape(-1, 2)
    for axis, (low, high) in enumerate((("homme", "femme"), ("petit", "grand"))):
        expected = space().axis(low, high)[: len(places)]
        assert places[:, axis] == pytest.approx(expected, abs=1e-5)
    assert shown["guides"] == [{"x": 0.0}, {"x": 1.0}, {"y": 0.0}, {"y": 1.0}]
    one = map_of(page(plane="axes"))
    assert one["guides"] == [{"x": 0.0}, {"x": 1.0}]


def test_what_is_unknown_is_said_and_loses_nothing():
    at = asked(page(ask="roi"), "xyzzy")
    (warning,) = at.warning
    assert warning.value.replace("\\", "").startswith("The word xyzzy is not among the")
    assert "Below is still the answer to “roi”." in warning.value.replace("\\", "")
    assert map_of(at)["asked"] == "Nearest to roi"
    at = asked(at, "<b> - + roi")
    assert at.warning[0].value.replace("\\", "").startswith("“<b> - + roi” cannot be read")
    at = page(plane="axes", axes="homme homme")
    assert any("both are homme" in w.value for w in at.warning)
    at = page(plane="axes", axes="homme")
    assert any("has 1" in w.value for w in at.warning)


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("mer", Asked("word", ("mer",))),
        ("  L’Homme ", Asked("word", ("l'homme",))),
        ("roi - homme + femme", Asked("analogy", ("homme", "roi", "femme"))),
        ("roi−homme+femme", Asked("analogy", ("homme", "roi", "femme"))),
        ("femme + roi - homme", Asked("analogy", ("homme", "femme", "roi"))),
        ("homme : roi = femme", Asked("analogy", ("homme", "roi", "femme"))),
        ("Guerre → Paix", Asked("path", ("guerre", "paix"))),
        ("lundi, mardi; table", Asked("odd", ("lundi", "mardi", "table"))),
    ],
)
def test_what_is_typed_is_read(typed, said):
    assert read_question(typed) == said


@pytest.mark.parametrize("typed", ["", "roi homme", "roi -", "a - b - c", "a > b > c", "+"])
def test_what_is_no_question_is_refused(typed):
    with pytest.raises(Problem) as problem:
        read_question(typed)
    assert str(problem.value).startswith(f"“{typed.strip()}” cannot be read: write a word")


def test_axes_are_two_words_or_four():
    assert read_axes("Homme femme") == (("homme", "femme"),)
    assert read_axes("homme/femme, petit/grand") == (("homme", "femme"), ("petit", "grand"))
    with pytest.raises(Problem) as problem:
        read_axes("un deux trois")
    assert str(problem.value) == (
        "An axis is made of two words, two axes of four; “un deux trois” has 3."
    )


def test_the_one_hot_product_has_the_numbers_of_the_shipped_matrix():
    shown = component(page(), "word_embeddings.onehot")
    for word, row in zip(shown["vocabulary"], shown["matrix"], strict=True):
        own = space().vectors[space().number(word), : len(row)]
        assert row == pytest.approx(own, abs=0.006)
    words, dim = space().vectors.shape
    (cost,) = [c.value for c in page().caption if "36 MB" in c.value]
    assert f"{words:,} × {dim} = {words * dim:,} numbers" in cost


def test_the_glass_has_the_words_of_its_sentences():
    shown = component(page(sentence="Un chat dort. Un chien dort!"), "word_embeddings.glass")
    assert shown["sentences"] == [["un", "chat", "dort"], ["un", "chien", "dort"]]
    names = [shown["vocabulary"][i] if i >= 0 else "." for i in shown["ids"]]
    assert names == ["un", "chat", "dort", ".", "un", "chien", "dort", "."]
    assert sum(shown["shares"]) == pytest.approx(1)
    assert np.shape(shown["inputs"]) == np.shape(shown["outputs"]) == (4, 2)
    at = page(sentence="oui oui")
    assert any(w.value.startswith("Three different words") for w in at.warning)
    assert sum(map(len, sentences_of("mot " * 200))) == 60


def test_the_scores_are_those_of_the_card_and_of_the_shipped_words():
    at = page()
    metrics = pretrained.card("word-embeddings")["metrics"]
    own = figure(at, "word_embeddings.good")["data"][0]
    assert own["y"] == pytest.approx(
        [
            100 * metrics[name]
            for name in ("analogy_accuracy", "odd_one_out", "neighbour_category_accuracy")
        ]
    )
    shipped = spaces.shipped()
    assert shipped
    questions, answers = evaluation.asked(shipped)
    again = analogy_questions(space(), evaluation.french().analogies)
    np.testing.assert_array_equal(questions.words, again.words)
    allowed = answered(space(), again, exclude=False)
    np.testing.assert_array_equal(answers["allowed"], allowed)
    share = (allowed[:, None] == again.words[:, :3]).any(1).mean()
    assert title(at, "word_embeddings.kinds").endswith(f"are {round(100 * share)}% of the answers")


def test_leanings_are_told_of_words_that_are_frequent_enough():
    at = page()
    words = {
        word for trace in figure(at, "word_embeddings.leanings")["data"] for word in trace["y"]
    }
    assert {"philosophe", "servante"} <= words
    assert all(space().counts[space().number(word)] >= 40 for word in words)


def test_leanings_are_held_against_counts():
    told = [Leaning(word, "either", 50, lean) for word, lean in zip("abc", (-1, 0, 2), strict=True)]
    near = {"a": (30, 1), "b": (10, 10), "c": (0, 20)}
    assert evaluation.of_counts(told, near, (1000, 1000)) == pytest.approx(1)
    near["c"] = (300, 0)
    assert evaluation.of_counts(told, near, (1000, 1000)) == pytest.approx(-0.5)


def test_without_shipped_vectors_the_page_still_works(monkeypatch):
    monkeypatch.setattr(pretrained, "names", list)
    at = page()
    assert any(i.value.startswith("The shipped vectors are missing") for i in at.info)
    assert component(at, "word_embeddings.glass")["sentences"]
