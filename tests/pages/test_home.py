"""The home page: the map of the course, a word that is read, a passage that is written."""

from pathlib import Path

import numpy as np
import pytest
from streamlit.testing.v1 import AppTest

from core import pretrained
from core.numeric.language.language_model import LanguageModel
from ui import course, texts
from ui.frame import headpiece, home

FRAME = Path(__file__).resolve().parents[2] / "ui" / "frame" / "script.py"
VOCABULARY = "\N{REPLACEMENT CHARACTER}\n abcdeinC"
UNITS = 4


@pytest.fixture(autouse=True)
def model(monkeypatch):
    """A network of random weights in place of the shipped one."""
    rng = np.random.default_rng(3)
    size = len(VOCABULARY)
    shapes = {
        "embedding": (size, 3),
        "kernel_0": (3, 4 * UNITS),
        "recurrent_0": (UNITS, 4 * UNITS),
        "bias_0": (4 * UNITS,),
        "logits_kernel": (UNITS, size),
        "logits_bias": (size,),
    }
    weights = {name: rng.normal(size=shape).astype("float32") for name, shape in shapes.items()}
    made = LanguageModel("lstm", VOCABULARY, weights)
    monkeypatch.setattr(pretrained, "load", lambda *_which: (made, {}))
    return made


def page(**params):
    at = AppTest.from_file(FRAME, default_timeout=120)
    for name, value in params.items():
        at.query_params[name] = value
    at.run()
    assert not at.exception, at.exception[0].message
    return at


def test_the_map_lists_the_lessons_that_exist_and_what_they_let_one_do():
    said = "\n".join(element.value for element in page(lang="en").markdown)
    for chapter in course.CHAPTERS:
        for lesson in chapter.lessons:
            assert lesson.file.is_file()
            assert lesson.about in said


@pytest.mark.parametrize(
    ("language", "headings"),
    [
        ("en", ["Short of time?", "With a class?", "The course", "Written just now"]),
        ("fr", ["Peu de temps\u00a0?", "Avec une classe\u00a0?", "Le cours", "Écrit à l’instant"]),
    ],
)
def test_the_headings(language, headings):
    at = page(lang=language)
    assert [title.value for title in at.title] == ["Pangloss"]
    assert [header.value for header in at.header] == headings


def test_in_french_nothing_stays_english():
    english, french = page(lang="en"), page(lang="fr")
    for kind in ("header", "subheader", "caption"):
        pairs = zip(getattr(english, kind), getattr(french, kind), strict=True)
        assert all(a.value != b.value for a, b in pairs)


def test_a_passage_is_there_at_once_and_another_on_demand():
    at = page(lang="en")
    first = at.text[0].value
    assert first.startswith("Candide")
    assert len(first) == len("Candide") + 480 + len(" …")
    assert set(first) <= set(VOCABULARY) | set("Candide …")
    assert "480 characters after “Candide”" in at.caption[-1].value
    at.button(key="home_again").click().run()
    assert at.text[0].value != first


def test_a_word_of_the_visitors_own_is_read(monkeypatch):
    read = []
    monkeypatch.setattr("ui.frame.home.headpiece", lambda model, word: read.append(word))
    at = page(lang="en", word="bac")
    assert read[-1] == "bac"
    at.text_input(key="word").set_value("  ").run()
    assert read[-1] == "Candide"


def test_of_a_text_that_is_too_long_the_beginning_is_kept_and_that_is_said(monkeypatch):
    read = []
    monkeypatch.setattr("ui.frame.home.headpiece", lambda model, word: read.append(word))
    at = page(lang="fr")
    at.text_input(key="word").set_value("anticonstitutionnellement").run()
    assert at.text_input(key="word").value == read[-1] == "anticonstitu"
    assert [told.value for told in at.toast] == [
        "Les 12 premiers caractères sur 25 sont gardés\u00a0: il n’y a pas de place pour plus."
    ]
    assert not at.text_input(key="word").run().toast


def test_the_guesses_are_the_networks_own(model, monkeypatch):
    monkeypatch.setattr(texts, "language", lambda: "en")
    expected = headpiece._expected(model, "abc")
    assert len(expected) == 3
    for i, guesses in enumerate(expected):
        logits, _state = model.start("abc"[: i + 1])
        chances = np.exp(logits - np.logaddexp.reduce(logits))
        best = np.argsort(-chances)[:3]
        assert [char for char, _ in guesses] == [VOCABULARY[j] for j in best]
        assert [p for _, p in guesses] == pytest.approx(chances[best], abs=1e-5)


def test_spaces_and_line_ends_are_named(monkeypatch):
    monkeypatch.setattr(headpiece, "_", lambda message: message)
    monkeypatch.setattr(texts, "language", lambda: "en")
    assert headpiece._said("ab", [(" ", 0.5), ("\n", 0.25), ("c", 0.111)]) == (
        "After “ab” the network expects space\xa050%, line end\xa025%, c\xa011%."
    )


FIRST, SECOND, *_rest, LAST = course.LESSONS.values()


@pytest.mark.parametrize(
    ("done", "lesson"),
    [
        ({}, FIRST),
        ({FIRST.name: {"opened"}}, FIRST),
        ({FIRST.name: {"opened", "answered"}}, SECOND),
        ({SECOND.name: {"opened"}}, SECOND),
        ({LAST.name: {"opened", "trained"}}, FIRST),
        ({name: {"opened", "trained"} for name in course.LESSONS}, FIRST),
    ],
)
def test_one_goes_on_at_the_furthest_lesson_or_behind_it(done, lesson):
    assert home.upcoming(done) == lesson


def test_the_map_marks_what_this_browser_has_done():
    at = page(lang="en")
    assert not [c.value for c in at.caption if "✓" in c.value]
    assert at.caption[0].value == "Begin here · about 10 minutes"
    at.session_state["browser.known"] = {
        "opened.sequential-data": "1",
        "trained.sequential-data": "1",
        "steps.sequential-data": "0.2",
    }
    at.run()
    (marked,) = [c.value for c in at.caption if "✓" in c.value]
    assert marked == "about 10 minutes · ✓\xa0opened · ✓\xa0trained · 2 of 5 steps"
    assert at.caption[0].value.startswith("Go on with · about 20 minutes")
