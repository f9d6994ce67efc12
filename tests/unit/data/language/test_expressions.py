"""What a person asks is read, or what is wrong with it is said, word for word."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from core.data.language.expressions import MOST_DIGITS, read_expression
from core.messages import Problem

FULL_WIDTH = str.maketrans("0123456789+-*", "０１２３４５６７８９＋－＊")
SPACES = st.text(" \t\n\u00a0\u2009\u202f\u3000", max_size=2)


@pytest.mark.parametrize(
    ("text", "question"),
    [
        ("12+345", (12, "+", 345)),
        ("  12 +\t345 = ", (12, "+", 345)),
        ("12+345=?", (12, "+", 345)),
        ("12+345?", (12, "+", 345)),
        ("12\u00a0345 + 1", (12345, "+", 1)),
        ("８８−９０７", (88, "-", 907)),
        ("８８＋９０７＝", (88, "+", 907)),
        ("８＊９", (8, "*", 9)),
        ("①+②", (1, "+", 2)),
        ("١٢+٣٤", (12, "+", 34)),
        ("\u200f۱۲ − ۳", (12, "-", 3)),
        ("१२ × ३", (12, "*", 3)),
        ("12 plus 34", (12, "+", 34)),
        ("12 moins 3 =", (12, "-", 3)),
        ("12 times 3", (12, "*", 3)),
        ("Douze fois trois", (12, "*", 3)),
        ("vingt-deux - trois", (22, "-", 3)),
        ("deux x six", (2, "*", 6)),
        ("septante plus nonante ?", (70, "+", 90)),
        ("quatre vingt dix neuf + vingt et une", (99, "+", 21)),
        ("7\u22123", (7, "-", 3)),
        ("7\u20133", (7, "-", 3)),
        ("7\u20103", (7, "-", 3)),
        ("7\u20113", (7, "-", 3)),
        ("7➖3", (7, "-", 3)),
        ("7➕3", (7, "+", 3)),
        *((f"34{times}7", (34, "*", 7)) for times in "*×✕✖xX·∙⋅∗"),
        ("007+0", (7, "+", 0)),
        ("0000000012+000000", (12, "+", 0)),
        ("0-0", (0, "-", 0)),
        ("999999*999999", (999_999, "*", 999_999)),
    ],
)
def test_what_is_understood(text, question):
    assert read_expression(text) == question


NOTHING = "The question is empty; write two numbers with +, − or ×, such as 12+345."
POWERS = "It has not learned powers; ask for +, − or ×, such as 34×7."
DIVIDE = "It has not learned to divide; ask for +, − or ×, such as 34×7."
WHOLE = "It knows only whole numbers; write 12+3, not 1.2+3."
BEGINS = "A question begins with a digit, not with a sign: 12-3, not -3+12."
ALONE = "That is only one number; write two, with +, − or × between them."
TWO = "A question is two whole numbers with +, − or × between them: 12+345."


def no_part(given):
    return f"“{given}” cannot be part of a question here: only digits and one of +, − and × can."


def too_many(given):
    return f"One operation at a time, as in 12+3, not {given}."


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("", NOTHING),
        (" \t\n\u3000", NOTHING),
        ("1" * 61, "That has 61 characters; a question like 12+345 has at most 60."),
        (" " * 99, "That has 99 characters; a question like 12+345 has at most 60."),
        ("2²", POWERS),
        ("2⁸+1", POWERS),
        ("2**3", POWERS),
        ("2^3", POWERS),
        ("1/2", DIVIDE),
        ("8÷4", DIVIDE),
        ("8:4", DIVIDE),
        ("８÷４", DIVIDE),
        ("huit divisé par deux", DIVIDE),
        ("dix-sept", ALONE),
        ("½+1", DIVIDE),  # NFKC writes 1⁄2, with the fraction slash
        ("8\u22154", DIVIDE),
        ("a+b", no_part("a")),
        ("12+é", no_part("é")),
        ("1+🙂", no_part("🙂")),
        ("1+\x00", no_part("U+0000")),
        ("1+\u200b2", no_part("U+200B")),
        ("1<b>+2", no_part("<")),
        ("{0}+{1}", no_part("{")),
        ("1.5+2", WHOLE),
        ("1,5+2", WHOLE),
        ("1+2.5", WHOLE),
        ("-3+12", BEGINS),
        ("+3+12", BEGINS),
        ("−5+3", BEGINS),
        ("*5", BEGINS),
        ("1+2+3", too_many(2)),
        ("1+-2", too_many(2)),
        ("1-2*3+4", too_many(3)),
        ("12", ALONE),
        ("12=", ALONE),
        ("12??", ALONE),
        ("12+", TWO),
        ("(12+3)", TWO),
        ("12+3==", TWO),
        ("=", TWO),
        ("+", TWO),
        ("+-", too_many(2)),
        ("12=3", TWO),
        ("1234567+1", "A number of 7 digits is too long; at most 6 are answered."),
        ("1*00012345678", "A number of 8 digits is too long; at most 6 are answered."),
    ],
)
def test_what_is_wrong_is_said(text, sentence):
    with pytest.raises(Problem) as caught:
        read_expression(text)
    assert str(caught.value) == sentence


def spread(characters, spaces):
    return "".join(c + s for c, s in zip(characters, spaces, strict=False))


@given(
    st.integers(0, 999_999),
    st.sampled_from("+-*"),
    st.integers(0, 999_999),
    st.lists(SPACES, min_size=14, max_size=14),
    st.lists(st.booleans(), min_size=14, max_size=14),
    st.sampled_from(["", "=", "?", "=?"]),
)
def test_what_is_written_in_spaces_and_full_width_is_read_back(a, operation, b, gaps, wide, end):
    plain = f"{a}{operation}{b}"
    signs = [c.translate(FULL_WIDTH) if w else c for c, w in zip(plain, wide, strict=False)]
    assert read_expression(spread(signs, gaps) + end) == (a, operation, b)


LIKELY = st.text("0123456789+-*/=?.,() xX×−²^①½é", max_size=20)


@settings(max_examples=500)
@given(st.one_of(st.text(max_size=80), LIKELY))
def test_any_text_is_a_question_or_a_problem(text):
    try:
        first, operation, second = read_expression(text)
    except Problem as problem:
        sentence = str(problem)
    else:
        sentence = "A question."
        assert operation in ("+", "-", "*")
        assert all(0 <= number < 10**MOST_DIGITS for number in (first, second))
    assert sentence.endswith(".") and "\n" not in sentence
