"""What is typed on the page of numbers in words: read, or refused word for word."""

import pytest

from core.messages import Problem
from pages.language.number_words.query import Query, read_query
from tests import recorded
from tests.pages.language.number_words_page import lines, page, shipped, typed
from tests.pages.lesson import (
    checked,
    engine_fixture,
    url,
)
from ui.notices import plain

engine = engine_fixture(recorded.find)


def test_words_that_are_no_number_are_read_all_the_same_and_marked():
    at = page(number="vingt vingt")
    assert [i.value for i in at.info if "neither" in i.value or "not a number" in i.value] == [
        "“vingt vingt” is not a number in either spelling\\. "
        "The network has never seen anything like it and answers all the same\\."
    ]
    model = shipped("number-words-to-digits")
    (said,) = model.answers(["vingt vingt"], 7)
    assert lines(at, "number_words.answer") == {"The network writes": (said, "")}
    assert any("ask for a number" in i.value for i in at.info)  # self-attention has none to show


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        (
            "septante-deux",
            "“septante-deux” is 72 in Belgium and Switzerland. The network has learned "
            + "“soixante-douze”, has never seen this one and answers all the same.",
        ),
        (
            "Quatre vingts deux",
            "“quatre vingts deux” is read as 82. The network has learned “quatre-vingt-deux”, has "
            + "never seen this spelling and answers all the same.",
        ),
    ],
)
def test_a_number_that_is_spelled_otherwise_is_read_and_said(text, sentence):
    at = page(number=text)
    assert plain(sentence) in [i.value for i in at.info]


@pytest.mark.parametrize(
    ("text", "asked"),
    [
        ("4 271", Query("4271", "to_words", 4271)),
        ("4\u202f271", Query("4271", "to_words", 4271)),
        ("\uff14\uff12", Query("42", "to_words", 42)),
        ("007", Query("7", "to_words", 7)),
        ("0", Query("0", "to_words", 0)),
        ("999999", Query("999999", "to_words", 999_999)),
        ("  Vingt  et un ", Query("vingt et un", "to_digits", 21)),
        ("deux\u2011cent\u2011mille", Query("deux-cent-mille", "to_digits", 200_000)),
        ("ze\u0301ro", Query("zéro", "to_digits", 0)),
        ("quatre vingt", Query("quatre vingt", "to_digits", 80)),
        ("vingt vingt", Query("vingt vingt", "to_digits", None)),
        ("Septante-Deux", Query("septante-deux", "to_digits", 72)),
        ("\u0664\u0662\u0667\u0661", Query("4271", "to_words", 4271)),
        ("\u0967\u0968", Query("12", "to_words", 12)),
    ],
)
def test_what_is_typed_is_read(text, asked):
    assert read_query(text) == asked


NOTHING = "No number was typed; write one in digits or in French words: 4271 or douze."


NEGATIVE = "The networks know no negative numbers, only those from 0 to 999,999."


WHOLE = "Only whole numbers are read: write 4271, with no point and no comma in it."


LARGEST = "The largest number that the networks know is 999,999."


UNKNOWN = "“{}” is in no number here: use digits, or the letters of French number words."


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", NOTHING),
        (" -- ", NOTHING),
        ("-5", NEGATIVE),
        ("\u221212", NEGATIVE),
        ("moins cinq", NEGATIVE),
        ("1000000", LARGEST),
        ("9" * 100, LARGEST),
        ("un million", LARGEST),
        ("3.5", WHOLE),
        ("4,271", WHOLE),
        ("douze virgule cinq", WHOLE),
        ("4\u00b2", UNKNOWN.format("\u00b2")),
        ("+5", UNKNOWN.format("+")),
        ("abc", UNKNOWN.format("b")),
        ("<b>", UNKNOWN.format("<")),
        ("deux\u2764", UNKNOWN.format("\u2764")),
        ("4 mille", "Digits and letters are mixed; write digits alone or words alone."),
        ("un " * 40, "That has 119 characters; the longest number has 73."),
        ("x" * 10_000, "That has 10000 characters; the longest number has 73."),
        ("7" * 10_000, "That has 10000 characters; the longest number has 73."),
    ],
)
def test_what_cannot_be_read_is_told_word_for_word(text, said):
    with pytest.raises(Problem) as problem:
        read_query(text)
    assert str(problem.value) == said


def test_a_wrong_input_loses_nothing():
    at = typed(page(), "80")
    at = typed(at, "x" * 10_000)
    (warning,) = at.warning
    assert warning.value.replace("\\", "") == (
        "That has 10,000 characters; the longest number has 73. Below is still the answer to “80”."
    )
    assert at.text_input(key="number_words.number").value == "x" * 10_000
    assert lines(at, "number_words.answer")["The network writes"][0] == "quatre-vingts"
    assert "number" not in url(at)


def test_both_spellings_cannot_be_written():
    at = page()
    checked(at.button_group(key="number_words.spelling").set_value("both").run())
    assert [e.value.replace("\\", "") for e in at.error] == [
        "Both spellings at once (spelling) can only be read; to write, choose one of the two."
    ]
    assert at.button(key="number-words.train").disabled
