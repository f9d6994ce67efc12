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
