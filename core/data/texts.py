"""A text that a visitor brings, read or refused with a reason."""

from __future__ import annotations

import codecs
import re
import unicodedata
from dataclasses import dataclass, replace

from core.data import encodings
from core.data.packed import unpacked
from core.messages import N_, Note, Problem

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
    (b"{\\rtf", "RTF (.rtf)"),
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
_NAMES = {
    "utf-8": "UTF-8",
    "utf-8-sig": "UTF-8",
    "utf-16": "UTF-16",
    "utf-32": "UTF-32",
    "utf-16-le": "UTF-16",
    "utf-16-be": "UTF-16",
}
_READ_AS = N_("The text is read as {encoding}, by the letters in it.")
_SEQUENCE = re.compile(  # of UTF-8, and nothing that only looks like one
    b"[\xc2-\xdf][\x80-\xbf]|\xe0[\xa0-\xbf][\x80-\xbf]|[\xe1-\xec\xee\xef][\x80-\xbf]{2}"
    b"|\xed[\x80-\x9f][\x80-\xbf]|\xf0[\x90-\xbf][\x80-\xbf]{2}|[\xf1-\xf3][\x80-\xbf]{3}"
    b"|\xf4[\x80-\x8f][\x80-\xbf]{2}"
)
_SEQUENCE_KEPT = re.compile(b"(" + _SEQUENCE.pattern + b")")
_PIECE = re.compile(_SEQUENCE.pattern + b"|[\x80-\xff]")
_CONTINUATION = "[\x80-\xbf€‚ƒ„…†‡ˆ‰Š‹ŒŽ‘’“”•–—˜™š›œžŸ]"
_TWICE = re.compile(f"[Â-ß]{_CONTINUATION}|[à-ï]{_CONTINUATION}{{2}}")


@dataclass(frozen=True)
class Decoded:
    """A text, the name of the encoding it was in, and what a person should know of the reading."""

    text: str
    encoding: str
    notes: tuple[Note, ...] = ()


def read_text(raw: bytes | str, *, min_chars: int, max_bytes: int = MAX_BYTES) -> str:
    """The text alone of ``read``, which says what is returned and raised."""
    return read(raw, min_chars=min_chars, max_bytes=max_bytes).text


def read(raw: bytes | str, *, min_chars: int, max_bytes: int = MAX_BYTES) -> Decoded:
    r"""Text of an uploaded file (bytes, as ``decode`` reads them) or of what was pasted (str).

    Its text is NFC, with "\n" for every kind of line end and no control characters but that
    and tabs. Raises Problem, which says what is wrong and what is expected, as ``decode`` does
    and if it is empty, too long, or has fewer than min_chars characters.
    """
    packed = None
    if isinstance(raw, bytes):
        raw, packed = unpacked(raw, max_bytes)
    size = len(raw) if isinstance(raw, bytes) else len(raw.encode("utf-8", "replace"))
    if size > max_bytes:
        raise Problem(
            N_("The text has {given:,} bytes; at most {most:,} are accepted. Upload a part of it."),
            given=size,
            most=max_bytes,
        )
    decoded = decode(raw) if isinstance(raw, bytes) else Decoded(raw, "")
    text = _CONTROLS.sub("", _NEWLINES.sub("\n", decoded.text))
    text = unicodedata.normalize("NFC", text)
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
    return replace(decoded, text=text, notes=(*((packed,) if packed else ()), *decoded.notes))


def decode(raw: bytes) -> Decoded:
    """What the bytes of a file say, in whatever encoding they plainly are.

    UTF-8, UTF-16 and UTF-32, an 8-bit encoding of a European language, UTF-8 with parts in
    Windows-1252, and UTF-8 that was taken for Windows-1252 once. Notes tell of anything but
    plain UTF-8. Raises Problem, which names the place where there is one, for everything else.
    """
    for signature, kind in _SIGNATURES:
        if raw.startswith(signature):
            raise Problem(
                N_("The file is not text but {kind} data; plain text in UTF-8 is expected."),
                kind=kind,
            )
    decoded = _unicode(raw)
    if decoded is None and not _is_binary(raw.decode("latin-1")):
        decoded = _mixed(raw) or _eight_bit(raw)
        if decoded is None:
            raise Problem(
                N_(
                    "The text is in an encoding that is not known here; save it as UTF-8 and "
                    "try again."
                )
            )
    if decoded is None or _is_binary(decoded.text):
        raise Problem(N_("The file is not text but binary data; plain text in UTF-8 is expected."))
    return decoded


