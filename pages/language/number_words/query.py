"""A number as somebody types it, in digits or in words, and what it truly is."""

import re
import unicodedata
from dataclasses import dataclass

from core.data.language.french_numerals import LARGEST, REGIONAL, in_words, number_of, read_numeral
from core.experiments.number_words.config import SYMBOLS, lengths
from core.messages import N_, Problem

DEFAULT = "4271"
_LONGEST_WORDS = lengths("to_digits")[0]
_LETTERS = frozenset(SYMBOLS) - frozenset("0123456789")
_HYPHENS = str.maketrans(dict.fromkeys("\u2010\u2011\u2012\u2013\u2014\u2212", "-"))
_LARGER = frozenset({"million", "millions", "milliard", "milliards"})

_NEGATIVE = N_("The networks know no negative numbers, only those from 0 to 999,999.")
_NOT_WHOLE = N_("Only whole numbers are read: write 4271, with no point and no comma in it.")
_TOO_LARGE = N_("The largest number that the networks know is 999,999.")
_TOO_LONG = N_("That has {given} characters; the longest number has {most}.")


@dataclass(frozen=True)
class Query:
    """What is to be translated.

    text: as a network reads it. direction: "to_words" or "to_digits". number: the number that it
    is; None for words that are no number in either spelling.
    """

    text: str
    direction: str
    number: int | None

    @property
    def is_spelled_otherwise(self) -> bool:
        """Whether it is a number, but not in the words that a network learns."""
        return (
            self.direction == "to_digits"
            and self.number is not None
            and number_of(self.text) is None
        )

    @property
    def is_regional(self) -> bool:
        """Whether it has words of Belgium and Switzerland."""
        return not REGIONAL.keys().isdisjoint(re.split("[ -]", self.text))

    def truth(self, spelling: str = "traditional") -> str:
        """The right answer, empty where there is none. spelling: of words that are written."""
        if self.number is not None and self.direction == "to_digits":
            return str(self.number)
        return self.words(spelling)

    def turned(self, direction: str, spelling: str = "traditional") -> "Query | None":
        """The same number as it is asked in a direction; None for words that are no number."""
        if self.direction == direction:
            return self
        if self.number is None:
            return None
        text = str(self.number) if direction == "to_words" else self.words(spelling)
        return Query(text, direction, self.number)

    def words(self, spelling: str) -> str:
        """The number in words, empty where there is none. spelling: of the experiment's Config."""
        if self.number is None:
            return ""
        return in_words(self.number, "traditional" if spelling == "both" else spelling)


def read_query(typed: str) -> Query:
    """What somebody typed, in digits or in words. Raises Problem with a sentence."""
    text = " ".join(typed.translate(_HYPHENS).split())
    characters = [c for c in text if c.isalnum()]
    if not characters:
        raise Problem(
            N_("No number was typed; write one in digits or in French words: 4271 or douze.")
        )
    if len(text) > 2 * _LONGEST_WORDS:
        raise Problem(_TOO_LONG, given=len(text), most=_LONGEST_WORDS)
    digits = [c for c in characters if unicodedata.normalize("NFKC", c).isdecimal()]
    if not digits:
        return _words(unicodedata.normalize("NFC", text).lower())
    if any(c.isalpha() for c in characters):
        raise Problem(N_("Digits and letters are mixed; write digits alone or words alone."))
    return _digits(text)


def _digits(text: str) -> Query:
    plain = "".join(text.split())
    if plain.startswith("-"):
        raise Problem(_NEGATIVE)
    for character in plain:
        if character in ".,":
            raise Problem(_NOT_WHOLE)
        if character.isdigit() and not character.isdecimal():  # a power is no digit of its number
            raise _unknown(character)
    value = "".join(
        str(unicodedata.decimal(c)) if c.isdecimal() else c
        for c in unicodedata.normalize("NFKC", plain)
    )
    for character in value:
        if not character.isdecimal():
            raise _unknown(character)
    number = int(value)
    if number > LARGEST:
        raise Problem(_TOO_LARGE)
    return Query(str(number), "to_words", number)


def _words(text: str) -> Query:
    for character in text:
        if character not in _LETTERS:
            raise _unknown(character)
    words = re.split("[ -]", text)
    if words[0] == "moins":
        raise Problem(_NEGATIVE)
    if "virgule" in words:
        raise Problem(_NOT_WHOLE)
    if _LARGER & set(words):
        raise Problem(_TOO_LARGE)
    if len(text) > _LONGEST_WORDS:
        raise Problem(_TOO_LONG, given=len(text), most=_LONGEST_WORDS)
    return Query(text, "to_digits", read_numeral(text))


def _unknown(character: str) -> Problem:
    return Problem(
        N_("“{given}” is in no number here: use digits, or the letters of French number words."),
        given=character,
    )
