"""The encoding of a text that is not UTF-8, judged by the letters that its languages have.

A reading is taken only where nearly all of what is not ASCII in it are letters of one language,
in places where they can stand; a few bytes that several encodings could explain are no evidence.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

_WESTERN = (
    "àâäçéèêëîïôöùûüÿœæ",  # French
    "äöüßé",  # German
    "áéíóúñü",  # Spanish
    "àèéìíòóùú",  # Italian
    "áàâãçéêíóôõúü",  # Portuguese
    "åäöæøéü",  # Danish, Norwegian, Swedish
    "áðéíóúýþæö",  # Icelandic
    "éëïöüèáó",  # Dutch
)
_CENTRAL = ("ąćęłńóśźż", "áčďéěíňóřšťúůýž", "áäčďéíĺľňóôŕšťúýž", "áéíóöőúüű", "čćđšž", "ăâîşţ")
_RUSSIAN = "абвгдеёжзийклмнопрстуфхцчшщъыьэюя"
_CYRILLIC = (_RUSSIAN, "абвгґдеєжзиіїйклмнопрстуфхцчшщьюя", "абвгдђежзијклљмнњопрстћуфхцчџш")
_GREEK = ("αβγδεζηθικλμνξοπρσςτυφχψωάέήίόύώϊϋΐΰ",)
_TURKISH = ("çğıöşüâîûİ",)


@dataclass(frozen=True)
class Candidate:
    """An encoding, what people call it and the letters of languages written in it.

    least: letters that are needed as evidence. common: of an alphabet of its own, letters that
    make up much of any text.
    """

    codec: str
    name: str
    languages: tuple[str, ...]
    least: int
    common: str = ""


CANDIDATES = (  # where several explain a text equally well, the first is taken
    Candidate("cp1252", "Windows-1252", _WESTERN, 1),
    Candidate("mac-roman", "Mac OS Roman", _WESTERN, 3),
    Candidate("cp850", "DOS 850", _WESTERN, 3),
    Candidate("cp1250", "Windows-1250", _CENTRAL, 8),
    Candidate("iso8859-2", "ISO-8859-2", _CENTRAL, 8),
    Candidate("cp852", "DOS 852", _CENTRAL, 8),
    Candidate("cp1254", "Windows-1254", _TURKISH, 8),
    Candidate("cp1251", "Windows-1251", _CYRILLIC, 20, "оеаинтср"),
    Candidate("koi8-u", "KOI8", _CYRILLIC, 20, "оеаинтср"),
    Candidate("cp866", "DOS 866", _CYRILLIC, 20, "оеаинтср"),
    Candidate("iso8859-5", "ISO-8859-5", _CYRILLIC, 20, "оеаинтср"),
    Candidate("cp1253", "Windows-1253", _GREEK, 20, "αοιετσνη"),
    Candidate("iso8859-7", "ISO-8859-7", _GREEK, 20, "αοιετσνη"),
)
_ENOUGH = 0.95  # of what is not ASCII are letters or signs in their places
_SIGNS = "µ\xa0\xad«»–—‘’‚“”„…€£§°©•·¿¡ªº²³½¼¾×№†"
_WITHIN_WORDS = "’\xad·"


def recognised(raw: bytes) -> Candidate | None:
    """The encoding by which these bytes read best; None where the evidence is weak."""
    shares = [(share, candidate) for candidate in CANDIDATES if (share := _share(raw, candidate))]
    best = max(shares, key=lambda entry: entry[0], default=(0.0, None))  # the first of equals
    return best[1] if best[0] >= _ENOUGH else None


def likeliest_western(raw: bytes) -> Candidate:
    """The western encoding by which a few letters, as in names of columns, are in their places."""
    few = [replace(candidate, least=1) for candidate in CANDIDATES[:3]]
    return next((candidate for candidate in few if _share(raw, candidate) >= _ENOUGH), few[0])


def is_western(raw: bytes) -> bool:
    """Whether these bytes read as Windows-1252."""
    return _share(raw, CANDIDATES[0]) >= _ENOUGH


def _share(raw: bytes, candidate: Candidate) -> float:
    """Share of what is not ASCII that fits a language of the encoding; 0 where it cannot be."""
    try:
        text = raw.decode(candidate.codec)
    except UnicodeDecodeError:
        return 0.0
    places = [match.start() for match in re.finditer("[^\x00-\x7f]", text)]
    signs = sum(_is_sign_in_place(text, at) for at in places if not _is_letter(text[at]))
    letters = [text[at] for at in places if _is_letter(text[at]) and _is_case_in_place(text, at)]
    lower = [letter.lower() if letter != "İ" else letter for letter in letters]
    fitting = max(sum(c in language for c in lower) for language in candidate.languages)
    ascii_letters = len(re.findall("[A-Za-z]", text))
    if candidate.common:
        common = sum(c in candidate.common for c in lower)
        if common < 0.4 * len(lower) or fitting < ascii_letters / 4:
            return 0.0
    elif fitting > 3 + ascii_letters or (signs > 10 and fitting == 0 and ascii_letters == 0):
        return 0.0
    if fitting < candidate.least and not (candidate.codec == "cp1252" and signs):
        return 0.0
    return (fitting + signs) / len(places)


def _is_letter(char: str) -> bool:
    return char.isalpha() and char not in _SIGNS  # of units and numbers: µ, ª, º


def _is_case_in_place(text: str, at: int) -> bool:
    return not (text[at].isupper() and text[at - 1 : at].islower())


def _is_sign_in_place(text: str, at: int) -> bool:
    sign = text[at]
    if sign not in _SIGNS:
        return False
    if sign == "µ":
        return not text[at - 1 : at].isalpha()
    is_within = text[at - 1 : at].isalpha() and text[at + 1 : at + 2].isalpha()
    return sign in _WITHIN_WORDS + "\xa0–—…" or not is_within
