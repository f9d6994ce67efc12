"""A text that a visitor brings, read or refused with a reason."""

from __future__ import annotations

import codecs
import re
import unicodedata

from core.messages import N_, Problem

MAX_BYTES = 5_000_000
_MARKS = [
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),  # before UTF-16, whose mark it starts with
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
]
_SIGNATURES = [
    (b"%PDF-", "PDF"),
    (b"PK\x03\x04", "ZIP (.docx, .odt, .epub, .xlsx)"),
    (b"\xd0\xcf\x11\xe0", "Office (.doc, .xls)"),
    (b"\x89PNG", "PNG"),
    (b"\xff\xd8\xff", "JPEG"),
    (b"GIF8", "GIF"),
    (b"\x1f\x8b", "gzip"),
    (b"\x7fELF", "ELF"),
    (b"\x89HDF", "HDF5"),
    (b"\x93NUMPY", "NumPy"),
]
_NEWLINES = re.compile("\r\n|[\r\v\f\x1c-\x1e\x85\u2028\u2029]")
_CONTROLS = re.compile("[\x00-\x08\x0e-\x1b\x1f\x7f-\x84\x86-\x9f\ufeff\ufffe\uffff\ud800-\udfff]")
_NOT_TYPED = re.compile("[\x00-\x08\x0e-\x1a\x1c-\x1f\x7f]")
_WESTERN_SIGNS = re.compile("[\xa0-\xbf\u2013\u2014\u2018\u2019\u201c\u201d\u2022\u2026\u20ac]")


def read_text(raw: bytes | str, *, min_chars: int, max_bytes: int = MAX_BYTES) -> str:
    r"""Text of an uploaded file (bytes) or of what was pasted (str).

    Bytes may be UTF-8, UTF-16 or UTF-32 with its mark, or Western European (Windows-1252,
    ISO-8859-1). Returns NFC text with "\\n" for every kind of line end and no control characters
    but that and tabs. Raises Problem, which says what is wrong and what is expected, if it is
    empty, too long, binary, in an unknown encoding, or has fewer than min_chars characters.
    """
    text, _encoding = decoded(raw, max_bytes=max_bytes)
    given = len(text.strip())
    if given == 0:
        raise Problem(
            N_("The text is empty; at least {least:,} characters are expected."), least=min_chars
        )
    if given < min_chars:
        raise Problem(
            N_(
                "The text is too short: it has {given:,} characters, "
                "at least {least:,} are expected."
            ),
            given=given,
            least=min_chars,
        )
    return text


def decoded(raw: bytes | str, *, max_bytes: int = MAX_BYTES) -> tuple[str, str]:
    """Text as ``read_text`` returns it, of any length, and in which encoding it was given.

    Raises Problem as ``read_text`` does.
    """
    size = len(raw) if isinstance(raw, bytes) else len(raw.encode("utf-8", "replace"))
    if size > max_bytes:
        raise Problem(
            N_("The text has {given:,} bytes; at most {most:,} are taken. Give a part of it."),
            given=size,
            most=max_bytes,
        )
    text, encoding = _decoded(raw) if isinstance(raw, bytes) else (raw, "utf-8")
    text = _CONTROLS.sub("", _NEWLINES.sub("\n", text))
    return unicodedata.normalize("NFC", text), encoding


def _decoded(raw: bytes) -> tuple[str, str]:
    for signature, kind in _SIGNATURES:
        if raw.startswith(signature):
            raise Problem(
                N_("The file is no text but {kind} data; plain text in UTF-8 is expected."),
                kind=kind,
            )
    encoding = next((name for mark, name in _MARKS if raw.startswith(mark)), None)
    known = encoding or "utf-8"
    try:
        text = raw.decode(known)
    except UnicodeDecodeError as error:
        text, known = (None, known) if encoding else (_western(raw, error.start), "cp1252")
    if text is not None and not _is_binary(text):
        return text, known
    if _is_unmarked_utf16(raw) or not (encoding or _is_binary(raw.decode("latin-1"))):
        raise Problem(
            N_("The text is in an encoding that is not known here; save it as UTF-8 and try again.")
        )
    raise Problem(N_("The file is no text but binary data; plain text in UTF-8 is expected."))


def _western(raw: bytes, bad_byte: int) -> str | None:
    """Windows-1252 (with it ISO-8859-1), if what is not ASCII in it looks like Western letters."""
    as_utf8 = raw.decode("utf-8", "replace")
    good = sum(c > "\x7f" for c in as_utf8) - as_utf8.count("\ufffd")
    if good > as_utf8.count("\ufffd"):
        raise Problem(
            N_("The text is damaged UTF-8 (at byte {at:,}); save it as UTF-8 and try again."),
            at=bad_byte + 1,
        )
    try:
        text = raw.decode("cp1252")
    except UnicodeDecodeError:
        return None
    foreign = [c for c in text if c > "\x7f"]
    accented = sum(c.isalpha() for c in foreign)
    capitals_within = len(re.findall("[a-z][À-ÞŠŒŽŸ](?=[a-z])", text))
    is_western = (
        all(c.isalpha() or _WESTERN_SIGNS.match(c) for c in foreign)
        and accented <= 0.3 * sum(c.isalpha() for c in text)
        and capitals_within <= 0.1 * accented
    )
    return text if is_western else None


def _is_binary(text: str) -> bool:
    return "\x00" in text or len(_NOT_TYPED.findall(text)) > 0.02 * len(text)


def _is_unmarked_utf16(raw: bytes) -> bool:
    half = max(1, len(raw) // 2)
    zeros = (raw[0::2].count(0) / half, raw[1::2].count(0) / half)
    return max(zeros) > 0.5 and min(zeros) < 0.05
