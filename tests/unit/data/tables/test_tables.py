"""A visitor's CSV: what is read, and what is refused with which sentence."""

import csv
import io

import numpy as np
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from core.data import tables, uploads
from core.data.tables import read_table
from core.messages import Problem


def columns(text, encoding="utf-8"):
    found = read_table(text.encode(encoding))
    return {name: values.tolist() for name, values in found.columns.items()}


@pytest.mark.parametrize(
    ("text", "encoding", "expected"),
    [
        ("a,b\n1,2\n3,4\n", "utf-8", {"a": [1, 3], "b": [2, 4]}),
        ("1,2\n3,4", "utf-8", {"x1": [1, 3], "x2": [2, 4]}),
        ("a;b\r\n1,5;2\r\n3,25;4\r\n", "utf-8", {"a": [1.5, 3.25], "b": [2, 4]}),
        ("a\tb\n1,5\t2\n-3,25\t4\n", "utf-8", {"a": [1.5, -3.25], "b": [2, 4]}),
        ("a;b\n1,5;2e3\n−3,25;.5\n", "utf-8-sig", {"a": [1.5, -3.25], "b": [2000, 0.5]}),
        ("été;né\n1,5;2\n3;4", "latin-1", {"été": [1.5, 3], "né": [2, 4]}),
        ("température;°C\n1,5;2\n3;4", "cp1252", {"température": [1.5, 3], "°C": [2, 4]}),
        ("a;b\n1,5;2\n3;4", "utf-16", {"a": [1.5, 3], "b": [2, 4]}),
        ("valeur\n12,5\n13\n14,25\n", "utf-8", {"valeur": [12.5, 13, 14.25]}),
        ("valeur\n12\n13\n", "utf-8", {"valeur": [12, 13]}),
        ("12.5\n13", "utf-8", {"x1": [12.5, 13]}),
        ("valeur;\n12,5;\n13,1;\n;\n", "utf-8", {"valeur": [12.5, 13.1]}),
        ("sep=;\na;b\n1,5;2\n4;5", "utf-8", {"a": [1.5, 4], "b": [2, 5]}),
        ("a;b\n1\xa0234,5;2\n1\u202f000\u202f000;3", "utf-8", {"a": [1234.5, 1e6], "b": [2, 3]}),
        ('a,b\n"1,5",2\n"2,25",3', "utf-8", {"a": [1.5, 2.25], "b": [2, 3]}),
        ('a,b\n"1,234",2\n"2,000",3', "utf-8", {"a": [1234, 2000], "b": [2, 3]}),
        ("a;b\n1.234,5;2\n2.000,1;3", "utf-8", {"a": [1234.5, 2000.1], "b": [2, 3]}),
        ("a,a,\n1,2,3\n3,4,5", "utf-8", {"a": [1, 3], "a (2)": [2, 4], "x3": [3, 5]}),
    ],
)
def test_tables_as_spreadsheets_write_them(text, encoding, expected):
    assert columns(text, encoding) == expected


def test_words_are_kept_beside_the_numbers():
    table = read_table(b"day,temp,sky\n2012-01-01,12.8,rain\n2012-01-02,10.6,sun\n")
    assert list(table.columns) == ["temp"] and table.rows == 2
    assert table.texts == {"sky": ["rain", "sun"]}
    assert table.time is not None and table.time.texts == ("2012-01-01", "2012-01-02")


def test_a_table_of_words_is_read_where_it_is_asked_for():
    raw = b"sequence;label\n1 6 8 4;good\n1 2;bad\n"
    table = read_table(raw, needs_numbers=False)
    assert table.texts == {"sequence": ["1 6 8 4", "1 2"], "label": ["good", "bad"]}
    with pytest.raises(Problem):
        read_table(raw)


def test_numbers_may_not_be_written_to():
    with pytest.raises(ValueError, match="read-only"):
        read_table(b"a\n1\n2").columns["a"][0] = 3.0


EMPTY = "The file is empty; rows of values are expected."
BINARY = (
    "The file is not a text table but binary data. In a spreadsheet program, choose 'Save as' "
    "and CSV, and upload that file."
)


