"""Shares as people read them."""

import math

from babel.numbers import format_percent

from ui.texts import decimals, language


def percent(share: float, digits: int = 0, *, tabular: bool = False) -> str:
    """``share``, from 0 to 1, as a percentage in the visitor's language; a dash for NaN.

    digits: at most so many decimals; in a table, always so many.
    """
    if math.isnan(share):
        return "–"
    space = "\u202f" if language() == "fr" else ""
    return format_percent(share, format=f"{decimals(digits, tabular)}{space}%", locale=language())
