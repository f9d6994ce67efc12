"""What a visitor brings: read, or refused with a reason."""

import unicodedata

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from core.data.texts import read_text
from core.messages import Problem

FRENCH = "Il faut cultiver notre jardin, répondit Candide à l'abbé. «Où çà?» dit-il; naïveté!\n"
plain = st.text(
    st.characters(
        exclude_categories=("Cc", "Cs", "Cn", "Zl", "Zp", "Co"), exclude_characters="\ufeff"
    ),
    min_size=1,
).filter(str.strip)


@settings(deadline=None)  # the machine may be training
@given(plain)
def test_utf_encodings_round_trip(text):
    expected = unicodedata.normalize("NFC", text)
    for encoding in ("utf-8", "utf-8-sig", "utf-16", "utf-32"):
        assert read_text(text.encode(encoding), min_chars=1) == expected
    assert read_text(text, min_chars=1) == expected


@settings(deadline=None)  # the machine may be training
@given(st.lists(st.sampled_from(["é", "à la", "où", "cœur", "l’île", "«ô»", "10 €"]), max_size=9))
def test_western_encodings_round_trip(words):
    text = "Lettres d'un Turc sur les " + " ".join(words)
    assert read_text(text.encode("cp1252"), min_chars=1) == text


@settings(deadline=None)  # the machine may be training
@given(st.binary(max_size=200))
def test_any_bytes_are_read_or_refused(raw):
    try:
        text = read_text(raw, min_chars=1)
    except Problem:
        return
    assert text == read_text(text, min_chars=1)
    assert not any(unicodedata.category(c) == "Cc" and c not in "\n\t" for c in text)


def test_french_of_old_files():
    assert read_text(FRENCH.encode("iso-8859-1"), min_chars=10) == FRENCH
    assert read_text((FRENCH + "œuf’").encode("cp1252"), min_chars=10) == FRENCH + "œuf’"


def test_newlines_and_control_characters():
    assert (
        read_text("a\r\nb\rc\u2028d\x0ce\x85f\tg\ufeff\x00"[:-1], min_chars=1)
        == "a\nb\nc\nd\ne\nf\tg"
    )
    assert read_text(("texte " * 20 + "\x1b[0m\x07").encode(), min_chars=1) == "texte " * 20 + "[0m"
    assert read_text("e\u0301te\u0301", min_chars=3) == "été"


@pytest.mark.parametrize(
    ("raw", "message"),
    [
        (b"", "The text is empty; at least 1,000 characters are expected."),
        ("", "The text is empty; at least 1,000 characters are expected."),
        (b"\xef\xbb\xbf \r\n\t ", "The text is empty; at least 1,000 characters are expected."),
        (
            b"Il faut cultiver notre jardin.",
            "The text is too short: it has 30 characters, at least 1,000 are expected.",
        ),
        (
            b"a" * 2001,
            "The text has 2,001 bytes; at most 2,000 are taken. Give a part of it.",
        ),
        (
            b"%PDF-1.7 ...",
            "The file is no text but PDF data; plain text in UTF-8 is expected.",
        ),
        (
            b"PK\x03\x04rest",
            "The file is no text but ZIP (.docx, .odt, .epub, .xlsx) data; plain text in UTF-8 "
            + "is expected.",
        ),
        (
            bytes(range(256)),
            "The file is no text but binary data; plain text in UTF-8 is expected.",
        ),
        (
            b"\xff\xfea\x00b",
            "The file is no text but binary data; plain text in UTF-8 is expected.",
        ),
        (
            FRENCH.encode("utf-16-le"),
            "The text is in an encoding that is not known here; save it as UTF-8 and try again.",
        ),
        (
            FRENCH.encode("cp850"),
            "The text is in an encoding that is not known here; save it as UTF-8 and try again.",
        ),
        (
            FRENCH.encode("mac-roman"),
            "The text is in an encoding that is not known here; save it as UTF-8 and try again.",
        ),
        (
            "Надо возделывать свой сад, сказал Кандид.".encode("cp1251"),
            "The text is in an encoding that is not known here; save it as UTF-8 and try again.",
        ),
        (
            "とにかく、私たちは庭を耕さなければなりません。".encode("shift-jis"),
            "The text is in an encoding that is not known here; save it as UTF-8 and try again.",
        ),
        (
            FRENCH.encode() + "é".encode()[:1],
            "The text is damaged UTF-8 (at byte 95); save it as UTF-8 and try again.",
        ),
    ],
)
def test_what_cannot_be_read_is_refused(raw, message):
    with pytest.raises(Problem) as problem:
        read_text(raw, min_chars=1000, max_bytes=2000)
    assert str(problem.value) == message
