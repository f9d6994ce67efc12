"""The lesson on thought vectors by AppTest: a sentence is answered, a run without Keras trains."""

from pathlib import Path
from typing import Any

import numpy as np
import pytest

from core.data import uploads
from core.experiments.thought_vectors.search_index import TALE, search_index
from core.numeric.language.thoughts.search import Hit
from pages.language.thought_vectors import hits
from pages.language.thought_vectors.measured import mean_of
from pages.language.thought_vectors.measured import recorded as recorded_figures
from pages.language.thought_vectors.quiz import QUESTIONS, against, training_effect
from tests import recorded
from tests.events import began
from tests.pages.lesson import (
    check_quiz,
    checked,
    component,
    downloads,
    engine_fixture,
    figure,
    notices,
    numbers,
    opened,
    run_of,
    title,
    until,
    url,
)
from ui.texts import lesson_text

PAGE = Path(__file__).resolve().parents[3] / "pages" / "language" / "thought_vectors" / "page.py"
EPOCHS = recorded.epochs("thought-vectors", "autoencoder")

engine = engine_fixture(recorded.find)
pytestmark = pytest.mark.usefixtures("bare_machine")


def page(**params):
    return opened(PAGE, **params)


def trained(run):
    at = page(**recorded.params("thought-vectors", run))
    checked(at.button(key="thought-vectors.train").click().run())
    return until(at, lambda at: "Trained model" in downloads(at))


def columns(at, key="thought_vectors.hits"):
    """What each method found: its title -> the passages."""
    return {
        column["title"]: [
            "".join(part for part, _strength in hit["parts"]) for hit in column["hits"]
        ]
        for column in component(at, key)["columns"]
    }


@pytest.mark.parametrize(
    ("lang", "begins", "left", "right", "text"),
    [
        ("en", "A word has a vector", "Weighted mean (SIF)", "BM25 (shared words)", "tale"),
        ("fr", "Un mot a un vecteur", "Moyenne pondérée (SIF)", "BM25 (mots communs)", "conte"),
    ],
)
def test_the_page_in_both_languages(lang, begins, left, right, text):
    at = page(lang=lang)
    assert any(m.value.startswith(begins) for m in at.markdown)
    found = columns(at)
    assert list(found) == [left, right] and all(map(len, found.values()))
    assert text in next(c.value for c in at.caption if "387" in c.value or "passages" in c.value)
    assert "sentence" not in url(at)


def test_what_is_found_is_what_the_methods_find():
    at = page(by="svd")
    tale, asked = search_index(TALE), ["une", "tempête", "en", "mer"]
    for title_of, method in (("tf-idf, SVD", "svd"), ("BM25 (shared words)", "bm25")):
        expected = [tale.passages[hit.place].text for hit in tale.search(method, asked, 3)]
        assert columns(at)[title_of] == expected
    assert any("tempête" in c.value and "BM25" in c.value for c in at.caption)
    drawn = figure(at, "thought_vectors.map")["data"]
    assert len(numbers(drawn[0]["x"])) == len(tale.passages)
    assert drawn[1]["text"] == ["1", "2", "3"] and len(drawn[2]["x"]) == 1
    assert numbers(drawn[0]["marker"]["color"]).max() == 14


def test_another_sentence_is_in_the_address_and_may_have_no_answer():
    at = page()
    checked(at.text_input(key="thought_vectors.sentence").set_value("le roi et sa cour").run())
    assert url(at)["sentence"] == "le roi et sa cour"
    assert any("roi" in passage for passage in columns(at)["BM25 (shared words)"])
    checked(at.text_input(key="thought_vectors.sentence").set_value("zzz qqq").run())
    assert columns(at)["BM25 (shared words)"] == []
    assert "2 of the 2 words" in at.warning[0].value
    checked(at.text_input(key="thought_vectors.sentence").set_value("…").run())
    assert "Type a sentence: an idea, some words." in notices(at)


def test_ones_own_text_is_searched():
    text = "\n".join(
        f"La {thing} numéro {i} était belle et grande."
        for i in range(20)
        for thing in ("mer", "rue")
    )
    digest = uploads.put(text)
    at = page(text="upload", upload=digest, corpus="upload", sentence="une grande rue")
    found = columns(at)["BM25 (shared words)"]
    assert found and all("rue" in passage for passage in found)
    assert any("40 passages" in c.value for c in at.caption)


