"""What a visitor brings: read, or refused with a reason."""

import unicodedata
from contextlib import suppress

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from core.data.texts import decode, read_text
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


@pytest.mark.parametrize(
    "raw", [b"\xe0\x80\x80", b"\xed\xa0\x80", b"\xf4\x90\x80\x80", b"\xc0\x80"]
)
def test_what_only_looks_like_utf_8_is_no_text(raw):
    with suppress(Problem):
        read_text(b"Candide " + raw, min_chars=1)


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
            "The text has 2,001 bytes; at most 2,000 are accepted. Upload a part of it.",
        ),
        (
            b"%PDF-1.7 ...",
            "The file is not text but PDF data; plain text in UTF-8 is expected.",
        ),
        (
            b"PK\x03\x04rest",
            "The file is not text but ZIP (.docx, .odt, .epub, .xlsx) data; plain text in UTF-8 "
            + "is expected.",
        ),
        (
            bytes(range(256)),
            "The file is not text but binary data; plain text in UTF-8 is expected.",
        ),
        (
            b"\xff\xfea\x00b",
            "The file is not text but binary data; plain text in UTF-8 is expected.",
        ),
        (
            "とにかく、私たちは庭を耕さなければなりません。".encode("shift-jis"),
            "The text is in an encoding that is not known here; save it as UTF-8 and try again.",
        ),
        (
            (FRENCH * 3).encode() + b"\xa9\xff\xfe and more",
            "From line 4 on (byte 283) the text is UTF-8 no longer, nor another encoding that is "
            + "known here; save it as UTF-8 and try again.",
        ),
    ],
)
def test_what_cannot_be_read_is_refused(raw, message):
    with pytest.raises(Problem) as problem:
        read_text(raw, min_chars=1000, max_bytes=2000)
    assert str(problem.value) == message


POLISH = "Zażółć gęślą jaźń, rzekł Kandyd; trzeba uprawiać nasz ogródek, powiedział też żółw.\n"
CZECH = "Příliš žluťoučký kůň úpěl ďábelské ódy, řekl Candide; musíme obdělávat svou zahradu.\n"
RUSSIAN = "Надо возделывать свой сад, сказал Кандид, и все отвечали ему, что это правда.\n"
GREEK = "Πρέπει να καλλιεργήσουμε τον κήπο μας, είπε ο Καντίντ, και όλοι συμφώνησαν μαζί του.\n"
TURKISH = (
    "Bahçemizi işlemeliyiz, dedi Candide; ağaçlar, çiçekler, kuşlar ve ışık içinde yaşıyoruz.\n"
)
GERMAN = "Wir müssen unseren Garten bestellen, sagte Candide; schöne Grüße aus Köln, Straße 7.\n"
HUNGARIAN = "Műveljük kertjeinket, mondta Candide; őszintén szólva a tűz és a víz között élünk.\n"
READ_AS = "The text is read as {}, by the letters in it."


@pytest.mark.parametrize(
    ("text", "codec", "name"),
    [
        (FRENCH, "cp1252", "Windows-1252"),
        (FRENCH, "mac-roman", "Mac OS Roman"),
        (FRENCH, "cp850", "DOS 850"),
        (FRENCH, "cp437", "DOS 850"),
        (GERMAN, "cp1252", "Windows-1252"),
        (GERMAN, "cp850", "DOS 850"),
        (GERMAN, "mac-roman", "Mac OS Roman"),
        ("Lettres sur les " + "é " * 9, "cp1252", "Windows-1252"),
        ("Il a dormi tout l'été", "cp1252", "Windows-1252"),
        ("L'ÉTÉ À LA FORÊT", "cp1252", "Windows-1252"),
        ("nom;ville\nZoé;Orléans\nJérôme;Nîmes\n", "cp1252", "Windows-1252"),
        ("Temp (°C);Taille (µm)\n1;2\n", "cp1252", "Windows-1252"),
        ("¿Qué pasa, niño? El corazón está aquí.", "cp1252", "Windows-1252"),
        (POLISH, "cp1250", "Windows-1250"),
        (POLISH, "iso8859-2", "ISO-8859-2"),
        (POLISH, "cp852", "DOS 852"),
        (CZECH, "cp1250", "Windows-1250"),
        (CZECH, "iso8859-2", "ISO-8859-2"),
        (CZECH, "cp852", "DOS 852"),
        (HUNGARIAN, "cp1250", "Windows-1250"),
        (TURKISH, "cp1254", "Windows-1254"),
        (RUSSIAN, "cp1251", "Windows-1251"),
        (RUSSIAN, "koi8-r", "KOI8"),
        (RUSSIAN, "cp866", "DOS 866"),
        (RUSSIAN, "iso8859-5", "ISO-8859-5"),
        (GREEK, "cp1253", "Windows-1253"),
        (GREEK, "iso8859-7", "Windows-1253"),
        (FRENCH, "utf-16-le", "UTF-16"),
        (FRENCH, "utf-16-be", "UTF-16"),
        (RUSSIAN, "utf-16-le", "UTF-16"),
    ],
)
def test_encodings_without_a_mark_are_told_by_the_letters(text, codec, name):
    decoded = decode(text.encode(codec))
    assert (decoded.text, decoded.encoding) == (text, name)
    assert [str(note) for note in decoded.notes] == [READ_AS.format(name)]


@pytest.mark.parametrize(
    ("raw", "text", "note"),
    [
        (FRENCH.encode("utf-8-sig"), FRENCH, ""),
        (
            FRENCH.encode() + "é".encode()[:1],
            FRENCH,
            "The file ends inside its last letter, which is left out.",
        ),
        (
            FRENCH.encode("utf-16") + b"e",
            FRENCH,
            "The file ends inside its last letter, which is left out.",
        ),
        (
            FRENCH.encode().decode("cp1252", "replace").replace("\ufffd", "\xa0").encode(),
            FRENCH,
            "The text had been saved as UTF-8 twice (“Ã©” for “é”): the letters are put right.",
        ),
        (
            (FRENCH * 2).encode() + (FRENCH * 2).encode("cp1252"),
            FRENCH * 4,
            "The text is UTF-8 up to line 3; from there on (byte 221) it is in another encoding "
            + "(Windows-1252) and is read as that.",
        ),
        (
            FRENCH.encode() + FRENCH.encode("cp1252") + FRENCH.encode(),
            FRENCH * 3,
            "Between lines 2 (byte 127) and 2, letters are in another encoding (Windows-1252) "
            + "than UTF-8 and are read as that.",
        ),
    ],
)
def test_what_was_done_with_a_text_is_noted(raw, text, note):
    decoded = decode(raw)
    assert decoded.text == text
    assert [str(n) for n in decoded.notes] == ([note] if note else [])


@settings(deadline=None)  # the machine may be training
@given(st.binary(max_size=60), st.sampled_from(["", FRENCH, POLISH, RUSSIAN]))
def test_a_text_and_any_bytes_are_read_or_refused(raw, text):
    try:
        decode(text.encode() + raw)
        decode(raw + text.encode("cp1250", "replace"))
    except Problem:
        return
