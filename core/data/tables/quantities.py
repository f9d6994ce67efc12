"""Numbers with something behind them: a unit, a mark that a note explains, K and M for many."""

from __future__ import annotations

import re
from collections.abc import Sequence

from core.data.tables.numbers import is_missing, is_number

_UNIT = re.compile(r"[-+]?[\d.,\s]+?(\s?[^\d\s.,;]{1,6})")
# What statistics offices write: p is provisional, e estimated, r revised.
_MARK = re.compile(
    r"(.*?\S)\s*(?:\*{1,3}|\[\w{1,3}\]|\([A-Za-z\d]{1,3}\)|[bcdefnprsuz]{1,2}|[†‡¹²³])"
)
_TIMES = {"k": 1e3, "K": 1e3, "M": 1e6, "Mio": 1e6, "B": 1e9, "bn": 1e9, "Md": 1e9, "Mrd": 1e9}
_SCALED = re.compile(r"(.*\d)\s?(k|K|M|Mio|B|bn|Md|Mrd)\.?")


def unit_of(cells: Sequence[str]) -> str:
    """What stands behind each number of a column of quantities, as in 12 kg; "" if nothing does."""
    units = {match[1] for cell in cells if (match := _UNIT.fullmatch(cell))}
    unit = units.pop() if len(units) == 1 else ""
    lacks = [c for c in cells if not c.endswith(unit) and not is_missing(c)] if unit else cells
    return "" if lacks else unit


def without_marks(cells: Sequence[str]) -> tuple[list[str], int] | None:
    """Cells without the marks behind some of their numbers, and how many; None if words are left.

    At least half of the cells have to be numbers as they stand.
    """
    kept, count = [], 0
    for cell in cells:
        plain = is_number(cell) or is_missing(cell)
        match = None if plain else _MARK.fullmatch(cell)
        if not plain and not (match and (is_number(match[1]) or is_missing(match[1]))):
            return None
        kept.append(match[1] if match else cell)
        count += match is not None
    return (kept, count) if 0 < count <= len(kept) / 2 else None


def is_scaled(cell: str) -> bool:
    """Whether a cell is a number with K, M or the like behind it."""
    match = _SCALED.fullmatch(cell.strip())
    return bool(match) and is_number(match[1])


def scales_of(cells: Sequence[str]) -> tuple[list[str], list[float]] | None:
    """Cells without K, M or B behind them, and what each says; None where they are all alike."""
    kept, scales = [], []
    for cell in cells:
        match = _SCALED.fullmatch(cell)
        number = match[1] if match else cell
        if not is_number(number) and not is_missing(number):
            return None
        kept.append(number)
        scales.append(_TIMES[match[2]] if match else 1.0)
    given = {scale for cell, scale in zip(kept, scales, strict=True) if not is_missing(cell)}
    return (kept, scales) if len(given) > 1 else None
