"""The lesson on spoken digits by AppTest: what it hears at once, and a recorded run followed."""

from pathlib import Path

import numpy as np
import pytest

from core import pretrained
from core.data.sounds.spoken import spoken
from core.data.sounds.wav import write_sound
from core.numeric.sound.listener import Listener
from pages.language.spoken_digits.listeners import of_epoch
from pages.language.spoken_digits.quiz import QUESTIONS, better, right_answers, surer
from tests import recorded
from tests.pages.lesson import (
    check_quiz,
    checked,
    choices_of,
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

PAGE = Path(__file__).resolve().parents[3] / "pages" / "language" / "spoken_digits" / "page.py"
SMALL = recorded.params("spoken-digits", "small")

engine = engine_fixture(recorded.find)
pytestmark = pytest.mark.usefixtures("bare_machine")


def page(**params):
    return opened(PAGE, **params)


def bars(at):
    """The beliefs at the end of the word that is shown, by class."""
    drawn = figure(at, "spoken_digits.heard")["data"][0]
    return dict(zip(drawn["y"], numbers(drawn["x"]), strict=True))


def test_a_word_is_heard_before_anything_is_pressed():
    at = page()
    data = spoken("synthetic")
    model, _card = pretrained.load("spoken-digits-synthetic", Listener)
    sound = data.sounds[data.place(2, 4, 0)]
    beliefs = model.beliefs(sound)
    assert list(bars(at)) == list(data.word_names)
    np.testing.assert_allclose(list(bars(at).values()), beliefs[-1], atol=1e-6)
    answer = data.word_names[beliefs[-1].argmax()]
    assert title(at, "spoken_digits.heard").startswith(
        f"It hears {answer}, {percent(float(beliefs[-1].max()))} sure"
    )
    choices = choices_of(at, "spoken_digits.heard")
    assert len(choices["at"]) == len(choices["said"]) == len(beliefs)
    assert choices["at"][-1] == pytest.approx(len(sound) / 8000, abs=0.02)
    np.testing.assert_allclose(choices["updates"][3]["x"][0], beliefs[3], atol=1e-6)
    assert at.get("audio")
    said = [caption.value for caption in at.caption]
    assert any("Nearest other recording" in text and "“ea” by E" in text for text in said)


def test_another_word_stands_in_the_address():
    at = page(say="5", by="1", take="6")
    assert at.selectbox(key="spoken_digits.word").value == 5
    assert at.selectbox(key="spoken_digits.speaker").value == 1
    checked(at.selectbox(key="spoken_digits.word").select(8).run())
    assert url(at)["say"] == "8" and url(at)["take"] == "6"
    assert "say" not in url(page(say="99"))


def test_a_run_is_followed_and_its_network_hears():
    at = page(**SMALL)
    checked(at.button(key="spoken-digits.train").click().run())
    until(at, lambda at: "Trained model" in downloads(at))
    run = run_of("spoken-digits")
    accuracy = run.epochs[-1].metrics["accuracy"]
    assert title(at, "spoken_digits.accuracy") == f"After epoch 2: {percent(accuracy, 1)} right"
    (verdict,) = [box.value for box in at.warning if percent(accuracy, 1) in box.value]
    assert percent(run.started.references["baseline_warping"], 1) in verdict
    assert figure(at, "spoken_digits.scores") and figure(at, "spoken_digits.confusion")
    assert any("recording" in c.value and "sure" in c.value and "“" in c.value for c in at.caption)
    check_quiz(at, QUESTIONS, run)
    hearer = of_epoch(run)
    assert hearer is not None
    checked(at.segmented_control(key="spoken_digits.listener").set_value("run").run())
    data = spoken("synthetic")
    beliefs = hearer.model.beliefs(data.sounds[data.place(2, 4, 0)])
    np.testing.assert_allclose(list(bars(at).values()), beliefs[-1], atol=1e-6)


def test_the_right_answers_are_those_on_the_diagonal():
    run = run_of("spoken-digits")
    assert right_answers(run).sum() == np.trace(run.at.arrays["confusion"])


def test_the_grades():
    assert better(0.9, 0.8, 300) == "network"
    assert better(0.9, 0.91, 300) == "even"
    assert better(0.5, 0.91, 300) == "simple"
    sure = np.array([0.9, 0.8, 0.3])
    assert surer(sure, np.array([True, True, True]))[0] == "none"
    assert surer(sure, np.array([True, True, False])) == ("less", pytest.approx(0.85), 0.3)
    assert surer(sure, np.array([True, False, False]))[0] == "less"
    assert surer(sure, np.array([False, True, False]))[0] == "less"
    assert surer(np.array([0.5, 0.6]), np.array([True, False]))[0] == "as"


@pytest.mark.parametrize("lang", ["en", "fr"])
def test_ones_own_sound_is_heard_and_kept_nowhere(lang):
    at = page(lang=lang, sound="file")
    assert not at.get("audio") and "spoken_digits.heard" not in str(at.get("bidi_component"))
    sound = spoken("synthetic").sounds[0]
    loud = write_sound(np.concatenate([np.zeros(4000), sound, np.zeros(4000)]))
    checked(
        at.file_uploader(key="spoken_digits.file").set_value(("word.wav", loud, "audio/wav")).run()
    )
    assert figure(at, "spoken_digits.heard")
    assert not at.get("audio")  # the browser has it already
    silent = write_sound(np.zeros(8000))
    checked(
        at.file_uploader(key="spoken_digits.file").set_value(("no.wav", silent, "audio/wav")).run()
    )
    (warning,) = [box.value for box in at.warning]
    assert warning.startswith({"en": "Nothing is to be heard", "fr": "Il n’y a rien"}[lang])


@pytest.mark.parametrize("lang", ["en", "fr"])
def test_without_recordings_it_begins_with_what_it_can_make(lang):
    at = page(lang=lang)
    assert url(at)["data"] == "synthetic"
    said = [caption.value for caption in at.caption]
    assert any(("Synthetic" if lang == "en" else "Synthétique") in text for text in said)
    missing = page(lang=lang, data="recordings")
    offered = {"en": "These data are not on this", "fr": "Ces données ne sont pas"}
    assert any(box.value.startswith(offered[lang]) for box in missing.info)
