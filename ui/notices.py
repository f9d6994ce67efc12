"""Sentences that hold something a visitor wrote, and numbers as people read them."""

import math
import re

from ui.texts import number

_PUNCTUATION = re.compile(r"([!-/:-@\[-`{-~])")


def plain(text: str) -> str:
    """``text`` so that Markdown shows it as it is: what a visitor wrote must not become markup."""
    return _PUNCTUATION.sub(r"\\\1", text)


def significant(value: float, digits: int = 3) -> str:
    """A number with so many significant digits, in the visitor's language."""
    if not math.isfinite(value):
        return str(value)
    if value == 0:
        return number(0, 0)
    decimals = digits - 1 - math.floor(math.log10(abs(value)))
    return number(value, max(0, decimals))
