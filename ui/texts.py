"""What a visitor reads, in the visitor's language: English stands in the code."""

import math
import threading
from collections.abc import Mapping
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any, Protocol

import streamlit as st
from babel.messages.pofile import read_po
from babel.numbers import format_percent
from streamlit.runtime.scriptrunner import get_script_run_ctx

LANGUAGES = {"en": "English", "fr": "Français"}
LANGUAGE_KEY = "pangloss_language"
_ASSETS = Path(__file__).parent.parent / "assets"
_FRENCH_MARKS = str.maketrans({",": "\u202f", ".": ","})
_APART_FROM = 10_000  # whole numbers have their thousands apart; shorter ones may be years


class Sentence(Protocol):
    """Anything with a template and the values that fill it: a Problem, a Failed event."""

    @property
    def template(self) -> str:
        """An English sentence with ``{name}`` fields."""
        ...

    @property
    def values(self) -> Mapping[str, Any]:
        """What fills the fields."""
        ...


_looked_up = threading.local()  # a run's cursors, of which each has its own, and its language


def language() -> str:
    """The visitor's language, "en" or "fr": the URL's, else the one chosen, else the browser's.

    A page asks hundreds of times: it is looked up once in a run, or again after ``look_again``.
    """
    context = get_script_run_ctx(suppress_warning=True)
    if context is None:
        return _language()
    run, known = getattr(_looked_up, "language", (None, ""))
    if run is not context.cursors:
        known = _language()
        _looked_up.language = context.cursors, known
    return known


def look_again() -> None:
    """To be called where this run of the script has changed the language."""
    _looked_up.language = None, ""


def _language() -> str:
    for asked in (st.query_params.get("lang"), st.session_state.get(LANGUAGE_KEY)):
        if asked in LANGUAGES:
            return asked
    browser = (st.context.locale or "en").lower()
    return "fr" if browser.startswith("fr") else "en"


def _(message: str) -> str:
    """``message`` in the visitor's language, or as it is where no translation is known."""
    return translations(language()).get(message, message)


def say(sentence: Sentence) -> str:
    """A problem or failure as one sentence in the visitor's language, its values too."""
    values = {name: _say_value(value) for name, value in sentence.values.items()}
    return _(sentence.template).format(**values)


def number(value: float, digits: int = 3, *, tabular: bool = False) -> str:
    """``value`` with at most ``digits`` decimals, with the language's comma or point.

    tabular: with exactly so many, as numbers beneath one another have.
    """
    written = f"{Decimal(str(value)):,.{digits}f}"  # as Babel, in a tenth of its time
    if digits and not tabular:
        written = written.rstrip("0").rstrip(".")
    return written.translate(_FRENCH_MARKS) if language() == "fr" else written


def plain_number(value: float) -> str:
    """``value`` as it is, with the language's comma or point; thousands apart from 10,000 on."""
    return str(_Number(value, french=language() == "fr"))


def percent(share: float, digits: int = 0, *, tabular: bool = False) -> str:
    """``share``, from 0 to 1, as a percentage in the visitor's language; a dash for NaN.

    digits: at most so many decimals; in a table, always so many.
    """
    if math.isnan(share):
        return "–"
    space = "\u202f" if language() == "fr" else ""
    return format_percent(share, format=f"{decimals(digits, tabular)}{space}%", locale=language())


def decimals(digits: int, tabular: bool = False) -> str:
    """Babel's pattern of a number with thousands apart and so many decimals."""
    return "#,##0." + ("0" if tabular else "#") * digits if digits else "#,##0"


def lesson_text(lesson: str, part: str) -> str:
    """The Markdown of ``assets/texts/<language>/<lesson>/<part>.md``."""
    return _read(language(), lesson, part)


@cache
def has_text(lesson: str, part: str) -> bool:
    """Whether a lesson's texts have this part."""
    return (_ASSETS / "texts" / "en" / lesson / f"{part}.md").is_file()


@cache
def translations(to: str) -> Mapping[str, str]:
    """English sentence -> its translation, from ``assets/locale/<to>/*.po``; English has none."""
    messages = {}
    for path in sorted((_ASSETS / "locale" / to).glob("*.po")):
        with path.open("rb") as file:
            catalog = read_po(file, locale=to)
        messages |= {str(m.id): str(m.string) for m in catalog if m.id and m.string and not m.fuzzy}
    return messages


def _say_value(value: Any) -> Any:
    if isinstance(value, str):
        return _(value) if value else value
    if isinstance(value, bool):
        return value
    if isinstance(value, (int, float)):
        return _Number(value, french=language() == "fr")
    return say(value) if hasattr(value, "template") else value


class _Number:
    """A number that a sentence's field, such as ``{given:,}`` or ``{low:g}``, writes."""

    def __init__(self, value: float, *, french: bool):
        self._value = value
        self._marks = _FRENCH_MARKS if french else {}

    def __format__(self, spec: str) -> str:
        if not spec and isinstance(self._value, int) and abs(self._value) >= _APART_FROM:
            spec = ","
        return format(self._value, spec).translate(self._marks)

    def __str__(self) -> str:
        return format(self, "")

    __repr__ = __str__


@cache
def _read(to: str, lesson: str, part: str) -> str:
    return (_ASSETS / "texts" / to / lesson / f"{part}.md").read_text(encoding="utf-8")
