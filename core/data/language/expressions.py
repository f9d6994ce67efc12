"""What a person asks a calculator, read: "12 + 345 =", "８８−９０７", "34×7", "douze plus 3"."""

import re
import unicodedata

from core.data.language.french_numerals import read_numeral
from core.messages import N_, Problem

MOST_DIGITS = 6
_MOST_CHARACTERS = 60  # with room for spaces
_SIGNS = str.maketrans(
    {"\u2212": "-", "\u2013": "-", "\u2010": "-", "\u2011": "-", "\u2796": "-", "\u2795": "+"}
    | dict.fromkeys("×✕✖xX·∙⋅∗", "*")
)
_DIRECTIONS = re.compile("[\u200e\u200f\u061c\u2066-\u2069]")
_OPERATIONS = (
    (re.compile(r"\bplus\b"), "+"),
    (re.compile(r"\b(?:moins|minus)\b"), "-"),
    (re.compile(r"\b(?:fois|times|multiplié par|multiplied by)\b"), "*"),
    (re.compile(r"\b(?:divisé par|divided by)\b"), "/"),
)
_QUESTION = re.compile(r"(\d+)([-+*])(\d+)=?\??", re.ASCII)


def read_expression(text: str) -> tuple[int, str, int]:
    """First operand, operation (one of "+-*") and second operand of a question.

    Spaces, a final "=", other signs for times and minus, all of Unicode's decimal digits, numbers
    in French words, and plus, minus and times in words are understood. Raises Problem, in a
    sentence that says what is wrong, for all else.
    """
    if len(text) > _MOST_CHARACTERS:
        raise Problem(
            N_("That has {given} characters; a question like 12+345 has at most {most}."),
            given=len(text),
            most=_MOST_CHARACTERS,
        )
    if re.search(r"[0-9)][⁰¹²³⁴-⁹]|\*\*|\^", text):
        raise Problem(N_("It has not learned powers; ask for +, − or ×, such as 34×7."))
    usual = _in_digits(_DIRECTIONS.sub("", unicodedata.normalize("NFKC", text)))
    plain = re.sub(r"\s", "", usual).translate(_SIGNS)
    if not plain:
        raise Problem(
            N_("The question is empty; write two numbers with +, − or ×, such as 12+345.")
        )
    if re.search("[/÷:\u2044\u2215]", plain):
        raise Problem(N_("It has not learned to divide; ask for +, − or ×, such as 34×7."))
    if odd := re.search(r"[^-\d+*=?.,()]", plain, re.ASCII):
        raise Problem(
            N_(
                "“{given}” cannot be part of a question here: only digits and one of +, − "
                "and × can."
            ),
            given=odd[0] if odd[0].isprintable() else f"U+{ord(odd[0]):04X}",
        )
    match = _QUESTION.fullmatch(plain)
    if not match:
        raise _why(plain)
    first, operation, second = match.groups()
    for number in (first, second):
        if (given := len(number.lstrip("0"))) > MOST_DIGITS:
            raise Problem(
                N_("A number of {given} digits is too long; at most {most} are answered."),
                given=given,
                most=MOST_DIGITS,
            )
    return int(first), operation, int(second)


def _in_digits(text: str) -> str:
    """``text`` with 0 to 9 for the digits of all scripts, and for numbers and signs in words."""
    text = "".join(str(unicodedata.decimal(c)) if c.isdecimal() else c for c in text)
    if not re.search(r"[^\W\dxX_]", text):
        return text
    plain = text.lower()
    for word, sign in _OPERATIONS:
        plain = word.sub(f" {sign} ", plain)
    end = re.search(r"[=?\s]*$", plain)
    asked = plain[: end.start()] if end else plain
    if (alone := _number(asked)) is not None:
        return alone
    readings = []
    for sign in re.finditer(r"[-+*/÷×✕✖x·∙⋅∗\u2212\u2013\u2010]", asked):
        numbers = _number(asked[: sign.start()]), _number(asked[sign.end() :])
        if None not in numbers:
            readings.append(f"{numbers[0]}{sign[0]}{numbers[1]}")
    return readings[0] if len(readings) == 1 else text


def _number(text: str) -> str | None:
    digits = re.sub(r"\s", "", text)
    if re.fullmatch(r"[0-9]+", digits):
        return digits
    number = read_numeral(re.sub("[\u2010-\u2013\u2212]", "-", text))
    return None if number is None else str(number)


def _why(plain: str) -> Problem:
    """What is wrong with something that has only digits and signs in it."""
    if re.search(r"\d[.,]\d", plain):
        return Problem(N_("It knows only whole numbers; write 12+3, not 1.2+3."))
    if re.match(r"[-+*]", plain) and re.search(r"\d", plain):
        return Problem(N_("A question begins with a digit, not with a sign: 12-3, not -3+12."))
    operations = re.findall(r"[-+*]", plain)
    if len(operations) > 1:
        text = N_("One operation at a time, as in 12+3, not {given}.")
        return Problem(text, given=len(operations))
    if re.fullmatch(r"\d+[=?]*", plain):
        return Problem(N_("That is only one number; write two, with +, − or × between them."))
    return Problem(N_("A question is two whole numbers with +, − or × between them: 12+345."))
