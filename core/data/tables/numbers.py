"""Numbers as people write them, and which mark the decimals have in a file.

Thousands by points, commas, spaces or apostrophes; percent and currency signs; negative numbers in
parentheses or with the minus behind.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable

_NUMBER = re.compile(r"[+-]?(?:\d+(?:[.,]\d*)?|[.,]\d+)(?:[eE][+-]?\d{1,4})?")
_GROUPED = re.compile(r"[+-]?\d{1,3}(?:(?P<mark>[.,])\d{3})(?:(?P=mark)\d{3})*(?:[.,]\d+)?")
_WHOLE_GROUPS = re.compile(r"[+-]?[1-9]\d{0,2}(?:[.,]\d{3})+")
_GROUPS = re.compile(r"(?<=\d)[ \xa0\u202f\u2007-\u2009'’](?=\d{3}(?!\d))")
_NO_GROUPS = re.compile(r"[+-]?\d{4,}[ \xa0\u202f\u2007-\u2009'’]")
_INDIAN = re.compile(r"^[+-]?\d{1,2}(?:,\d{2})+,\d{3}(?=$|\.)")
_MONEY = r"(?:US\$|[$€£¥₹₽]|(?:EUR|USD|GBP|CHF|JPY|CAD|kr|zł|Fr)\b\.?)"
_BEFORE_PARENTHESES = re.compile(rf"{_MONEY}\s*\(")  # $ (1,200), as accountants write
_AROUND = re.compile(rf"(?P<minus>[+-]?)\s*(?:{_MONEY}\s*)?(?P<number>.*?)\s*(?:{_MONEY}|%|‰)?")
_HUNDREDS = re.compile(r"[+-]?[1-9]\d\d")  # beside which 1.153 is more than a thousand

MISSING = {"", "na", "n/a", "#n/a", "n.a.", "n.d.", "nd", "nan", "null", "none", "nil", "missing"}
MISSING |= {"-", "--", "–", "—", "?", ".", "..", "...", ":", "inf", "+inf", "-inf"}
MISSING |= {"*", "**", "***", "---", "nc", "n.c.", "n/d", "n.r.", "s.o.", "k.a.", "#num!", "#nom?"}
MISSING |= {"mq", "n.s.", "s", "#n/d", "#n/v"}
MISSING |= {"infinity", "-infinity", "#value!", "#valeur!", "#div/0!", "#ref!", "<na>", "manquant"}


def bare(cell: str) -> str:
    """A cell without what stands around its number and between its thousands, if it has one."""
    text = cell.strip().replace("−", "-")
    minus = ""
    if money := _BEFORE_PARENTHESES.match(text):
        text = text[money.end() - 1 :]
    if text.startswith("(") and text.endswith(")"):
        text, minus = text[1:-1].strip(), "-"
    elif text.endswith("-") and text[:1].isdigit():
        text, minus = text[:-1].strip(), "-"
    match = _AROUND.fullmatch(text)
    if match is None:
        return text
    number = _INDIAN.sub(lambda whole: whole[0].replace(",", ""), match["number"])
    minus = minus or match["minus"]
    whole = number if _NO_GROUPS.match(number) else _GROUPS.sub("", number)
    return minus.removeprefix("+") + whole


def is_number(cell: str) -> bool:
    """Whether a person would read a number there."""
    text = bare(cell)
    return bool(_NUMBER.fullmatch(text) or _GROUPED.fullmatch(text))


def is_missing(cell: str) -> bool:
    """Whether a cell says that there is no value."""
    return cell.strip().lower() in MISSING


def decimal_mark(cells: Iterable[str], delimiter: str) -> tuple[str, bool]:
    """The mark before the decimals, "," or ".", and whether the cells leave it open.

    cells: all of a file, or of a column, that are numbers. "" where one tells this and another
    that: then each column is judged for itself.
    """
    evidence: Counter[str] = Counter()
    open_ones: Counter[str] = Counter()
    whole = 0
    for cell in map(bare, cells):
        marks = [mark for mark in ",." if mark in cell]
        if not marks:
            whole += bool(_HUNDREDS.fullmatch(cell))
        elif len(marks) == 2:
            evidence[max(marks, key=cell.rfind)] += 1
        elif cell.count(marks[0]) > 1:
            evidence["." if marks[0] == "," else ","] += 1
        elif _WHOLE_GROUPS.fullmatch(cell):
            open_ones[marks[0]] += 1
        else:
            evidence[marks[0]] += 1
    if len(evidence) == 2:
        return "", False
    if evidence:
        return next(iter(evidence)), False
    if not open_ones:
        return ".", False
    mark = max(open_ones, key=lambda one: open_ones[one])
    are_thousands = whole > 0 or (mark == "," and delimiter == ",")
    return ({",": ".", ".": ","}[mark] if are_thousands else mark), True


def to_float(cell: str, mark: str) -> float:
    """The number of a cell whose decimals stand behind ``mark``."""
    text, other = bare(cell), {",": ".", ".": ","}[mark]
    if text.count(other) == 1 and mark not in text and not _GROUPED.fullmatch(text):
        return float(text.replace(other, "."))  # 1,5 in a file of decimal points
    return float(text.replace(other, "").replace(mark, "."))
