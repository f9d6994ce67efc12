"""The lesson on texts by AppTest: what it reads at once, and a recorded run followed."""

from pathlib import Path

import numpy as np
import pytest

from core import pretrained
from core.experiments.text_class.recorded import load
from core.numeric.language.classify.classifier import TextClassifier
from core.numeric.language.classify.tokens import words
from pages.language.text_class.networks import of_epoch
from pages.language.text_class.quiz import QUESTIONS
from pages.language.text_class.reading import DEFAULT
from tests import recorded
from tests.pages.lesson import (
    check_quiz,
    checked,
    downloads,
    engine_fixture,
    figure,
    numbers,
    opened,
    run_of,
    title,
    until,
    url,
)
from ui.texts import percent

PAGE = Path(__file__).resolve().parents[3] / "pages" / "language" / "text_class" / "page.py"
BOTH = recorded.params("text-class", "both")

engine = engine_fixture(recorded.find)
pytestmark = pytest.mark.usefixtures("bare_machine")


@pytest.fixture(scope="module")
def shipped():
    return {
        name: pretrained.load(name, TextClassifier)[0] for name in ("text-class", "text-class-both")
    }


def page(**params):
    return opened(PAGE, **params)


def test_a_sentence_is_read_word_by_word_before_anything_is_pressed(shipped):
    at = page()
    text = words(DEFAULT)
    shares = shipped["text-class"].word_by_word(text)
    drawn = figure(at, "text_class.reading")
    np.testing.assert_allclose(numbers(drawn["data"][0]["y"]), shares[:, 1], atol=1e-6)
    assert drawn["layout"]["xaxis2"]["ticktext"] == text
    pushes = shipped["text-class"].gradient_times_input(text, 1)
    np.testing.assert_allclose(
        numbers(drawn["data"][1]["y"]), pushes / np.abs(pushes).max(), atol=1e-6
    )
    answer = shipped["text-class"].classes[shares[-1].argmax()]
    assert title(at, "text_class.reading").startswith(
        f"It says {answer}, {percent(float(shares[-1].max()))} sure"
    )


def test_what_is_typed_is_read_and_stands_in_the_address():
    at = page()
    checked(at.text_input(key="text_class.sentence").set_value("not <b>good</b>").run())
    assert url(at)["sentence"] == "not <b>good</b>"
    ticks = figure(at, "text_class.reading")["layout"]["xaxis2"]["ticktext"]
    assert ticks[:4] == ["not", "&lt;", "b", "&gt;"]
    again = page(sentence="not good")
    assert figure(again, "text_class.reading")["layout"]["xaxis2"]["ticktext"] == ["not", "good"]
    foreign = page(sentence="un film très ennuyeux")
    told = "It did not learn these words, and has no vector for them: très, ennuyeux."
    assert told in [caption.value.replace("\\", "") for caption in foreign.caption]
    empty = page(sentence="   ")
    assert len(figure(empty, "text_class.reading")["layout"]["xaxis2"]["ticktext"]) == 16


@pytest.mark.parametrize("nothing", ["", "  "])
def test_a_field_that_is_emptied_holds_the_example_which_is_read(nothing):
    at = page(sentence="not good")
    checked(at.text_input(key="text_class.sentence").set_value(nothing).run())
    assert at.text_input(key="text_class.sentence").value == DEFAULT
    assert len(figure(at, "text_class.reading")["layout"]["xaxis2"]["ticktext"]) == 16
    assert "sentence" not in url(at)


def test_two_directions_say_what_they_know_at_each_word(shipped):
    at = page(reader="both", sentence="a dull , dull film")
    drawn = figure(at, "text_class.directions")["data"]
    said = shipped["text-class-both"].by_direction(words("a dull , dull film"), 1)
    np.testing.assert_allclose(numbers(drawn[0]["y"]), said["forward"], atol=1e-6)
    np.testing.assert_allclose(numbers(drawn[1]["y"]), said["backward"], atol=1e-6)


def test_negation_is_tested_on_the_network_that_reads(shipped):
    at = page()
    drawn = figure(at, "text_class.negation")["data"]
    marks = [trace for trace in drawn if trace["mode"] == "markers"]
    asked = [["the", "film", "is", "good"], ["the", "film", "is", "not", "good"]]
    expected = shipped["text-class"].probabilities(asked)[:, 1]
    np.testing.assert_allclose([numbers(trace["x"])[0] for trace in marks], expected, atol=1e-6)


def test_a_run_is_followed_opened_and_read():
    at = page(**BOTH)
    checked(at.button(key="text-class.train").click().run())
    until(at, lambda at: "Trained model" in downloads(at))
    run = run_of("text-class", "both")
    accuracy = run.epochs[-1].metrics["accuracy"]
    assert title(at, "text_class.accuracy") == f"After epoch 3: {percent(accuracy, 1)} right"
    assert any(percent(accuracy, 1) in box.value for box in (*at.success, *at.warning))
    assert figure(at, "text_class.calibration") and figure(at, "text_class.scores")
    check_quiz(at, QUESTIONS, run)
    keys = [b.key for b in at.button if b.key and b.key.startswith("text_class.open.")]
    assert 0 < len(keys) <= 5
    place = int(keys[0].rpartition(".")[2])
    checked(at.button(key=keys[0]).click().run())
    whole = run.epochs[-1].texts["shown"].split("\n")[place]
    assert at.text_input(key="text_class.sentence").value == whole


def test_the_runs_network_is_the_one_that_its_epoch_kept():
    run = run_of("text-class", "both")
    reader = of_epoch(run)
    assert reader is not None
    texts = [words(text) for text in run.at.texts["shown"].split("\n")[:20]]
    shares = reader.model.probabilities(texts)
    np.testing.assert_allclose(shares, run.at.arrays["probabilities"][:20], atol=5e-3)


@pytest.mark.parametrize("lang", ["en", "fr"])
def test_without_data_it_begins_with_what_it_can_make(lang):
    at = page(lang=lang)
    assert url(at)["data"] == "invented"
    said = [caption.value for caption in at.caption]
    assert any(("Synthetic" if lang == "en" else "Synthétique") in text for text in said)


@pytest.mark.parametrize("split", ["book", "passage"])
def test_what_was_recorded_is_drawn_for_both_splits(split):
    at = page(split=split)
    shares = load().splits[split]["naive_bayes_start"]
    drawn = figure(at, "text_class.books")["data"]
    np.testing.assert_allclose(numbers(drawn[0]["y"]), shares)
    assert percent(float(np.mean(shares)), 1) in title(at, "text_class.books")
    assert figure(at, "text_class.ideas") and figure(at, "text_class.learning")