def _unicode(raw: bytes) -> Decoded | None:
    """As UTF-8, UTF-16 or UTF-32, where the bytes are that from end to end."""
    encoding = next((name for mark, name in _MARKS if raw.startswith(mark)), None)
    notes: tuple[Note, ...] = ()
    if encoding is None and (encoding := _unmarked_utf16(raw)):
        notes = (Note(_READ_AS, {"encoding": _NAMES[encoding]}),)
    try:
        whole, is_cut = raw, False
        text = whole.decode(encoding or "utf-8")
    except UnicodeDecodeError as error:
        whole, is_cut = raw[: error.start], True
        text = whole.decode(encoding or "utf-8", "replace")
        if not _is_cut_at(raw, error, text, encoding):
            return None
    if is_cut:
        notes += (Note(N_("The file ends inside its last letter, which is left out.")),)
    if encoding in (None, "utf-8-sig") and (undone := _undone_twice(text)):
        text = undone
        notes += (
            Note(
                N_(
                    "The text had been saved as UTF-8 twice (“Ã©” for “é”): the letters are "
                    "put right."
                )
            ),
        )
    return Decoded(text, _NAMES.get(encoding or "utf-8", "UTF-8"), notes)


def _is_cut_at(raw: bytes, error: UnicodeDecodeError, text: str, encoding: str | None) -> bool:
    """Whether only the last letter is incomplete, and what is before it is surely so encoded."""
    tail = raw[error.start :]
    if len(tail) > 3 or len(text) < 20:
        return False
    if encoding not in (None, "utf-8-sig"):
        return True
    if error.reason != "unexpected end of data":
        return False
    return not text.isascii() or len(tail) > 1 or tail in (b"\xc2", b"\xc3", b"\xc5")


def _undone_twice(text: str) -> str:
    """The text whose UTF-8 was read as Windows-1252; empty where it was not, or not for sure."""
    fixed, count = [], 0
    end = 0
    for match in _TWICE.finditer(text):
        try:
            letter = bytes(map(_western_byte, match[0])).decode("utf-8")
        except (UnicodeDecodeError, UnicodeEncodeError):
            continue
        fixed += [text[end : match.start()], letter]
        end, count = match.end(), count + 1
    fixed.append(text[end:])
    others = sum(c > "\x7f" for c in text) - sum(len(m[0]) for m in _TWICE.finditer(text))
    return "".join(fixed) if count >= 2 and others <= 0.1 * count else ""


def _western_byte(char: str) -> int:
    return ord(char) if ord(char) < 256 else char.encode("cp1252")[0]


def _mixed(raw: bytes) -> Decoded | None:
    """UTF-8 with letters of Windows-1252 in it; None if there is hardly any UTF-8.

    Raises Problem, with the place, if the other bytes are no letters where they stand.
    """
    sequences = sum(1 for _ in _SEQUENCE.finditer(raw))
    strays = [m for m in _PIECE.finditer(raw) if not _SEQUENCE.fullmatch(m[0])]
    if sequences <= 0.02 * (sequences + len(strays)):
        return None
    text = "".join(
        piece.decode("utf-8" if at % 2 else "cp1252", "replace")
        for at, piece in enumerate(_SEQUENCE_KEPT.split(raw))
    )
    text = text.removeprefix("\ufeff")
    western = _SEQUENCE.sub(b" ", raw)
    first = strays[0].start()
    line = raw.count(b"\n", 0, first) + 1
    last = raw.count(b"\n", 0, strays[-1].start()) + 1
    if not encodings.is_western(western):
        if sequences <= 0.5 * len(strays):  # by chance: it is no UTF-8 at all
            return None
        raise Problem(
            N_(
                "From line {line:,} on (byte {at:,}) the text is UTF-8 no longer, nor another "
                "encoding that is known here; save it as UTF-8 and try again."
            ),
            line=line,
            at=first + 1,
        )
    between = sum(1 for m in _SEQUENCE.finditer(raw, first))
    values: dict[str, object] = {"line": line, "at": first + 1, "encoding": "Windows-1252"}
    if between == 0:
        template = N_(
            "The text is UTF-8 up to line {line:,}; from there on (byte {at:,}) it is in another "
            "encoding ({encoding}) and is read as that."
        )
    else:
        values["last"] = last
        template = N_(
            "Between lines {line:,} (byte {at:,}) and {last:,}, letters are in another encoding "
            "({encoding}) than UTF-8 and are read as that."
        )
    return Decoded(text, "UTF-8, Windows-1252", (Note(template, values),))


def _eight_bit(raw: bytes) -> Decoded | None:
    candidate = encodings.recognised(raw)
    if candidate is None:
        return None
    note = Note(_READ_AS, {"encoding": candidate.name})
    return Decoded(raw.decode(candidate.codec), candidate.name, (note,))


def _is_binary(text: str) -> bool:
    return "\x00" in text or len(_NOT_TYPED.findall(text)) > 0.02 * len(text)


def _unmarked_utf16(raw: bytes) -> str | None:
    """UTF-16 of either order where every other byte is nearly always the same."""
    if len(raw) < 8:
        return None
    for encoding, first in (("utf-16-le", 1), ("utf-16-be", 0)):
        high = raw[first::2]
        most = max(set(high), key=high.count)
        if most < 0x10 and high.count(most) + high.count(0) > 0.6 * len(high):
            text = raw[: len(raw) // 2 * 2].decode(encoding, "replace")
            usual = sum(c.isalnum() or c.isspace() or c in ".,;:!?'’-()\"«»" for c in text)
            if usual > 0.9 * len(text) and re.search("[ \n]", text):
                return encoding
    return None