def test_without_a_text_one_is_asked_for():
    at = page(text="upload")
    assert "Upload a text, or paste one: it is cut into passages and searched." in notices(at)


def test_the_words_that_carried_are_marked_the_stronger_the_more_they_did():
    tale = search_index(TALE)
    encoder = tale.encoders["bm25"]
    text = "La mer, moins instruite que lui, est une mer."
    words = ["la", "mer", "moins", "instruite", "que", "lui", "est", "une", "mer"]
    told = hits.found(encoder, ["la", "mer"], Hit(0, 5.0), text, words, "chapter 1")
    parts: Any = told["parts"]
    assert "".join(part for part, _strength in parts) == text
    assert [part for part, strength in parts if strength == 3] == ["mer", "mer"]
    assert told["score"] == "5.00" and told["about"] == "chapter 1 · carried by mer"


def test_a_run_is_drawn_and_its_network_can_be_asked():
    at = trained("autoencoder")
    metric = EPOCHS[-1].metrics["neighbour_auc"]
    known = began(recorded.recorded("thought-vectors", "autoencoder")).references
    ahead = metric > known["baseline_bm25_neighbour_auc"]
    expected = "better than BM25" if ahead else "BM25, which only counts shared words, is ahead"
    assert title(at, "thought_vectors.curve") == f"Epoch 3: {expected}"
    drawn = figure(at, "thought_vectors.run_map")["data"][0]
    np.testing.assert_allclose(numbers(drawn["x"]), EPOCHS[-1].arrays["points"][:, 0], atol=1e-6)
    found = columns(at, "thought_vectors.own_hits")
    assert list(found) == ["This network, epoch 3", "BM25 (shared words)"]
    assert all(len(passages) == 3 for passages in found.values())
    checked(at.text_input(key="thought_vectors.own.conte").set_value("la mer").run())
    assert all("mer" in p for p in columns(at, "thought_vectors.own_hits")["BM25 (shared words)"])


def test_both_predictions_are_graded_by_the_run():
    check_quiz(trained("small"), QUESTIONS, run_of("thought-vectors", "small"))


def test_how_a_run_compares_with_counting():
    run = run_of("thought-vectors", "small")
    result, own, counted = against(run, "bm25")
    assert (own, counted) == (
        run.result.metrics["neighbour_auc"],
        run.result.metrics["baseline_bm25_neighbour_auc"],
    )
    assert result == (
        "even" if abs(own - counted) <= 0.01 else "better" if own > counted else "worse"
    )
    effects = [training_effect(values) for values in ([0.5, 0.6], [0.5, 0.505], [0.6, 0.5])]
    assert effects == ["up", "flat", "down"]


def test_texts_that_are_not_here_are_said():
    at = page(corpus="intents")
    assert any(n.startswith("These data are not on this machine: ") for n in notices(at))
    checked(at.button(key="thought_vectors.texts.instead").click().run())
    assert any(c.value.startswith("The tale of this project: three fifths") for c in at.caption)


def test_what_is_said_of_the_methods_is_what_was_recorded():
    reached = {
        (task, method): round(100 * mean_of(task, method, metric))
        for task, metric in (("intents", "retrieval_accuracy"), ("voltaire", "neighbour_auc"))
        for method in recorded_figures()[task]
    }
    said = {
        ("intents", "bm25"): 81,
        ("intents", "tfidf"): 80,
        ("intents", "paragraph"): 79,
        ("intents", "sif"): 76,
        ("intents", "untrained"): 56,
        ("intents", "recurrent"): 43,
        ("voltaire", "tfidf"): 68,
        ("voltaire", "sif"): 66,
        ("voltaire", "paragraph"): 64,
        ("voltaire", "recurrent"): 51,
        ("voltaire", "shipped_sif"): 72,
    }
    assert reached.items() >= said.items()
    text = lesson_text("thought-vectors", "measured")
    assert all(str(number) in text for number in said.values())
    for metric, best in (("probe_accuracy", "tfidf"), ("oos_auc", "bm25")):
        others = recorded_figures()["intents"]
        known = [m for m in others if not np.isnan(mean_of("intents", m, metric))]
        assert max(known, key=lambda m: mean_of("intents", m, metric)) == best