@pytest.mark.parametrize(
    ("raw", "said"),
    [
        (b"", EMPTY),
        (b" \n\n", EMPTY),
        (b"\xef\xbb\xbf;;\n;;\n", EMPTY),
        (b"PK\x03\x04 a spreadsheet", BINARY),
        (b"\x89PNG\r\n\x1a\n\x00\x00", BINARY),
        (bytes(range(256)), BINARY),
        (
            b"a,b\nx,y\nz,w\n",
            "The table has no column of numbers (its columns: a, b); at least one is expected.",
        ),
        (
            b"a;b\n1;2\n3\n",
            "The rows are not equally long (cells in line 3: 1, in most lines: 2). "
            "Each row needs a value for each column.",
        ),
        (
            b"12,5\n13,5\n14\n",
            "The rows are not equally long (cells in line 3: 1, in most lines: 2). "
            "Each row needs a value for each column.",
        ),
        (b"a\n1\nfoo\n5\n", "Line 3: column a has foo where a number is expected."),
        (b"a\n1_0\n3\n", "Line 2: column a has 1_0 where a number is expected."),
        (b"b\n1e999\n3\n", "Line 2: the number 1e999 in column b is too big."),
        (
            b"a,b\n1,2\n",
            "The table has too few rows: 1 with values; at least 2 are expected.",
        ),
        (b"a,b\n", "The table has too few rows: 0 with values; at least 2 are expected."),
        (
            b"a\n" + b"1\n" * 10_001,
            "The table has 10,001 rows; at most 10,000 are accepted. Upload a part of it.",
        ),
        (
            b"1" + b",1" * 4200 + b"\n" + b"1" + b",1" * 4200,
            "The table has 4,201 columns; at most 4,200 are accepted.",
        ),
        (
            b"1\n" * 2_000_001,
            "The file has 4,000,002 bytes; at most 4,000,000 are accepted. Upload a part of it.",
        ),
        (
            b'a,"b\n1,2\n3,4',
            "Line 3: a quotation mark is left open, or is inside a cell.",
        ),
        (b',";', "Line 1: a quotation mark is left open, or is inside a cell."),
    ],
)
def test_a_bad_file_gets_a_sentence(raw, said):
    with pytest.raises(Problem) as problem:
        read_table(raw)
    assert str(problem.value) == said


def test_the_limit_of_rows_may_be_lower():
    assert read_table(b"a\n1\n2\n", max_rows=2).rows == 2
    with pytest.raises(Problem, match="3 rows; at most 2"):
        read_table(b"a\n1\n2\n3\n", max_rows=2)


finite = st.floats(allow_nan=False, allow_infinity=False, width=32)


@given(
    st.integers(1, 4).flatmap(
        lambda n: st.lists(st.lists(finite, min_size=n, max_size=n), min_size=2, max_size=6)
    ),
    st.sampled_from([(",", "."), (";", "."), (";", ","), ("\t", ",")]),
    st.booleans(),
)
@example([[0.0], [0.0], [0.0], [1e30], [1e30]], (",", "."), True)
def test_what_a_spreadsheet_writes_is_read_back(rows, how, header):
    delimiter, decimal = how
    header = header or (decimal == "," and len(rows[0]) == 1)  # 1,5 might be two columns
    out = io.StringIO()
    writer = csv.writer(out, delimiter=delimiter)
    if header:
        writer.writerow([f"column {k}" for k in range(len(rows[0]))])
    writer.writerows([[repr(x).replace(".", decimal) for x in row] for row in rows])
    raw = out.getvalue().encode()
    asked = read_table(raw).questions  # -999 twice may mark what is missing
    found = read_table(raw, {one.name: "value" for one in asked if "value" in one.options})
    np.testing.assert_array_equal(np.column_stack(list(found.columns.values())), rows)


@given(st.binary(max_size=60) | st.text('0123456789.,;-ea\n\t "', max_size=60).map(str.encode))
def test_whatever_is_brought_gets_a_table_or_a_problem(raw):
    try:
        table = read_table(raw)
    except Problem:
        return
    assert table.rows >= tables.MIN_ROWS
    for values in table.columns.values():
        assert values.shape == (table.rows,) and np.isfinite(values).all()


@pytest.fixture
def store(tmp_path, monkeypatch):
    monkeypatch.setattr(uploads, "folder", lambda: tmp_path / "uploads")
    return tmp_path / "uploads"


def test_a_stored_table_is_found_by_its_hash(store):
    digest = uploads.store_table(b"a;b\n1,5;2\n3;4\n")
    assert uploads.load_table(digest).columns["a"].tolist() == [1.5, 3.0]
    assert [file.name for file in store.iterdir()] == [f"{digest}.csv"]


def test_a_bad_table_is_not_stored(store):
    with pytest.raises(Problem, match="binary data"):
        uploads.store_table(b"\x00\x01")
    assert not store.exists()


@pytest.mark.parametrize("digest", ["0" * 64, "", "../" + "0" * 61])
def test_an_unknown_table_is_a_problem(store, digest):
    with pytest.raises(Problem) as problem:
        uploads.load_table(digest)
    assert str(problem.value) == (
        "The uploaded table is no longer here (it is kept for 24 hours): upload it again."
    )


def test_a_text_is_no_table(store):
    digest = uploads.put("a\n1\n2\n")
    with pytest.raises(Problem, match="table is no longer here"):
        uploads.load_table(digest)
