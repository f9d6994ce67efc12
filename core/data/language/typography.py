"""One typography for all books, so that a model sees one language and not ten printers.

No space before ; : ! ?, straight apostrophes, « » close to their words, one long dash between
spaces, three dots, œ where Latin-1 had only oe, "et" for the ampersand. Case and accents stay.
"""

from __future__ import annotations

import re

_LIGATURE = re.compile(r"oe(?=u|il)|\bfoe(?=tus)|\boe(?=[cd])", re.IGNORECASE)
_DASH = re.compile(r"(?:\s*(?:-{2,}|[—–]|(?<= )-(?= )))+\s*")
_DOTS = re.compile(r"(?<=\S) *\.(?: ?\.){2,}|\.(?: ?\.){2,}")
_SPACE_BEFORE = re.compile(r" +(?=[,;:!?)])| +(?=\.(?!\.))|(?<=\() +")
_NO_SPACE_AFTER = re.compile(r"([,;:!?])(?=[^\W\d])|(?<=[a-zéèêà])(\.)(?=[A-ZÀÉ])")


def set_line(text: str) -> str:
    """One line in the typography that all books share."""
    text = re.sub(r"[_\[\]]", "", " ".join(text.split()))
    text = text.replace("&c.", "etc.").replace("&c", "etc.").replace("&", "et")
    text = re.sub(r"['’‘`´]+", "'", text).replace("…", "...").replace("º", "°")
    text = _LIGATURE.sub(_ligature, text)
    text = _quotes(text)
    text = _DOTS.sub("...", text)
    text = re.sub(r"^- (.+) -$", r"\1.", text)  # who speaks, in a play
    text = re.sub(r"^« — ", "— ", _DASH.sub(" — ", text)).replace("« — ", "«— ")
    text = re.sub(r"(?<=\w)- (?=\w)", "-", text)
    text = re.sub(r"([,;:])[,;]+", r"\1", text)
    text = re.sub(r"(?<!\.)\.\.(?=[\s)]|$)", ".", text)
    text = _SPACE_BEFORE.sub("", text)
    text = _NO_SPACE_AFTER.sub(r"\1\2 ", text)
    return " ".join(text.split())


def _quotes(text: str) -> str:
    text = re.sub(r"[“”]", '"', text)
    text = re.sub(r"(^|[\s(«'-])\"(?=\S)", r"\1«", text).replace('"', "»")
    text = re.sub(r"« +", "«", re.sub(r" +»", "»", text))
    return re.sub(r"^»", "«", text)  # a quotation that goes on in a new paragraph


def _ligature(match: re.Match[str]) -> str:
    return match[0].replace("oe", "œ").replace("Oe", "Œ").replace("OE", "Œ")
