"""Numbers in French words against num2words, an oracle that others wrote."""

import pytest
from num2words import num2words

from core.data.language.french_numerals import LARGEST, SPELLINGS, in_words, number_of, read_numeral

BY_HAND = {
    0: "zéro",
    1: "un",
    16: "seize",
    17: "dix-sept",
    20: "vingt",
    21: "vingt et un",
    22: "vingt-deux",
    61: "soixante et un",
    70: "soixante-dix",
    71: "soixante et onze",
    72: "soixante-douze",
    79: "soixante-dix-neuf",
    80: "quatre-vingts",
    81: "quatre-vingt-un",
    90: "quatre-vingt-dix",
    91: "quatre-vingt-onze",
    99: "quatre-vingt-dix-neuf",
    100: "cent",
    101: "cent un",
    180: "cent quatre-vingts",
    200: "deux cents",
    201: "deux cent un",
    1000: "mille",
    1001: "mille un",
    1100: "mille cent",
    2000: "deux mille",
    4271: "quatre mille deux cent soixante et onze",
    21_000: "vingt et un mille",
    71_021: "soixante et onze mille vingt et un",
    80_000: "quatre-vingt mille",
    80_080: "quatre-vingt mille quatre-vingts",
    100_000: "cent mille",
    200_000: "deux cent mille",
    200_200: "deux cent mille deux cents",
    280_300: "deux cent quatre-vingt mille trois cents",
    374_174: "trois cent soixante-quatorze mille cent soixante-quatorze",
    999_999: "neuf cent quatre-vingt-dix-neuf mille neuf cent quatre-vingt-dix-neuf",
}


@pytest.mark.parametrize(("number", "words"), BY_HAND.items())
def test_numbers_written_by_hand(number, words):
    assert in_words(number) == words
    assert in_words(number, "1990") == words.replace(" ", "-")
    assert number_of(words) == number_of(words.replace(" ", "-")) == number


def oracle(number):
    return num2words(number, lang="fr")


@pytest.mark.slow
def test_every_number_is_as_num2words_writes_it():
    # num2words takes minutes for a million numbers. What it writes for the thousands and for what
    # is below them is put together here; that it does so itself is asked of every 61st number.
    thousands = ["", *(oracle(1000 * n) for n in range(1, 1000))]
    rests = ["", *(oracle(n) for n in range(1, 1000))]
    assert in_words(0) == oracle(0)
    wrong = []
    for number in range(1, LARGEST + 1):
        above, below = divmod(number, 1000)
        expected = f"{thousands[above]} {rests[below]}".strip()
        if in_words(number) != expected or (number % 61 == 0 and oracle(number) != expected):
            wrong.append(number)
    assert wrong == []


@pytest.mark.slow
def test_since_1990_all_spaces_are_hyphens():
    assert SPELLINGS == ("traditional", "1990")
    for number in range(LARGEST + 1):
        assert in_words(number, "1990") == in_words(number).replace(" ", "-")


@pytest.mark.slow
def test_no_two_numbers_are_written_alike_and_all_are_read_back():
    for spelling in SPELLINGS:
        words = [in_words(number, spelling) for number in range(LARGEST + 1)]
        assert len(set(words)) == len(words)
        assert [number_of(word) for word in words] == list(range(LARGEST + 1))


@pytest.mark.parametrize("number", [-1, LARGEST + 1])
def test_what_is_out_of_range_is_refused(number):
    with pytest.raises(ValueError, match=rf"^number must be from 0 to 999999, not {number}$"):
        in_words(number)


@pytest.mark.parametrize(
    "words",
    [
        "",
        " ",
        "candide",
        "un mille",
        "un cent",
        "quatre-vingt",  # alone it has its s
        "quatre-vingts-un",
        "quatre-vingts mille",
        "deux cent",
        "deux cents un",
        "deux cents mille",
        "vingt un",
        "vingt-et-un mille deux",  # one spelling or the other
        "vingt-et-un mille",
        "soixante-onze",
        "quatre-vingt et un",
        "soixante et dix",
        "cent et un",
        "milles",
        "deux milles",
        "mille mille",
        "mille  un",
        " un",
        "un ",
        "Un",
        "zéro un",
        "zero",
        "septante",
        "un-deux",
        "vingts",
        "cents",
        "et",
        "dix-",
        "1",
        "neuf cent mille cent mille",
        "mille-mille-mille",
        "million",
    ],
)
def test_words_that_are_spelled_otherwise_are_no_number(words):
    assert number_of(words) is None


@pytest.mark.parametrize(
    ("words", "number"),
    [
        ("septante", 70),
        ("Septante-deux", 72),
        ("septante et un", 71),
        ("huitante", 80),
        ("octante-trois", 83),
        ("nonante neuf", 99),
        ("cent nonante-quatre mille", 194_000),
        ("vingt et une", 21),
        ("vingt-et-une", 21),
        ("vingt un", 21),
        ("quatre vingt", 80),
        ("quatre vingt dix neuf", 99),
        ("QUATRE-VINGTS-DEUX", 82),
        ("quatre-vingts mille", 80_000),
        ("soixante et dix", 70),
        ("cent et un", 101),
        ("deux cent", 200),
        ("deux cents mille", 200_000),
        ("deux milles", 2000),
        ("un mille", 1000),
        ("douze cents", 1200),
        ("dix-neuf cent quatorze", 1914),
        ("zero", 0),
        ("", None),
        ("et", None),
        ("vingt et", None),
        ("vingt vingt", None),
        ("trois quatre", None),
        ("septante onze", None),
        ("mille mille", None),
        ("dix cent", None),
        ("candide", None),
    ],
)
def test_numerals_are_read_as_they_are_meant(words, number):
    assert read_numeral(words) == number


def test_what_is_spelled_right_is_read_alike():
    for number in range(0, LARGEST + 1, 37):
        for spelling in SPELLINGS:
            assert read_numeral(in_words(number, spelling)) == number
