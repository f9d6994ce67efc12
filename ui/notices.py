"""Sentences that hold something a visitor wrote, and numbers as people read them."""

import math
import re
from collections.abc import Mapping
from typing import Any

from ui.texts import _, number

_SUPERSCRIPTS = str.maketrans("-0123456789", "⁻⁰¹²³⁴⁵⁶⁷⁸⁹")
_PUNCTUATION = re.compile(r"([!-/:-@\[-`{-~])")


def plain(text: str) -> str:
    """``text`` so that Markdown shows it as it is: what a visitor wrote must not become markup."""
    return _PUNCTUATION.sub(r"\\\1", text)


def made_by(card: Mapping[str, Any]) -> str:
    """When, by what command and on which machine a recorded run was made, by its card."""
    return _("Recorded on {date} by {command}: {machine}.").format(
        date=card["made"], command=card["command"], machine=card["machine"]
    )


def significant(value: float, digits: int = 3) -> str:
    """A number with so many significant digits, in the visitor's language."""
    if not math.isfinite(value):
        return str(value)
    if value == 0:
        return number(0, 0)
    decimals = digits - 1 - math.floor(math.log10(abs(value)))
    return number(value, max(0, decimals))


def power_of_ten(exponent: float) -> str:
    """10 to a power, rounded to a whole one; 0 for the power of minus infinity."""
    return "0" if exponent == -math.inf else "10" + f"{exponent:.0f}".translate(_SUPERSCRIPTS)


def scientific(value: float) -> str:
    """Three digits, with a power of ten where the number is very large or small."""
    if value == 0 or not math.isfinite(value):
        return significant(value)
    exponent = math.floor(math.log10(abs(value)))
    if -4 < exponent < 5:
        return significant(value)
    return f"{significant(value / 10.0**exponent)} · {power_of_ten(exponent)}"
