"""The way through the course: what a lesson takes, what it needs, and what follows."""

import pytest

from ui import texts
from ui.course import LESSONS, demands
from ui.paths import PATHS, neighbours


def test_a_lesson_says_how_long_it_takes_and_needs_only_what_comes_before_it():
    before = set()
    for name, lesson in LESSONS.items():
        assert lesson.minutes in (10, 20, 45)
        assert set(lesson.needs) <= before, name
        before.add(name)


def test_each_lesson_but_the_last_says_how_the_next_follows():
    *others, last = LESSONS.values()
    assert all(lesson.leads for lesson in others)
    assert not last.leads


def test_neighbours():
    names = list(LESSONS)
    assert neighbours(names[0]) == (None, LESSONS[names[1]])
    assert neighbours(names[1]) == (LESSONS[names[0]], LESSONS[names[2]])
    assert neighbours(names[-1]) == (LESSONS[names[-2]], None)


def test_a_path_has_its_own_neighbours():
    assert neighbours("linear-autoencoder", "autoencoders") == (None, LESSONS["autoencoder"])
    assert neighbours("autoencoder", "autoencoders")[1] == LESSONS["variational-autoencoder"]
    assert neighbours("cell", "autoencoders") == neighbours("cell") == neighbours("cell", "none")


def test_paths_keep_what_they_promise():
    assert PATHS["recurrent"].minutes == PATHS["autoencoders"].minutes == 60
    assert sorted(PATHS["slides"].lessons) == sorted(LESSONS)
    for path in PATHS.values():
        before = [set(path.lessons[:i]) for i in range(len(path.lessons))]
        for name, earlier in zip(path.lessons, before, strict=True):
            assert not set(LESSONS[name].needs) & set(path.lessons) - earlier, name


@pytest.mark.parametrize(
    ("language", "name", "words"),
    [
        ("en", "cell", "about 20 minutes"),
        ("en", "gradient-flow", "about 20 minutes · builds on The cell, step by step"),
        ("fr", "gradient-flow", "environ 20 minutes · s’appuie sur La cellule, pas à pas"),
    ],
)
def test_what_a_lesson_takes_in_words(monkeypatch, language, name, words):
    monkeypatch.setattr(texts, "language", lambda: language)
    assert demands(LESSONS[name]) == words
