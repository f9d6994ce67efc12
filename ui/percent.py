"""Shares as people read them."""

import math

from babel.numbers import format_percent

from ui.texts import language


def percent(share: float, digits: int = 0) -> str:
    """``share``, from 0 to 1, as a percentage in the visitor's language; a dash for NaN."""
    if math.isnan(share):
        return "–"
    pattern = "#,##0." + "#" * digits if digits else "#,##0"
    space = "\u202f" if language() == "fr" else ""
    return format_percent(share, format=f"{pattern}{space}%", locale=language())
