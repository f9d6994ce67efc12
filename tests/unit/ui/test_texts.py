"""What a visitor reads has the marks of the visitor's language, its numbers too."""

import pytest

from core.messages import Problem
from ui import texts


@pytest.mark.parametrize(
    ("to", "sentence"),
    [("en", "From 0.5 to 12,000; 3 were given."), ("fr", "From 0,5 to 12\u202f000; 3 were given.")],
)
def test_a_sentence_has_its_numbers_in_the_visitors_language(monkeypatch, to, sentence):
    monkeypatch.setattr(texts, "language", lambda: to)
    problem = Problem("From {low:g} to {high:,}; {given} were given.", low=0.5, high=12000, given=3)
    assert texts.say(problem) == sentence


@pytest.mark.parametrize(("to", "rows"), [("en", "17,724"), ("fr", "17\u202f724")])
def test_long_whole_numbers_have_their_thousands_apart(monkeypatch, to, rows):
    monkeypatch.setattr(texts, "language", lambda: to)
    about = Problem("{count} rows since {year}", count=17724, year=1990)
    assert texts.say(about) == f"{rows} rows since 1990"
