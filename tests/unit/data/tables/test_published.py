"""Tables as offices, programs and instruments publish them, and the right reading of each.

All are made up here. Each case: the file, columns by name with their first and last number, the
first and the last date and the step between, what is said.
"""

from __future__ import annotations

import gzip
import io
import struct
import zipfile
from contextlib import suppress

import numpy as np
import pytest

from core.cli.data.read import kind_of
from core.data.images.files import read_images
from core.data.language.brought import clean
from core.data.sequences.labelled import read_labelled
from core.data.tables import read_table
from core.data.texts import read
from core.messages import Problem
from tests.unit.data.tables.published import dates, names, numbers
from tests.unit.data.tables.published.case import rows
from ui.texts import _

CASES = {**dates.CASES, **names.CASES, **numbers.CASES}


@pytest.mark.parametrize("published", CASES, ids=CASES)
def test_a_published_table_is_read_as_a_person_would_read_it(published, monkeypatch):
    case = CASES[published]
    raw = case.text if isinstance(case.text, bytes) else case.text.encode(case.encoding)
    table = read_table(raw)
    ends = {name: (float(v[0]), float(v[-1])) for name, v in table.columns.items()}
    assert ends == {name: pytest.approx(both) for name, both in case.columns.items()}
    assert (table.time is None) == (case.time is None)
    if table.time and case.time:
        first, last, step = case.time
        shown = np.datetime_as_string(table.time.values[[0, -1]]).tolist()
        assert [shown[0][: len(first)], shown[1][: len(last)]] == [first, last]
        assert table.time.step == step and table.time.gaps == table.time.doubled == 0
        assert (np.diff(table.time.values).astype(int) > 0).all()
    assert tuple(question.name for question in table.questions) == case.asked
    notes = [note for note in table.understood()[1:] if note.template != "from {first} to {last}"]
    assert [str(note) for note in notes] == list(case.said)
    monkeypatch.setattr("ui.texts.language", lambda: "fr")
    for note in notes:
        assert _(note.template) != note.template, note.template


@pytest.mark.parametrize("published", CASES, ids=CASES)
def test_what_it_is_not_is_refused_in_a_sentence(published):
    text = CASES[published].text
    raw = text if isinstance(text, bytes) else text.encode(CASES[published].encoding)
    with suppress(Problem):
        read_images(raw)
    with suppress(Problem):
        read_labelled(read_table(raw, needs_numbers=False))


def zipped(name: str, text: str) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr(name, text)
    return out.getvalue()


def test_a_table_alone_in_a_zip_is_read_whatever_the_file_is_called():
    table = read_table(zipped("data.csv", "d,v\n" + rows("{y}-{m:02},{v}")))
    assert table.columns["v"][0] == 1210 and str(table.removed[0]) == "unpacked: data.csv"
    assert read(zipped("a/tale.txt", "Once upon a time"), min_chars=1).text == "Once upon a time"
    with pytest.raises(Problem, match="binary data"):
        read_table(zipped("program.exe", "d,v\n1,2\n3,4"))


def test_what_is_packed_stays_small():
    with pytest.raises(Problem) as problem:
        read_table(gzip.compress(bytes(70_000_000)))
    assert str(problem.value) == (
        "Unpacked, the file has more than 60,000,000 bytes. Upload a part of it."
    )
    with pytest.raises(Problem, match="packed with gzip and damaged"):
        read_table(b"\x1f\x8b\x08 and nonsense")


@pytest.mark.parametrize(
    ("head", "page"),
    [("<title>404 Not Found</title>", "web page (404 Not Found)"), ("", "web page")],
)
def test_a_page_that_says_not_found_is_no_table(head, page):
    with pytest.raises(Problem) as problem:
        read_table(f"<!DOCTYPE html><html>{head}<p>Not here.</html>".encode())
    assert str(problem.value) == (
        f"The file is a {page}, not a table: on that page, look for the link that brings the file "
        "itself."
    )


def test_the_leading_column_is_one_that_varies():
    table = read_table(("post;lat;d;v\n" + rows("75;48.8;{y}-{m:02};{v}")).encode())
    assert next(iter(table.columns)) == "post" and table.leading == "v"


