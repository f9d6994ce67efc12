"""Numbers in French words against num2words, an oracle that others wrote."""

import pytest
from num2words import num2words

from core.data.language.french_numerals import LARGEST, SPELLINGS, in_words, number_of

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
