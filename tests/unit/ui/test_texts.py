"""What a visitor reads has the marks of the visitor's language, its numbers too."""

import re
from pathlib import Path

import pytest
from babel.numbers import format_decimal
from hypothesis import given
from hypothesis.strategies import booleans, floats, integers

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


@pytest.mark.parametrize("to", ["en", "fr"])
@given(
    value=floats(-1e9, 1e9) | integers(-(10**9), 10**9),
    digits=integers(0, 6),
    tabular=booleans(),
)
def test_a_number_is_written_as_babel_writes_it(to, value, digits, tabular):
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(texts, "language", lambda: to)
        written = texts.number(value, digits, tabular=tabular)
    assert written == format_decimal(value, texts.decimals(digits, tabular), locale=to)


_TEXTS = Path(__file__).parents[3] / "assets" / "texts"
_PROMISE = re.compile(
    r"(few|within|ten|about|quelques|dizaine de|environ|[0-9]) "
    r"(a |une )?(half |demi-)?(seconds|minutes?|hours?|secondes|heures?)|half a minute|demi-minute"
)


def test_no_text_promises_a_training_time_that_another_machine_will_not_keep():
    files = (file for part in ("hint", "train") for file in _TEXTS.rglob(f"{part}.md"))
    texts = {file: file.read_text(encoding="utf-8") for file in files}
    assert texts
    promises = {
        str(file.relative_to(_TEXTS)): words.group()
        for file, text in texts.items()
        if (words := _PROMISE.search(text))
    }
    assert not promises