def test_one_of_several_series_is_chosen():
    text = "d;pays;v\n" + rows("{y}-{m:02};France;{v}") + rows("{y}-{m:02};Italie;{i}")
    table = read_table(text.encode(), {"series": "Italie"})
    assert table.columns["v"].tolist() == list(range(24)) and table.questions[0].chosen == "Italie"
    assert list(table.questions[0].options) == ["France", "Italie"]


def test_decimals_that_are_parted_from_their_numbers_are_refused():
    with pytest.raises(Problem, match="cells in line 1: 2, in most lines: 3"):
        read_table(("date,v\n" + rows("{y}-{m:02},{v},5")).encode())


@pytest.mark.parametrize(
    ("encoding", "name", "called"),
    [
        ("mac-roman", "température", "Mac OS Roman"),
        ("cp850", "température", "DOS 850"),
        ("iso8859-15", "prix en €", "ISO-8859-15"),
    ],
)
def test_a_few_letters_in_a_name_tell_the_encoding(encoding, name, called):
    table = read_table((f"d;{name}\n" + rows("{y}-{m:02};{v}")).encode(encoding))
    assert list(table.columns) == [name] and table.encoding == called


def test_images_as_their_publishers_pack_them():
    rng = np.random.default_rng(0)
    pixels = rng.integers(0, 256, (60, 8, 8), dtype=np.uint8)
    idx = b"\0\0\x08\x03" + struct.pack(">III", 60, 8, 8) + pixels.tobytes()
    for raw in (idx, gzip.compress(idx)):
        images = read_images(raw)
        assert images.shape == (8, 8) and kind_of(raw) == "images"
        np.testing.assert_allclose(images.pixels, pixels.reshape(60, 64) / pixels.max(), rtol=1e-6)
    sparse = "".join(
        f"{1 + i % 3} " + " ".join(f"{k + 1}:{pixels[i].flat[k]}.0" for k in range(64)) + "\n"
        for i in range(60)
    )
    images = read_images(sparse.encode())
    assert images.shape == (8, 8) and images.class_names == ("1", "2", "3")
    digits = "".join(
        ",".join(str(value % 17) for value in pixels[i].flat) + f",{i % 10}\n" for i in range(60)
    )
    assert read_images(digits.encode()).labels.tolist() == [i % 10 for i in range(60)]
    one_hot = "".join(
        " ".join(f"{value % 2}.0" for value in pixels[i].flat)
        + f" {' '.join(str(int(k == i % 4)) for k in range(4))}\n"
        for i in range(60)
    )
    images = read_images(one_hot.encode())
    assert images.shape == (8, 8) and images.labels.tolist() == [i % 4 for i in range(60)]


def test_a_word_processor_s_text_is_refused_and_two_columns_of_print_are_joined():
    with pytest.raises(Problem, match=r"not text but RTF \(.rtf\) data"):
        read(b"{\\rtf1 hello}", min_chars=1)
    scanned = "\n\n".join(
        ["Le bon doc-\nteur Fulgence avait tou-\njours une grande imagi-\nnation, et la montrait à"]
        * 6
    )
    assert clean(scanned).text.split("\n")[0].startswith("Le bon docteur Fulgence avait toujours")


def test_x_and_y_are_a_series_and_classes_that_are_too_few_are_refused_as_such():
    assert kind_of(('"x" "y"\n' + rows('"{i}" {v}.5 {i}.25')).encode()) == "series"
    few = "a,b,label\n" + "".join(f"0.{i % 7},0.5,{'xy'[i % 2] if i else 'z'}\n" for i in range(40))
    assert kind_of(few.encode()) == "sequences"
    with pytest.raises(Problem, match="The class z has 1 rows; at least 4 of each class"):
        read_labelled(read_table(few.encode(), needs_numbers=False))


def test_a_long_row_of_numbers_is_a_series():
    raw = ",".join(str(i % 17) for i in range(5000)).encode()
    assert kind_of(raw) == "series" and read_table(raw).rows == 5000
