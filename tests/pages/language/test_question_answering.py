"""The lesson on questions by AppTest: what it answers at once, and a recorded run followed."""

from pathlib import Path

import numpy as np
import pytest

from core import pretrained
from core.data.language.stories import rules, typed
from core.numeric.language.answering.answerer import StoryAnswerer
from pages.language.question_answering.asking import DEFAULTS, QUESTION, STORY
from pages.language.question_answering.networks import of_epoch
from pages.language.question_answering.quiz import QUESTIONS
from tests import recorded
from tests.pages.lesson import (
    check_quiz,
    checked,
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
from ui.texts import percent

PAGE = Path(__file__).resolve().parents[3] / "pages" / "language" / "question_answering" / "page.py"
TWO = recorded.params("question-answering", "two")
HOPS = "question_answering.looks"

engine = engine_fixture(recorded.find)
pytestmark = pytest.mark.usefixtures("bare_machine")


def page(**params):
    return opened(PAGE, **params)


def test_the_hops_over_a_story_are_drawn_before_anything_is_pressed():
    at = page()
    model, _card = pretrained.load("question-answering", StoryAnswerer)
    story, question = typed.story(DEFAULTS[STORY]), typed.question(DEFAULTS[QUESTION])
    read = model.read([story], [question])
    drawn = figure(at, HOPS)["data"]
    assert len(drawn) == 3
    for hop, bars in enumerate(drawn):
        expected = 100 * read.attention[0, hop, : len(story)][::-1]
        np.testing.assert_allclose(numbers(bars["x"]), expected, atol=1e-4)
    answer = model.network.answers[int(read.probabilities[0].argmax())]
    assert answer == rules.who_then_where(story, question) == "garden"
    sure = percent(float(read.probabilities[0].max()))
    assert title(at, HOPS) == f"It says {answer}, {sure} sure; the rule: nothing"
    ticks = figure(at, HOPS)["layout"]["yaxis"]["ticktext"]
    marked = [i for i, tick in enumerate(ticks) if tick.startswith("◆")]
    assert marked == sorted(rules.supporting(story, question))


def test_a_question_about_a_person_goes_to_the_network_that_learned_it():
    at = page(story="Mary went to the garden. John went to the office.", question="Where is Mary?")
    assert len(figure(at, HOPS)["data"]) == 1
    assert title(at, HOPS).startswith("It says garden")
    assert title(at, HOPS).endswith("the rule: garden")


@pytest.mark.parametrize(
    ("story", "question", "sentence"),
    [
        (" ", "Where is Mary?", "The story is empty"),
        ("Bob <b>left</b>.", "Where is Mary?", "The network knows 33 words"),
        ("Mary went to the garden.", "Where is Mary", "The question has no question mark"),
    ],
)
def test_what_cannot_be_read_is_answered_by_a_sentence(story, question, sentence):
    at = page(story=story, question=question)
    assert any(notice.startswith(sentence) for notice in notices(at))


def test_a_story_that_does_not_tell_is_said_to_be_one():
    at = page(story="John went to the office.", question="Where is the milk?")
    assert any(c.value.startswith("The story does not tell") for c in at.caption)


@pytest.mark.parametrize("task", ["one", "two"])
def test_a_new_story_is_drawn_and_read(task):
    at = page()
    checked(at.button(key=f"question_answering.new.{task}").click().run())
    story = typed.story(at.text_input(key=STORY).value)
    question = typed.question(at.text_input(key=QUESTION).value)
    assert ("the" in question) == (task == "two")
    answer = rules.who_then_where(story, question)
    assert answer and title(at, HOPS).startswith("It says ")
    assert url(at)["question"] == at.text_input(key=QUESTION).value


def test_a_run_is_followed_graded_and_reads_a_held_out_question():
    at = page(**TWO)
    checked(at.button(key="question-answering.train").click().run())
    until(at, lambda at: "Trained model" in downloads(at))
    run = run_of("question-answering", "two")
    accuracy = run.epochs[-1].metrics["accuracy"]
    assert title(at, "question_answering.accuracy") == (
        f"After epoch 2: {percent(accuracy, 1)} right"
    )
    assert any(percent(accuracy, 1) in box.value for box in (*at.success, *at.warning))
    check_quiz(at, QUESTIONS, run)
    keys = [b.key for b in at.button if b.key and b.key.startswith("question_answering.open.")]
    assert len(keys) == 4
    checked(at.button(key=keys[0]).click().run())
    line = run.epochs[-1].texts["shown"].split("\n")[int(keys[0].rpartition(".")[2])]
    assert at.text_input(key=STORY).value == line.split("\t")[0]


def test_the_runs_network_is_the_one_that_its_epoch_kept():
    run = run_of("question-answering", "two")
    answerer = of_epoch(run)
    assert answerer is not None
    lines = [line.split("\t") for line in run.at.texts["shown"].split("\n")[:10]]
    stories = [typed.story(story) for story, *_ in lines]
    read = answerer.model.read(stories, [typed.question(question) for _, question, *_ in lines])
    np.testing.assert_allclose(read.probabilities, run.at.arrays["probabilities"][:10], atol=5e-3)


def test_a_network_without_attention_shows_how_sure_it_is_of_each_place():
    at = page(**recorded.params("question-answering", "recurrent"), question="Where is Mary?")
    checked(at.button(key="question-answering.train").click().run())
    until(at, lambda at: "Trained model" in downloads(at))
    checked(at.segmented_control(key="question_answering.reader").set_value("run").run())
    shares = numbers(figure(at, "question_answering.places")["data"][0]["x"])
    assert shares.sum() == pytest.approx(100, abs=1e-3)


@pytest.mark.parametrize("lang", ["en", "fr"])
def test_without_data_it_begins_with_what_it_can_make(lang):
    at = page(lang=lang)
    assert url(at)["data"] == "invented"
    start = "Synthetic: made" if lang == "en" else "Synthétique\xa0: faites"
    assert any(caption.value.startswith(start) for caption in at.caption)
