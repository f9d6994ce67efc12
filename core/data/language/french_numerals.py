"""Numbers from 0 to 999,999 in French words, exactly, in both spellings.

"traditional": a hyphen inside what is below a hundred, except around "et"; a space elsewhere.
"1990": a hyphen between all words (Rectifications de l'orthographe, Journal officiel, 6 December
1990, rule 1).
"""

from __future__ import annotations

LARGEST = 999_999
SPELLINGS = ("traditional", "1990")

_BELOW_17 = [
    "zéro",
    "un",
    "deux",
    "trois",
    "quatre",
    "cinq",
    "six",
    "sept",
    "huit",
    "neuf",
    "dix",
    "onze",
    "douze",
    "treize",
    "quatorze",
    "quinze",
    "seize",
]
_TENS = {2: "vingt", 3: "trente", 4: "quarante", 5: "cinquante", 6: "soixante", 8: "quatre-vingt"}


def in_words(number: int, spelling: str = "traditional") -> str:
    """The words of a number: 4271 is "quatre mille deux cent soixante et onze".

    Raises ValueError for a number that is negative or above LARGEST.
    """
    if not 0 <= number <= LARGEST:
        raise ValueError(f"number must be from 0 to {LARGEST}, not {number}")
    thousands, rest = divmod(number, 1000)
    words = []
    if thousands:  # "mille" is never "un mille", and takes the s of "cents" and "vingts" away
        words = [*([] if thousands == 1 else [_below_1000(thousands, last=False)]), "mille"]
    if rest or not thousands:
        words.append(_below_1000(rest, last=True))
    text = " ".join(words)
    return text if spelling == "traditional" else text.replace(" ", "-")


def _below_1000(number: int, last: bool) -> str:
    """last: nothing follows, so that "cents" and "quatre-vingts" keep their s."""
    hundreds, rest = divmod(number, 100)
    if not hundreds:
        return _below_100(rest, last)
    cent = "cent" if hundreds == 1 else f"{_BELOW_17[hundreds]} cent"
    if not rest:
        return cent + "s" * (last and hundreds > 1)
    return f"{cent} {_below_100(rest, last)}"


def _below_100(number: int, last: bool) -> str:
    if number < 17:
        return _BELOW_17[number]
    if number < 20:
        return f"dix-{_BELOW_17[number - 10]}"
    tens, unit = divmod(number, 10)
    if tens in (7, 9):  # counted on from sixty and from eighty
        tens, unit = tens - 1, unit + 10
    if not unit:
        return _TENS[tens] + "s" * (tens == 8 and last)
    if unit in (1, 11) and tens != 8:
        return f"{_TENS[tens]} et {_BELOW_17[unit]}"
    return f"{_TENS[tens]}-{_below_100(unit, last)}"


_VALUES = {word: value for value, word in enumerate(_BELOW_17)}
_VALUES |= {"vingt": 20, "trente": 30, "quarante": 40, "cinquante": 50, "soixante": 60}


def number_of(words: str) -> int | None:
    """The number that words say in either spelling; None if they are no such number.

    What is said is counted up, and is a number only if it is written as ``in_words`` writes it.
    """
    total = below_1000 = 0
    for word in words.replace("-", " ").split(" "):
        one = word.removesuffix("s") if word in ("cents", "vingts") else word
        if one == "mille":
            total, below_1000 = total + 1000 * max(1, below_1000), 0
        elif one == "cent":
            below_1000 = 100 * max(1, below_1000)
        elif one == "vingt" and below_1000 % 100 == 4:  # quatre-vingt
            below_1000 += 76
        elif one in _VALUES:
            below_1000 += _VALUES[one]
        elif one != "et":
            return None
    number = total + below_1000
    if number > LARGEST:
        return None
    return number if words in [in_words(number, spelling) for spelling in SPELLINGS] else None


REGIONAL = {"septante": 70, "huitante": 80, "octante": 80, "nonante": 90}
_TENS_READ = {20: "vingt", 30: "trente", 40: "quarante", 50: "cinquante", 60: "soixante"}
_SAME = {"une": "un", "zero": "zéro", "vingts": "vingt", "cents": "cent", "milles": "mille"}


def read_numeral(words: str) -> int | None:
    """The number that words mean, however they are spelled; None if they mean none.

    Capitals, hyphens or none, a plural too many or too few, "une", septante, huitante, octante
    and nonante, douze cents. ``number_of`` takes only what is spelled right.
    """
    given = words.lower().replace("-", " ").split()
    return _Numeral([_SAME.get(word, word) for word in given]).whole()


class _Numeral:
    """Words that are read from left to right, each taken once."""

    def __init__(self, words: list[str]):
        self._words = words

    def whole(self) -> int | None:
        if self._words == ["zéro"]:
            return 0
        thousands = self._below_2000()
        if self._took("mille"):
            if thousands is not None and not 0 < thousands < 1000:
                return None
            rest = self._below_2000() if self._words else 0
            if rest is None or rest >= 1000:
                return None
            number = 1000 * (1 if thousands is None else thousands) + rest
        else:
            number = thousands
        return None if self._words or number is None or number > LARGEST else number

    def _below_2000(self) -> int | None:
        """Hundreds, of which people count up to nineteen, and what follows them."""
        number = self._below_100()
        if number is not None and number > 19:
            return number
        if not self._took("cent"):
            return number
        self._took("et")
        rest = self._below_100() if self._words and self._words[0] != "mille" else 0
        hundreds = 1 if number is None else number
        return None if rest is None or hundreds == 10 else 100 * hundreds + rest

    def _below_100(self) -> int | None:
        if self._words[:2] == ["quatre", "vingt"]:
            del self._words[:2]
            return 80 + self._more(19)
        for tens, word in _TENS_READ.items():
            if self._took(word):
                return tens + self._more(19 if tens == 60 else 9)
        for word, tens in REGIONAL.items():
            if self._took(word):
                return tens + self._more(9)
        return self._unit(19) or None

    def _more(self, most: int) -> int:
        """What "vingt" or "vingt et" goes on with, 0 if with nothing."""
        before = list(self._words)
        self._took("et")
        number = self._unit(most)
        if not number:
            self._words = before
        return number

    def _unit(self, most: int) -> int:
        value = _VALUES.get(self._words[0], 0) if self._words else 0
        if not 0 < value <= min(most, 16):
            return 0
        del self._words[0]
        if value == 10 and self._words and 7 <= (unit := _VALUES.get(self._words[0], 0)) <= 9:
            del self._words[0]
            return 10 + unit
        return value

    def _took(self, word: str) -> bool:
        if self._words[:1] != [word]:
            return False
        del self._words[0]
        return True
